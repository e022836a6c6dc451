import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openCabinet } from '../cabinet.ts';
import { openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const PHONE = '+79123456789';
const PASSWORD = 'k7w_pq29';
const ID = '00000000-0000-0000-0000-000000000001';
const SEALED = 'a'.repeat(43);

test('the base itself refuses what the office promises not to write', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await make.account(at.db, ...['0012345', '0054321'].map((number) => ({ number, ownerName: 'И.', address: 'ул. Портовая' })));
  const { id } = await at.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();
  const now = at.now();
  const later = new Date(now.getTime() + 1000);
  await make.link(at.db, { residentId: id, account: '0012345' });
  await sql`
    insert into account_passwords (id, account, fingerprint, issued_at, issued_by, expires_at)
    values (${ID}, '0012345', ${SEALED}, ${now}, 'a test', ${later})`.execute(at.db);

  const refused = {
    'one login in two cases': () => make.resident(at.db, { login: 'IVAN', phone: '+79995550011' }),
    'one phone twice': () => make.resident(at.db, { phone: PHONE }),
    'a login that is another’s phone': () => make.resident(at.db, { login: '89990001122', phone: '+79995550011' }),
    'a login that is a phone, of nobody’s': () => make.resident(at.db, { login: '89990001122', phone: null }),
    'a second open session of a messenger account': () => make.session(at.db, { residentId: id, messengerId: 'telegram:1' }),
    'a session of no resident': () => make.session(at.db, { residentId: ID, messengerId: 'telegram:9' }),
    'a session of no messenger account': () => make.session(at.db, { residentId: id, messengerId: '9' }),
    'a second live link': () => make.link(at.db, { residentId: id, account: '0012345', way: 'password' }),
    'a link to no account': () => make.link(at.db, { residentId: id, account: '99999' }),
    'a second live password to an account': () =>
      sql`insert into account_passwords (account, fingerprint, issued_at, issued_by, expires_at) values ('0012345', ${SEALED}, ${now}, 'a test', ${later})`.execute(
        at.db,
      ),
    'an eleventh failure': () => sql`update account_passwords set failures = 11`.execute(at.db),
    'a password to an account in clear': () =>
      sql`insert into account_passwords (account, fingerprint, issued_at, issued_by, expires_at) values ('0054321', 'ACDEFGHJKM', ${now}, 'a test', ${later})`.execute(
        at.db,
      ),
    'a proof of one account by the password to another': () =>
      sql`insert into link_proofs (messenger_id, resident_id, account, password_id, expires_at) values ('telegram:1', ${id}, '0054321', ${ID}, ${later})`.execute(
        at.db,
      ),
    'a code in clear': () =>
      sql`insert into confirmation_codes (messenger_id, purpose, phone, code_fingerprint, created_at, expires_at, delivery) values ('telegram:1', 'recovery', ${PHONE}, '123456', ${now}, ${later}, 'sent')`.execute(
        at.db,
      ),
    'a sixth try of a code': () => sql`update confirmation_codes set tries = 6`.execute(at.db),
    'an SMS to a number that is no Russian mobile one': () =>
      sql`insert into confirmation_codes (messenger_id, purpose, phone, code_fingerprint, created_at, expires_at, delivery) values ('telegram:1', 'recovery', '+4915112345678', ${SEALED}, ${now}, ${later}, 'sent')`.execute(
        at.db,
      ),
  };
  for (const [what, statement] of Object.entries(refused)) {
    await expect(statement(), what).rejects.toThrow(/violates|duplicate key/);
  }

  // Two live codes of one phone, purpose and person.
  const code = sql`insert into confirmation_codes (messenger_id, purpose, phone, code_fingerprint, created_at, expires_at, delivery) values ('telegram:1', 'recovery', ${PHONE}, ${SEALED}, ${now}, ${later}, 'sent')`;
  await code.execute(at.db);
  await expect(code.execute(at.db)).rejects.toThrow('confirmation_codes_live');
});

test('a reference that is another’s opens nothing: sessions, links, notices, proofs, drafts, tickets', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.register(2, 'petr', '+79995550011', PASSWORD);
  const { office } = at;
  const ids = async (table: 'sessions' | 'confirmationCodes' | 'passwordProofs' | 'phoneProofs' | 'passwordDrafts') =>
    (await at.db.selectFrom(table).select('id').where('messengerId', '=', 'telegram:1').execute()).map(({ id }) => id);

  await office.settings.askPassword(at.by(1), PASSWORD);
  await at.prove(1, 'new-phone', '+79001112233');
  const draft = await at.draft(1, { login: 'petr', phone: '+79995550011' }, 'novyi_7w');
  const own = (await office.settings.askPassword(at.by(2), PASSWORD)) as { ticket: string };
  const [session = ''] = await ids('sessions');
  const [code = ''] = await ids('confirmationCodes');
  const [ticket = ''] = await ids('passwordProofs');
  const [proof = ''] = await ids('phoneProofs');
  expect([session, code, ticket, proof].every(Boolean)).toBe(true);

  const late = { outcome: 'too-late' };
  expect(await office.sessions.end(at.by(2), session)).toEqual({ outcome: 'gone' });
  expect(await office.confirmations.check(at.by(2), code, '123456')).toEqual({ outcome: 'expired' });
  expect(await office.settings.changePhone(at.by(2), { ticket, proof })).toEqual(late);
  expect(await office.settings.changePhone(at.by(2), { ticket: own.ticket, proof })).toEqual(late);
  expect(await office.settings.changePassword(at.by(2), own.ticket, draft)).toEqual(late);
  expect(await office.consents.withdraw(at.by(2), ticket)).toEqual(late);
  expect(await office.recovery.find(at.by(2), proof)).toEqual(late);
  expect(await office.recovery.complete(at.by(2), proof, draft)).toEqual(late);
  expect(await office.signIn.sendCode(at.by(2), ticket)).toEqual(late);
  expect(await office.signIn.complete(at.by(2), own.ticket, proof)).toEqual(late);
  expect(await office.residents.who(at.by(1))).toMatchObject({ login: 'ivan', phone: 'confirmed' });
});

test('who signed out while a chapter of the cabinet was open gets no further in it', async () => {
  const town = await openTown();
  await town.resident(1, 11);
  const account = await town.account('0012345', [['2026-10-10', 500_01]]);
  const link = await town.link(1, '0012345', { password: await town.password('0012345') });
  const proved = await town.linking.proveBySum(town.by(1), account, 500_01);
  const round = await town.linking.proveBySum(town.by(1), account, 500_00);
  await town.db.updateTable('sessions').set({ endedAt: town.now() }).where('messengerId', '=', 'telegram:1').execute();

  const guest = { outcome: 'guest' };
  const gone = { outcome: 'gone' };
  expect(await town.linking.look(town.by(1), account)).toEqual(guest);
  expect(await town.linking.confirm(town.by(1), proved.outcome === 'proved' ? proved.proof : '')).toEqual(guest);
  const attempt = round.outcome === 'earlier-month' ? round.attempt : undefined;
  expect(await town.linking.proveBySum(town.by(1), account, 500_01, attempt)).toEqual(guest);
  expect(await town.links.list(town.by(1))).toEqual(guest);
  expect(await town.links.rename(town.by(1), link, 'Моя')).toEqual(gone);
  expect(await town.links.unlink(town.by(1), link)).toEqual(gone);
  expect(await town.links.others(town.by(1), link)).toEqual(gone);
  expect(await town.debts.show(town.by(1))).toEqual(guest);
});
