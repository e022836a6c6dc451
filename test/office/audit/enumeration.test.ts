import type { KyselyPlugin } from 'kysely';
import { describe, expect, test } from 'vitest';
import { Phone } from '../../../src/domain/phone.ts';
import { createConfirmations } from '../../../src/office/identity/confirmations.ts';
import type { CodeSent } from '../../../src/office/edges.ts';
import { createLinking } from '../../../src/office/accounts/linking.ts';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet, times } from '../cabinet.ts';
import { number, openTown } from '../town.ts';

const KNOWN = '+79123456789';
const UNKNOWN = '+79995550011';
const PASSWORD = 'k7w_pq29';

type Purpose = 'registration' | 'recovery' | 'new-phone';

async function withIvan(): Promise<Cabinet> {
  const at = await openCabinet();
  await at.register(1, 'ivan', KNOWN, PASSWORD);
  at.later(2 * DAY);
  at.sms.length = 0;
  return at;
}

const ask = async (at: Cabinet, person: number, purpose: Purpose, phone: string) => {
  const { outcome, ...more } = await at.office.confirmations.send(at.by(person), purpose, Phone.parse(phone));
  await at.settled();
  return { outcome, ...('until' in more && { until: more.until }), ...('seconds' in more && { seconds: more.seconds }) };
};

/** Steps of strangers; the same ones are walked for a phone that a login has and for one that none has. */
const STORIES: Record<string, readonly (readonly [person: number, purpose: Purpose, waitMs: number])[]> = {
  'a recovery, then a registration by another person at once': [
    [2, 'recovery', 0],
    [3, 'registration', 0],
    [4, 'new-phone', 0],
  ],
  'recoveries fill the hour of registrations': [
    [2, 'recovery', MINUTE],
    [2, 'recovery', MINUTE],
    [3, 'registration', MINUTE],
    [4, 'registration', MINUTE],
  ],
  'registrations all day': times(7, 0).map((_, i) => [10 + i, 'registration', HOUR] as const),
  'new phones and recoveries in turns': times(9, 0).map(
    (_, i) => [10 + i, i % 2 ? ('recovery' as const) : ('new-phone' as const), HOUR] as const,
  ),
};

describe('the number of SMS tells strangers nothing of whether a login has the phone', () => {
  test.each(Object.entries(STORIES))('%s', async (_, story) => {
    const told = async (phone: string) => {
      const at = await withIvan();
      const answers: object[] = [];
      for (const [person, purpose, waitMs] of story) {
        answers.push(await ask(at, person, purpose, phone));
        at.later(waitMs);
      }
      return { answers, sms: at.sms.filter((each) => each.phone === phone).length };
    };
    const known = await told(KNOWN);
    const unknown = await told(UNKNOWN);
    expect(known.answers).toEqual(unknown.answers);
    expect(known.answers[0]).toEqual({ outcome: 'sent' });
    // And one is left for the owner.
    expect(known.sms).toBeLessThanOrEqual(4);
  });

  test('providers that fail do not tell it either, neither in the caps nor when a code is typed', async () => {
    const told = async (phone: string) => {
      const at = await withIvan();
      at.provider.answer = { outcome: 'failed', reasons: [{ provider: 'smsru', reason: 'down', detail: 'HTTP 500' }] };
      const answers: object[] = [];
      for (let i = 0; i < 4; i++) {
        const sent = await at.office.confirmations.send(at.by(2), 'recovery', Phone.parse(phone));
        await at.settled();
        answers.push({ outcome: sent.outcome });
        if (sent.outcome === 'sent') answers.push(await at.office.confirmations.check(at.by(2), sent.code, '000000'));
        at.later(MINUTE);
      }
      at.provider.answer = { outcome: 'bad-number', provider: 'smsru' };
      at.later(HOUR);
      const sent = await at.office.confirmations.send(at.by(2), 'recovery', Phone.parse(phone));
      await at.settled();
      answers.push({ outcome: sent.outcome });
      if (sent.outcome === 'sent') answers.push(await at.office.confirmations.check(at.by(2), sent.code, '000001'));
      return answers;
    };
    const known = await told(KNOWN);
    expect(known).toEqual(await told(UNKNOWN));
    expect(known).toContainEqual({ outcome: 'wrong', left: 4 });
    expect(known).toContainEqual({ outcome: 'limit' });
  });

  test('recoveries that no provider takes fill the hour of registrations, as those do that were never to be sent', async () => {
    const told = async (phone: string) => {
      const at = await withIvan();
      at.provider.answer = { outcome: 'failed', reasons: [{ provider: 'smsru', reason: 'down', detail: 'HTTP 500' }] };
      for (let i = 0; i < 3; i++) {
        expect(await ask(at, 2 + i, 'recovery', phone)).toEqual({ outcome: 'sent' });
        at.later(MINUTE);
      }
      return [await ask(at, 8, 'registration', phone), await ask(at, 9, 'new-phone', phone)];
    };
    const known = await told(KNOWN);
    expect(known).toEqual(await told(UNKNOWN));
    expect(known).toMatchObject([{ outcome: 'limit' }, { outcome: 'limit' }]);
  });

  test('when numbers alike are closed, a recovery says so whether or not a login has the phone', async () => {
    const told = async (phone: string) => {
      const at = await withIvan();
      for (let i = 0; i < 20; i++) await ask(at, 100 + i, 'recovery', `${phone.slice(0, -3)}${String(100 + i)}`);
      return ask(at, 2, 'recovery', phone);
    };
    expect(await told(KNOWN)).toEqual(await told(UNKNOWN));
    expect(await told(KNOWN)).toMatchObject({ outcome: 'crowded' });
  });
});

