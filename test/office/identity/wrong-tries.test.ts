import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openKeyring } from '../../../src/adapters/keyring.ts';
import { cheapHasher } from '../../kit/passwords.ts';
import { AccountNumber } from '../../../src/domain/account-number.ts';
import { Login, LoginOrPhone } from '../../../src/domain/login.ts';
import { Phone } from '../../../src/domain/phone.ts';
import { issueAccountPassword } from '../../../src/office/accounts/account-passwords.ts';
import { createOffice, type Office } from '../../../src/office/office.ts';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet, times } from '../cabinet.ts';
import * as make from '../../kit/make.ts';

/**
 * Everything that wrong tries use up: a person has a limit over all that he tries, so that nobody spoils what is another's, and it goes on where
 * it was when `SECRET_KEY` is rotated.
 */

const OURS = '0012345';
const phoneOf = (person: number) => `+79${String(person).padStart(9, '0')}`;
const number = (text: string) => AccountNumber.parse(text);
const account = (i: number) => number(String(7_000_000 + i));

async function openOffice() {
  const at = await openCabinet({ smsHourlyLimit: 100_000, smsDailyLimit: 100_000 });
  const rows = [OURS, ...times(60, 0).map((_, i) => account(i))];
  await make.account(
    at.db,
    ...rows.map((each) => ({ number: each, ownerName: 'Иванов И. И.', address: 'г. Т., ул. Мира, д. 1, кв. 2' })),
  );
  await make.payment(
    at.db,
    ...rows.flatMap((each) => [
      { account: each, day: '2026-09-10', sumKopecks: 700_00, operation: `${each}-1` },
      { account: each, day: '2026-10-10', sumKopecks: 500_01, operation: `${each}-2` },
    ]),
  );
  /** Residents who are signed in, without the SMS that it takes. */
  const residents = async (...people: number[]) => {
    for (const person of people) {
      const hash = await at.edges.passwords.hash('tramvai-9731');
      const resident = { login: `resident${person}`, phone: phoneOf(person), passwordHash: hash, registeredAt: at.now() };
      const id = await make.resident(at.db, resident);
      const messengerId = `telegram:${person}`;
      await make.confirmedMessenger(at.db, { residentId: id, messengerId, confirmedAt: at.now() });
      await make.session(at.db, { residentId: id, messengerId, openedAt: at.now(), seenAt: at.now() });
    }
  };
  const issue = async (to: string) => {
    const issued = await issueAccountPassword(at.edges, number(to), 'a test');
    if (issued.outcome !== 'issued') throw new Error(issued.outcome);
    return issued.password;
  };
  return Object.assign(at, { residents, issue });
}

type Stage = Awaited<ReturnType<typeof openOffice>>;

async function sendAndMistype(at: Cabinet, office: Office, person: number, phone: string): Promise<string> {
  const sent = await office.confirmations.send(at.by(person), 'registration', Phone.parse(phone));
  await at.settled();
  if (sent.outcome !== 'sent' && !('code' in sent)) return sent.outcome;
  const right = at.codeTo(phone);
  const wrong = right === '000000' ? '000001' : '000000';
  const { outcome } = await office.confirmations.check(at.by(person), sent.code ?? '', wrong);
  return outcome;
}

/** `wrong`: the nth wrong try of a person, each of another thing. `right`: what would do, of a thing that nobody has touched; whether it does. */
type Thing = {
  perPerson: number;
  wrong: (at: Stage, office: Office, person: number, nth: number) => Promise<unknown>;
  right: (at: Stage, office: Office, person: number) => Promise<boolean>;
  /** Every person's things are of his own alone. */
  ownOnly?: true;
};

