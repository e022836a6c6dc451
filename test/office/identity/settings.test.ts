import { expect, test } from 'vitest';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { type Cabinet, DAY, MINUTE, openCabinet, SECOND } from '../cabinet.ts';

const PHONE = '+79123456789';
const OTHER = '+79995550011';
const PASSWORD = 'k7w_pq29';
const NEW = 'novyi_7w';

async function withIvan(login = 'ivan'): Promise<Cabinet> {
  const at = await openCabinet();
  await at.register(1, login, PHONE, PASSWORD);
  return at;
}

async function ticketOf(at: Cabinet, person: number, password = PASSWORD): Promise<string> {
  const asked = await at.office.settings.askPassword(at.by(person), password);
  if (asked.outcome !== 'right') throw new Error(asked.outcome);
  return asked.ticket;
}

test('what the settings show, and to whom', async () => {
  const at = await withIvan();
  expect(await at.office.settings.overview(at.by(1))).toEqual({
    outcome: 'resident',
    login: 'ivan',
    phone: '8912•••••89',
    sessions: 1,
    owner: { login: 'ivan', phone: PHONE },
  });
  expect(await at.office.settings.overview(at.by(2))).toEqual({ outcome: 'guest' });
});

test('the old password is asked for, with a limit of the owner’s own', async () => {
  const at = await withIvan();
  expect(await at.office.settings.askPassword(at.by(2), PASSWORD)).toEqual({ outcome: 'guest' });
  for (let i = 0; i < 5; i++) expect(await at.office.settings.askPassword(at.by(1), 'wrong_one')).toEqual({ outcome: 'wrong' });
  // Half a minute, told to the minute.
  const until = new Date(at.now().getTime() + MINUTE).toISOString();
  expect(await at.office.settings.askPassword(at.by(1), PASSWORD)).toEqual({ outcome: 'locked', until });
  at.later(30 * SECOND);
  expect(await at.office.settings.askPassword(at.by(1), PASSWORD)).toMatchObject({ outcome: 'right' });
});

test('a new password: the others stay signed in and are told', async () => {
  const at = await withIvan();
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  const ticket = await ticketOf(at, 1);
  const draft = await at.draft(1, { login: 'ivan', phone: PHONE }, NEW);
  expect(await at.office.settings.changePassword(at.by(2), ticket, draft)).toEqual({ outcome: 'too-late' });
  expect(await at.office.settings.changePassword(at.by(1, 'same'), ticket, draft)).toEqual({ outcome: 'changed' });
  expect(await at.office.settings.changePassword(at.by(1, 'same'), ticket, draft)).toEqual({ outcome: 'changed' });
  expect((await at.notices('telegram:2')).at(-1)).toMatchObject({ text: 'notice-password-changed' });
  expect(await at.office.residents.who(at.by(2))).toMatchObject({ login: 'ivan' });
  expect(await at.enter(1, 'ivan', PASSWORD)).toEqual({ outcome: 'refused' });
  expect(await at.enter(1, 'ivan', NEW)).toMatchObject({ outcome: 'signed-in' });
});

test('a new password takes away what the old one has opened, wherever it was typed', async () => {
  const at = await withIvan();
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  const [ticket, ofAnother] = [await ticketOf(at, 1), await ticketOf(at, 2)];
  const entered = await at.enter(3, 'ivan', PASSWORD);
  if (entered.outcome !== 'code-needed') throw new Error(entered.outcome);
  const owner = { login: 'ivan', phone: PHONE };
  const draft = await at.draft(1, owner, NEW);
  expect(await at.office.settings.changePassword(at.by(1), ticket, draft)).toEqual({ outcome: 'changed' });

  expect(await at.office.signIn.sendCode(at.by(3), entered.ticket)).toEqual({ outcome: 'too-late' });
  expect(await at.office.consents.withdraw(at.by(2), ofAnother)).toEqual({ outcome: 'too-late' });
  for (const [person, old] of [
    [1, ticket],
    [2, ofAnother],
  ] as const) {
    const next = await at.draft(person, owner, 'tretii_7w');
    expect(await at.office.settings.changePassword(at.by(person), old, next)).toEqual({ outcome: 'too-late' });
  }
  expect(await at.enter(1, 'ivan', NEW)).toMatchObject({ outcome: 'signed-in' });
});