/** The same base, and how often it was asked. */
function counting() {
  let queries = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { plugin, take: () => [queries, (queries = 0)][0] };
}

test.each(['recovery', 'registration'] as const)(
  'a %s asks the base the same, whether or not a login has the phone',
  async (purpose) => {
    const at = await withIvan();
    const { plugin, take } = counting();
    const confirmations = createConfirmations({ ...at.edges, db: at.db.withPlugin(plugin), background: () => undefined });
    const asked: (number | undefined)[] = [];
    for (const [person, phone] of [
      [2, KNOWN],
      [3, UNKNOWN],
    ] as const) {
      await confirmations.send(at.by(person), purpose, Phone.parse(phone));
      asked.push(take());
    }
    expect(asked[0]).toBe(asked[1]);
    expect(asked[0]).toBeGreaterThan(10);
  },
);

test('a recovery does not wait for the provider: the answer is there before the SMS is, for whoever has the phone', async () => {
  const at = await withIvan();
  let answerOfProvider: (answer: CodeSent) => void = () => {};
  at.provider.answer = () => new Promise((resolve) => (answerOfProvider = resolve));
  const known = await at.office.confirmations.send(at.by(2), 'recovery', Phone.parse(KNOWN));
  const unknown = await at.office.confirmations.send(at.by(3), 'recovery', Phone.parse(UNKNOWN));
  expect([known.outcome, unknown.outcome]).toEqual(['sent', 'sent']);
  answerOfProvider({ outcome: 'sent', provider: 'slow' });
});

test('a round sum is asked about with the same questions to the base, whether or not there is such an account', async () => {
  const town = await openTown();
  for (const person of [1, 2, 3]) await town.resident(person);
  const paid = [
    ['2026-09-10', 700_00],
    ['2026-10-10', 1_000_00],
  ] as const;
  await town.account('0012345', paid);
  await town.account('0012346');
  const { plugin, take } = counting();
  const linking = createLinking({ ...town.edges, db: town.db.withPlugin(plugin) });
  const asked: object[] = [];
  for (const [person, account] of [
    [1, '0012345'],
    [2, '0012346'],
    [3, '99999'],
  ] as const) {
    const first = await linking.proveBySum(town.by(person), number(account), 1_050_00);
    if (first.outcome !== 'earlier-month') throw new Error(first.outcome);
    const firstQueries = take();
    const second = await linking.proveBySum(town.by(person), number(account), 750_00, first.attempt);
    asked.push({ firstQueries, second, secondQueries: take() });
  }
  expect(asked[1]).toEqual(asked[0]);
  expect(asked[2]).toEqual(asked[0]);
});

test('what is taken is no longer told, however a login is asked about', async () => {
  const at = await withIvan();
  // The list of logins: ten questions a person and day; a name that is a phone is never answered.
  const login = async (person: number, name: string) =>
    at.office.registration.checkLogin(at.by(person), (await import('../../../src/domain/login.ts')).Login.parse(name));
  for (let i = 0; i < 10; i++) await login(2, `name${i}`);
  expect(await login(2, 'ivan')).toMatchObject({ outcome: 'limit' });
  expect(await login(2, '89123456789')).toEqual({ outcome: 'free' });
});
