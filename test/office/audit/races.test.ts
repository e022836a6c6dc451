import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { Phone } from '../../../src/domain/phone.ts';
import { createLinking } from '../../../src/office/accounts/linking.ts';
import { meetAtLock } from '../../kit/at-lock.ts';
import { type Cabinet, MINUTE, openCabinet, times } from '../cabinet.ts';
import { number, openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const PHONE = '+79123456789';
const OTHER = '+79995550011';
const PASSWORD = 'k7w_pq29';
const NEW = 'novyi_7w';

const TOO_LATE = { outcome: 'too-late' };

/** Ivan at 1; whoever knows his old password at 2, where it is confirmed. */
async function withThief(): Promise<Cabinet> {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  at.later(2 * 60 * MINUTE);
  return at;
}

describe('while a recovery is under way', () => {
  async function recovering<B>(at: Cabinet, meanwhile: () => Promise<B>): Promise<B> {
    const proof = await at.prove(1, 'recovery', PHONE);
    const draft = await at.draft(1, { login: 'ivan', phone: PHONE }, NEW);
    await at.enter(99, 'ivan', 'wrong_one');
    const [recovered, answer] = await meetAtLock(
      at.db,
      // The recovery forgets the strangers' tries when password and sessions are done.
      (trx) => sql`select 1 from password_tries where key like 'strangers/%' for update`.execute(trx),
      () => at.office.recovery.complete(at.by(1), proof, draft),
      meanwhile,
    );
    expect(recovered).toMatchObject({ outcome: 'recovered' });
    expect(await at.enter(1, 'ivan', NEW)).toMatchObject({ outcome: 'signed-in' });
    return answer;
  }

  test('nobody comes in by the old password', async () => {
    const at = await withThief();
    await at.office.sessions.signOut(at.by(2));
    expect(await recovering(at, () => at.enter(2, 'ivan', PASSWORD))).toEqual({ outcome: 'refused' });
    expect(await at.office.residents.who(at.by(2))).toEqual({ who: 'guest' });
  });

  test('a ticket by the old password comes too late', async () => {
    const at = await withThief();
    const { ticket } = (await at.enter(3, 'ivan', PASSWORD)) as { ticket: string };
    const sent = (await at.office.signIn.sendCode(at.by(3), ticket)) as { code: string };
    const { proof } = (await at.office.confirmations.check(at.by(3), sent.code, at.codeTo(PHONE))) as { proof: string };
    at.later(MINUTE);
    expect(await recovering(at, () => at.office.signIn.complete(at.by(3), ticket, proof))).toEqual(TOO_LATE);
    expect(await at.office.residents.who(at.by(3))).toEqual({ who: 'guest' });
  });

  test.each(['a change of the password', 'a withdrawal of the consent'])(
    '%s by the old password comes too late',
    async (what) => {
      const at = await withThief();
      const { ticket } = (await at.office.settings.askPassword(at.by(2), PASSWORD)) as { ticket: string };
      const draft = await at.draft(2, { login: 'ivan', phone: PHONE }, 'thief_7w');
      const late = await recovering<{ outcome: string }>(at, () =>
        what === 'a change of the password'
          ? at.office.settings.changePassword(at.by(2), ticket, draft)
          : at.office.consents.withdraw(at.by(2), ticket),
      );
      expect(late).toEqual(TOO_LATE);
    },
  );
});

describe('while a consent is being withdrawn', () => {
  async function withdrawing<B>(at: Cabinet, meanwhile: () => Promise<B>): Promise<B> {
    const { ticket } = (await at.office.settings.askPassword(at.by(1), PASSWORD)) as { ticket: string };
    const [withdrawn, answer] = await meetAtLock(
      at.db,
      (trx) => sql`select 1 from confirmed_messengers where messenger_id = 'telegram:2' for update`.execute(trx),
      () => at.office.consents.withdraw(at.by(1), ticket),
      meanwhile,
    );
    expect(withdrawn).toEqual({ outcome: 'withdrawn' });
    return answer;
  }

  test('a sign-in is refused, not broken', async () => {
    const at = await withThief();
    expect(await withdrawing(at, () => at.enter(2, 'ivan', PASSWORD))).toEqual({ outcome: 'refused' });
    expect(await at.db.selectFrom('sessions').select('id').execute()).toEqual([]);
  });

  test('an account is not linked any more', async () => {
    const at = await withThief();
    await make.account(at.db, { number: '0012345', ownerName: 'Иванов', address: 'ул. Портовая, 5' });
    await make.payment(at.db, { account: '0012345', day: '2026-10-10', sumKopecks: 500_01, operation: '1' });
    const linking = createLinking(at.edges);
    const proved = await linking.proveBySum(at.by(2), number('0012345'), 500_01);
    const proof = proved.outcome === 'proved' ? proved.proof : 'none';
    expect(await withdrawing(at, () => linking.confirm(at.by(2), proof))).toEqual({ outcome: 'guest' });
    expect(await at.db.selectFrom('links').select('id').execute()).toEqual([]);
  });
});

test('while another session is being ended, its Telegram account does not come in again by the password alone', async () => {
  const at = await withThief();
  const other = (await at.office.sessions.list(at.by(1))).find(({ here }) => !here);
  const [ended, entered] = await meetAtLock(
    at.db,
    (trx) => sql`select 1 from confirmed_messengers where messenger_id = 'telegram:2' for update`.execute(trx),
    () => at.office.sessions.end(at.by(1), other?.id ?? ''),
    () => at.enter(2, 'ivan', PASSWORD),
  );
  expect(ended).toEqual({ outcome: 'ended' });
  expect(entered).toMatchObject({ outcome: 'code-needed' });
  expect(await at.office.residents.who(at.by(2))).toEqual({ who: 'guest' });
});

describe('at once', () => {
  test('two with a proof of one phone: one has it, the other is told', async () => {
    const at = await openCabinet();
    const form = async (person: number, login: string) => {
      const filled = await at.form(person, login, PHONE, PASSWORD);
      at.later(MINUTE);
      return filled;
    };
    const [one, two] = [await form(1, 'ivan'), await form(2, 'petr')];
    const answers = await Promise.all([
      at.office.registration.register(at.by(1), one),
      at.office.registration.register(at.by(2), two),
    ]);
    expect(answers.map((answer) => answer.outcome).sort()).toEqual(['phone-taken', 'registered']);
    expect(await at.db.selectFrom('residents').select('phone').execute()).toEqual([{ phone: PHONE }]);
  });

  test('two who change to one phone: one has it', async () => {
    const at = await openCabinet();
    await at.register(1, 'ivan', PHONE, PASSWORD);
    await at.register(2, 'petr', OTHER, PASSWORD);
    const wanted = '+79001112233';
    const change = async (person: number) => {
      const { ticket } = (await at.office.settings.askPassword(at.by(person), PASSWORD)) as { ticket: string };
      const proof = await at.prove(person, 'new-phone', wanted);
      at.later(MINUTE);
      return { ticket, proof };
    };
    const [one, two] = [await change(1), await change(2)];
    const answers = await Promise.all([
      at.office.settings.changePhone(at.by(1), one),
      at.office.settings.changePhone(at.by(2), two),
    ]);
    expect(answers.map((answer) => answer.outcome).sort()).toEqual(['changed', 'phone-taken']);
  });

  test('fifty codes to one phone, and fifty by one person, are one SMS each', async () => {
    const at = await openCabinet();
    const phone = Phone.parse(PHONE);
    await Promise.all(times(50, 0).map((_, i) => at.office.confirmations.send(at.by(100 + i), 'registration', phone)));
    expect(at.sms).toHaveLength(1);
    const phones = times(50, 0).map((_, i) => Phone.parse(`8${9_000_000_000 + i * 1_000}`));
    await Promise.all(phones.map((each) => at.office.confirmations.send(at.by(7), 'registration', each)));
    expect(at.sms).toHaveLength(2);
  });

  test('a code that is typed while a new one is asked for: one live code, and never both good', async () => {
    const at = await openCabinet();
    for (let person = 1; person <= 8; person++) {
      const phone = Phone.parse(`8912345670${person}`);
      const sent = await at.office.confirmations.send(at.by(person), 'registration', phone);
      const old = at.codeTo(phone);
      at.later(MINUTE);
      const id = sent.outcome === 'sent' ? sent.code : '';
      const [checked] = await Promise.all([
        at.office.confirmations.check(at.by(person), id, old),
        at.office.confirmations.send(at.by(person), 'registration', phone),
      ]);
      const fresh = at.codeTo(phone);
      const again = fresh === old ? undefined : await at.office.confirmations.check(at.by(person), id, old);
      if (again) expect(again.outcome).toBe('wrong');
      expect(['confirmed', 'wrong']).toContain(checked.outcome);
      const live = await at.db
        .selectFrom('confirmationCodes')
        .select('id')
        .where('phone', '=', phone)
        .where('endedAt', 'is', null)
        .execute();
      expect(live).toHaveLength(1);
      expect(await at.office.confirmations.check(at.by(person), id, fresh)).toMatchObject({ outcome: 'confirmed' });
    }
  });

  test('unlinking while it is linked again: one link or none, and nothing breaks', async () => {
    const town = await openTown();
    await town.resident(1, 11);
    const account = await town.account('0012345', [['2026-10-10', 500_01]]);
    for (let i = 0; i < 6; i++) {
      const proved = await town.linking.proveBySum(town.by(11), account, 500_01);
      const proof = proved.outcome === 'proved' ? proved.proof : 'none';
      const listed = await town.links.list(town.by(1));
      const own = listed.outcome === 'listed' ? (listed.accounts[0]?.link ?? 'none') : 'none';
      const [linked, unlinked] = await Promise.all([
        town.linking.confirm(town.by(11), proof),
        town.links.unlink(town.by(1), own),
      ]);
      const after = await town.links.list(town.by(1));
      const left = after.outcome === 'listed' ? after.accounts.length : -1;
      expect([linked.outcome, unlinked.outcome, left]).toEqual(
        own === 'none'
          ? ['linked', 'gone', 1]
          : linked.outcome === 'linked'
            ? ['linked', 'unlinked', 1]
            : ['linked-already', 'unlinked', 0],
      );
    }
  });
});