test('the old password is good for a quarter of an hour', async () => {
  const at = await withIvan();
  const ticket = await ticketOf(at, 1);
  at.later(15 * MINUTE);
  const draft = await at.draft(1, { login: 'ivan', phone: PHONE }, NEW);
  expect(await at.office.settings.changePassword(at.by(1), ticket, draft)).toEqual({ outcome: 'too-late' });
});

test('a new phone after its code', async () => {
  const at = await withIvan();
  const ticket = await ticketOf(at, 1);
  const proof = await at.prove(1, 'new-phone', OTHER);
  expect(await at.office.settings.changePhone(at.by(1), { ticket: 'made up', proof })).toEqual({ outcome: 'too-late' });
  expect(await at.office.settings.changePhone(at.by(1), { ticket, proof: 'made up' })).toEqual({ outcome: 'too-late' });
  expect(await at.office.settings.changePhone(at.by(1), { ticket, proof })).toEqual({ outcome: 'changed' });
  expect(await at.office.settings.overview(at.by(1))).toMatchObject({ phone: '8999•••••11' });
  // What was proved for it is used up.
  expect(await at.office.consents.withdraw(at.by(1), ticket)).toEqual({ outcome: 'too-late' });
  expect(await at.enter(1, PHONE, PASSWORD)).toEqual({ outcome: 'refused' });
  expect(await at.enter(1, OTHER, PASSWORD)).toMatchObject({ outcome: 'signed-in', login: 'ivan' });
});

test('a login that is the phone follows it, and all its messenger accounts are told, signed in or not', async () => {
  const at = await withIvan('89123456789');
  await at.signInNew(2, '89123456789', PASSWORD, PHONE);
  await at.signInNew(3, '89123456789', PASSWORD, PHONE);
  await at.office.sessions.signOut(at.by(3));
  const ticket = await ticketOf(at, 1);
  const proof = await at.prove(1, 'new-phone', OTHER);
  expect(await at.office.settings.changePhone(at.by(1), { ticket, proof })).toEqual({ outcome: 'changed', login: '89995550011' });
  expect(await at.enter(1, '89123456789', PASSWORD)).toEqual({ outcome: 'refused' });
  const told = { text: 'notice-login-changed', words: { at: at.now().toISOString(), login: '89995550011' } };
  for (const person of [2, 3] as const) expect((await at.notices(`telegram:${person}`)).at(-1)).toEqual(told);
  expect((await at.notices('telegram:1')).map(({ text }) => text)).not.toContain(told.text);
  // Who has signed out there reads no number.
  const row = await at.db
    .selectFrom('outbox')
    .selectAll()
    .where('addressee', '=', 'telegram:3')
    .where('text', '=', told.text)
    .executeTakeFirstOrThrow();
  expect(await asOfNow(at.db, row, at.now())).toMatchObject({ text: 'notice-login-changed-signed-out', words: {} });
});

test('a phone of somebody else is told after its code, and may be taken', async () => {
  const at = await withIvan();
  await at.register(2, 'petr', OTHER, PASSWORD);
  const ticket = await ticketOf(at, 1);
  const proof = await at.prove(1, 'new-phone', OTHER);
  expect(await at.office.settings.changePhone(at.by(1), { ticket, proof })).toEqual({ outcome: 'phone-taken' });
  expect(await at.office.settings.changePhone(at.by(1), { ticket, proof, takePhone: true })).toEqual({ outcome: 'changed' });
  expect(await at.office.residents.who(at.by(2))).toMatchObject({ login: 'petr', phone: 'to-confirm' });
  expect((await at.notices('telegram:2')).at(-1)).toEqual({ text: 'notice-phone-taken', words: { login: 'petr' } });
});