const THINGS: Readonly<Record<string, Thing>> = {
  'wrong sums of accounts': {
    perPerson: 5,
    wrong: (at, office, person, nth) => office.linking.proveBySum(at.by(person), account(nth), 1_01),
    right: async (at, office, person) =>
      (await office.linking.proveBySum(at.by(person), number(OURS), 500_01)).outcome === 'proved',
  },
  'wrong sums of accounts that do not exist': {
    perPerson: 5,
    wrong: (at, office, person, nth) => office.linking.proveBySum(at.by(person), number(String(99_000 + nth)), 1_01),
    right: async (at, office, person) =>
      (await office.linking.proveBySum(at.by(person), number(OURS), 500_01)).outcome === 'proved',
  },
  'round sums': {
    perPerson: 10,
    wrong: (at, office, person, nth) => office.linking.proveBySum(at.by(person), account(nth), 1_000_00),
    right: async (at, office, person) =>
      (await office.linking.proveBySum(at.by(person), number(OURS), 1_000_00)).outcome === 'earlier-month',
  },
  'wrong passwords to accounts': {
    perPerson: 5,
    wrong: async (at, office, person, nth) => {
      await at.issue(account(nth));
      return office.linking.proveByPassword(at.by(person), account(nth), 'WRONG');
    },
    right: async (at, office, person) =>
      (await office.linking.proveByPassword(at.by(person), number(OURS), await at.issue(OURS))).outcome === 'proved',
  },
  'wrong passwords to accounts that have none, or do not exist': {
    perPerson: 5,
    wrong: (at, office, person, nth) =>
      office.linking.proveByPassword(at.by(person), nth % 2 ? account(nth) : number(String(99_000 + nth)), 'WRONG'),
    right: async (at, office, person) =>
      (await office.linking.proveByPassword(at.by(person), number(OURS), await at.issue(OURS))).outcome === 'proved',
  },
  'wrong codes, of phone after phone': {
    perPerson: 15,
    ownOnly: true,
    async wrong(at, office, person, nth) {
      at.later(nth % 3 === 0 ? 61 * MINUTE : 0);
      // Three of each phone: none of them is closed by itself.
      const told = await sendAndMistype(at, office, person, phoneOf(800_000 + person * 100 + Math.floor(nth / 3)));
      if (told !== 'wrong' && told !== 'closed') throw new Error(told);
    },
    right: async (at, office, person) =>
      (await office.confirmations.send(at.by(person), 'new-phone', Phone.parse(phoneOf(700_000 + person)))).outcome !== 'closed',
  },
  'questions whether a login is taken': {
    perPerson: 10,
    ownOnly: true,
    wrong: (at, office, person, nth) => office.registration.checkLogin(at.by(person), Login.parse(`name${nth}`)),
    right: async (at, office, person) =>
      (await office.registration.checkLogin(at.by(person), Login.parse('free-name'))).outcome === 'free',
  },
  'wrong passwords to logins of others': {
    perPerson: 50,
    ownOnly: true,
    wrong: (at, office, person, nth) => office.signIn.enter(at.by(person), LoginOrPhone.parse(`nobody${nth}`), 'wrong-one'),
    right: async (at, office, person) =>
      (await office.signIn.enter(at.by(person), LoginOrPhone.parse('resident7'), 'tramvai-9731')).outcome === 'code-needed',
  },
};