test('sessions are listed from the newest, and another one can be ended', async () => {
  const at = await withIvan();
  at.later(DAY);
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  const list = await at.office.sessions.list(at.by(1));
  expect(list.map(({ here }) => here)).toEqual([false, true]);
  const [other, own] = list.map(({ id }) => ({ id })) as [{ id: string }, { id: string }];

  // Not one's own, not by somebody else, not a made-up one.
  expect(await at.office.sessions.end(at.by(1), own.id)).toEqual({ outcome: 'gone' });
  expect(await at.office.sessions.end(at.by(3), other.id)).toEqual({ outcome: 'gone' });
  expect(await at.office.sessions.end(at.by(1), "x'; drop table sessions")).toEqual({ outcome: 'gone' });
  await at.register(4, 'petr', OTHER, PASSWORD);
  expect(await at.office.sessions.end(at.by(4), other.id)).toEqual({ outcome: 'gone' });

  expect(await at.office.sessions.end(at.by(1), other.id)).toEqual({ outcome: 'ended' });
  expect(await at.office.sessions.end(at.by(1), other.id)).toEqual({ outcome: 'gone' });
  expect(await at.office.residents.who(at.by(2))).toEqual({ who: 'guest' });
  expect((await at.notices('telegram:2')).at(-1)).toMatchObject({ text: 'notice-signed-out' });
  expect(await at.enter(2, 'ivan', PASSWORD)).toMatchObject({ outcome: 'code-needed' });
  expect(await at.office.sessions.list(at.by(2))).toEqual([]);
});

test('signing out', async () => {
  const at = await withIvan();
  expect(await at.office.sessions.signOut(at.by(1, 'same'))).toEqual({ outcome: 'signed-out' });
  expect(await at.office.sessions.signOut(at.by(1, 'same'))).toEqual({ outcome: 'signed-out' });
  expect(await at.office.sessions.signOut(at.by(1))).toEqual({ outcome: 'guest' });
});

test('a consent withdrawn takes the login and all personal data with it', async () => {
  const at = await withIvan();
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  await at.register(3, 'petr', OTHER, PASSWORD);
  const ticket = await ticketOf(at, 1);
  expect(await at.office.consents.withdraw(at.by(3), ticket)).toEqual({ outcome: 'too-late' });
  expect(await at.office.consents.withdraw(at.by(1), ticket)).toEqual({ outcome: 'withdrawn' });

  for (const person of [1, 2]) expect(await at.office.residents.who(at.by(person))).toEqual({ who: 'guest' });
  expect((await at.notices('telegram:2')).at(-1)).toMatchObject({ text: 'notice-consent-withdrawn' });
  expect(await at.office.residents.who(at.by(3))).toMatchObject({ login: 'petr' });
  expect(await at.enter(1, 'ivan', PASSWORD)).toEqual({ outcome: 'refused' });

  // That there was a consent, and when it ended, is kept; the login and the phone are nowhere once the counters of SMS are forgotten.
  const consents = await at.db
    .selectFrom('consents')
    .select(['messengerId', 'residentId', 'withdrawnAt'])
    .orderBy('messengerId')
    .execute();
  expect(consents[0]).toEqual({ messengerId: 'telegram:1', residentId: null, withdrawnAt: at.now() });
  at.later(4 * DAY);
  await at.office.retention.deleteExpired();
  const tables = await at.db.introspection.getTables();
  const dump = await Promise.all(
    tables.map((table) =>
      at.db
        .selectFrom(table.name as 'idempotencyKeys')
        .selectAll()
        .execute(),
    ),
  );
  expect(JSON.stringify(dump)).not.toMatch(/ivan|79123456789/i);

  // And the login is free again.
  expect(await at.register(1, 'ivan', PHONE, PASSWORD)).toMatchObject({ outcome: 'registered' });
});