describe('a person has a limit over everything of a kind', () => {
  test.each(Object.entries(THINGS))('%s', async (_, { perPerson, wrong, right }) => {
    const at = await openOffice();
    await at.residents(1, 2, 7);
    for (let nth = 0; nth < perPerson - 1; nth += 1) await wrong(at, at.office, 1, nth);
    // Round sums and questions are used up by asking itself.
    expect(await right(at, at.office, 1)).toBe(true);
    await wrong(at, at.office, 1, perPerson - 1);
    expect(await right(at, at.office, 1)).toBe(false);
    expect(await right(at, at.office, 2)).toBe(true);
    at.later(DAY + MINUTE);
    expect(await right(at, at.office, 1)).toBe(true);
  });

  test.each(Object.entries(THINGS))('%s: rotating SECRET_KEY forgets none of them', async (_, { perPerson, wrong, right }) => {
    const at = await openOffice();
    await at.residents(1, 2, 7);
    for (let nth = 0; nth < perPerson; nth += 1) {
      // In the middle, and once more.
      const keys = nth < perPerson / 2 ? KEYS.slice(2) : nth < perPerson - 1 ? KEYS.slice(1) : KEYS;
      await wrong(at, withKeys(at, keys), 1, nth);
    }
    const office = withKeys(at, KEYS);
    expect(await right(at, office, 1)).toBe(false);
    expect(await right(at, office, 2)).toBe(true);
  });

  /** A login made anew, another messenger account, another phone: who has any of them in common is the same person. */
  test.each(['wrong sums of accounts', 'round sums', 'wrong passwords to accounts'])(
    '%s: neither another phone nor another Telegram account of the same login gives more',
    async (name) => {
      const { perPerson, wrong, right } = THINGS[name] as Thing;
      const at = await openOffice();
      await at.residents(1, 2, 3);
      for (let nth = 0; nth < perPerson; nth += 1) await wrong(at, at.office, 1, nth);
      await at.db.updateTable('residents').set({ phone: '+79000000099' }).where('login', '=', 'resident1').execute();
      expect(await right(at, at.office, 1)).toBe(false);
      // The phone's new owner starts as whoever had it, for a day; so does the messenger account in another login.
      await at.db
        .updateTable('residents')
        .set({ phone: phoneOf(1) })
        .where('login', '=', 'resident2')
        .execute();
      expect(await right(at, at.office, 2)).toBe(false);
      expect(await right(at, at.office, 3)).toBe(true);
    },
  );
});

const KEYS = times(3, 0).map(() => randomBytes(32).toString('hex'));

/** The office after a rotation; the key that the stage was opened with stays the oldest. */
function withKeys(at: Stage, keys: readonly string[]): Office {
  const keyring = openKeyring([...keys, at.secretKey].join(','));
  return createOffice({ ...at.edges, keyring, passwords: cheapHasher(keyring) });
}

test('the lock of a login that nobody has goes on after a rotation, like that of one which somebody has', async () => {
  const at = await openOffice();
  const enter = (office: Office) => office.signIn.enter(at.by(1), LoginOrPhone.parse('nobody'), 'wrong-one');
  for (let i = 0; i < 3; i += 1) await enter(at.office);
  for (let i = 0; i < 2; i += 1) await enter(withKeys(at, KEYS));
  const tries = await at.db.selectFrom('passwordTries').select(['failures', 'lockedUntil']).orderBy('failures').execute();
  expect(tries.map(({ failures }) => failures)).toEqual([3, 5]);
  expect(tries[1]?.lockedUntil).not.toBeNull();
});

describe('nobody spoils what is another’s', () => {
  const wrongOf = (password: string) => (password.startsWith('A') ? `C${password.slice(1)}` : `A${password.slice(1)}`);

  test('a password to an account outlives whatever one person tries, today and later; two of them end it', async () => {
    const at = await openOffice();
    await at.residents(1, 2, 3);
    const password = await at.issue(OURS);
    const tryIt = (person: number, typed: string) => at.office.linking.proveByPassword(at.by(person), number(OURS), typed);
    const failures = async () =>
      (await at.db.selectFrom('accountPasswords').select(['failures', 'endedWhy']).execute()).map(
        (row) => [row.failures, row.endedWhy] as const,
      );
    for (let day = 0; day < 4; day += 1) {
      await Promise.all(times(12, 0).map(() => tryIt(1, wrongOf(password))));
      expect(await failures()).toEqual([[5, null]]);
      at.later(DAY + MINUTE);
    }
    expect((await tryIt(2, password)).outcome).toBe('proved');
    expect(await tryIt(1, password)).toMatchObject({ outcome: 'proved' });
    for (let i = 0; i < 5; i += 1) expect(await tryIt(3, wrongOf(password))).toEqual({ outcome: 'not-proved' });
    expect(await failures()).toEqual([[10, 'failures']]);
    expect(await tryIt(2, password)).toEqual({ outcome: 'not-proved' });
    const told = (await at.cards()).filter(({ text }) => text === 'staff-limit-by-account-password');
    expect(told).toHaveLength(1);
  });

  test('a person who goes from account to account is one escalation, however many days and accounts', async () => {
    const at = await openOffice();
    await at.residents(1, 2);
    const passwords = await Promise.all(times(30, 0).map((_, i) => at.issue(account(i))));
    for (let i = 0; i < 30; i += 1) {
      for (let nth = 0; nth < 2; nth += 1) await at.office.linking.proveByPassword(at.by(1), account(i), 'WRONG');
      if (i % 10 === 9) at.later(DAY + MINUTE);
    }
    expect((await at.cards()).map(({ text, words }) => [text, words.failures, words.repeats])).toEqual([
      ['staff-limit-by-person-password', 5, 2],
    ]);
    const ended = await at.db.selectFrom('accountPasswords').select('id').where('endedAt', 'is not', null).execute();
    expect(ended).toEqual([]);
    const [first = ''] = passwords;
    expect((await at.office.linking.proveByPassword(at.by(2), account(0), first)).outcome).toBe('proved');
  });

  test('a stranger closes neither the owner’s codes nor his sign-in, nor the doors of many logins to their owners’ new phones', async () => {
    const at = await openOffice();
    await at.residents(1, 7, 8);
    // Codes are of a Telegram account.
    for (let i = 0; i < 5; i += 1) await sendAndMistype(at, at.office, 2, phoneOf(7));
    at.later(2 * HOUR);
    const owners = await at.office.confirmations.send(at.by(7), 'recovery', Phone.parse(phoneOf(7)));
    expect(owners.outcome).toBe('sent');

    // Sixty wrong passwords for thirty logins that others have, and then he is no longer counted to any of them.
    for (let i = 0; i < 60; i += 1) await at.enter(2, `nobody${i % 30}`, 'wrong-one');
    for (let i = 0; i < 6; i += 1) await at.enter(2, 'resident8', 'wrong-one');
    const locked = await at.db.selectFrom('passwordTries').select('key').where('key', 'like', 'strangers/%').execute();
    expect(locked).toEqual([]);
    expect((await at.enter(9, 'resident8', 'tramvai-9731')).outcome).toBe('code-needed');
    // His own login stays open to him.
    await at.residents(2);
    expect((await at.enter(2, 'resident2', 'tramvai-9731')).outcome).toBe('signed-in');
  });
});

test('each way to be refused by a password asks the base the same: wrong, too often, right but too often, no password, no account', async () => {
  const at = await openOffice();
  await at.residents(1, 2);
  const password = await at.issue(OURS);
  let queries = 0;
  const db = at.db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const { linking } = createOffice({ ...at.edges, db });
  const asked: string[] = [];
  for (const [person, to, typed] of [
    [1, OURS, 'WRONG'],
    [1, account(1), 'WRONG'],
    [1, '99999', 'WRONG'],
  ] as const) {
    queries = 0;
    asked.push(JSON.stringify({ ...(await linking.proveByPassword(at.by(person), number(to), typed)), queries }));
  }
  for (let i = 0; i < 3; i += 1) await linking.proveByPassword(at.by(1), number('99999'), 'WRONG');
  for (const [to, typed] of [
    [OURS, 'WRONG'],
    [OURS, password],
    ['99999', 'WRONG'],
  ] as const) {
    queries = 0;
    asked.push(JSON.stringify({ ...(await linking.proveByPassword(at.by(1), number(to), typed)), queries }));
  }
  expect(new Set(asked).size).toBe(1);
});
