import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Login } from '../../../src/domain/login.ts';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet, START, times } from '../cabinet.ts';

const PHONE = '+79123456789';
const ask = (at: Cabinet, person: number, login: string) => at.office.registration.checkLogin(at.by(person), Login.parse(login));

async function prepared(at: Cabinet, person: number, login: string, phone = PHONE) {
  return at.form(person, login, phone, 'k7w_pq29');
}

test('the consent is kept with its version, the hash of its text, the time and the person', async () => {
  const at = await openCabinet();
  const shown = await at.office.consents.read(at.by(1));
  expect(createHash('sha256').update(`${shown.title}\n\n${shown.text}`).digest('hex')).toBe(shown.sha256);
  expect(shown.text).toMatch(/ч\.\s16 ст\.\s155/);
  expect(await at.office.consents.given(at.by(1))).toBe(false);
  expect(await at.office.consents.give(at.by(1), 'f'.repeat(64))).toEqual({ outcome: 'changed' });
  expect(await at.office.consents.give(at.by(1, 'once'), shown.sha256)).toEqual({ outcome: 'given' });
  expect(await at.office.consents.give(at.by(1, 'once'), shown.sha256)).toEqual({ outcome: 'given' });
  expect(await at.office.consents.given(at.by(1))).toBe(true);
  expect(await at.office.consents.given(at.by(2))).toBe(false);
  expect(await at.db.selectFrom('consents').selectAll().execute()).toMatchObject([
    {
      messengerId: 'telegram:1',
      version: shown.version,
      sha256: shown.sha256,
      givenAt: START,
      residentId: null,
      withdrawnAt: null,
    },
  ]);
  at.later(DAY);
  expect(await at.office.consents.given(at.by(1))).toBe(false);
});

test('a resident registers and is signed in; the account is confirmed', async () => {
  const at = await openCabinet();
  expect(await at.register(1, 'TestUser', PHONE, 'k7w_pq29')).toEqual({ outcome: 'registered', login: 'TestUser' });
  const who = await at.office.residents.who(at.by(1));
  expect(who).toMatchObject({ who: 'resident', login: 'TestUser', phone: 'confirmed' });
  expect(await at.db.selectFrom('consents').select('residentId').execute()).toEqual([
    { residentId: who.who === 'resident' && who.residentId },
  ]);
  await at.office.sessions.signOut(at.by(1));
  expect(await at.office.residents.who(at.by(1))).toEqual({ who: 'guest' });
  expect(await at.enter(1, 'testuser', 'k7w_pq29')).toEqual({ outcome: 'signed-in', login: 'TestUser' });
});

test('a taken login is told at once, in whatever case', async () => {
  const at = await openCabinet();
  await at.register(1, 'TestUser', PHONE, 'k7w_pq29');
  expect(await ask(at, 2, 'TESTUSER')).toEqual({ outcome: 'taken' });
  expect(await ask(at, 2, 'TestUser2')).toEqual({ outcome: 'free' });
});

test('ten such questions a day, over all repeats and at once', async () => {
  const at = await openCabinet();
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => ask(at, 1, `login${i}`)));
  expect(answers.filter((answer) => answer.outcome === 'free')).toHaveLength(10);
  const until = new Date(START.getTime() + DAY).toISOString();
  expect(await ask(at, 1, 'login')).toEqual({ outcome: 'limit', until });
  expect(await ask(at, 2, 'login')).toEqual({ outcome: 'free' });
  at.later(DAY);
  expect(await ask(at, 1, 'login')).toEqual({ outcome: 'free' });
});

test('of a login that is a phone nothing is told before its code, and it is no question', async () => {
  const at = await openCabinet();
  await at.register(1, '89123456789', PHONE, 'k7w_pq29');
  for (let i = 0; i < 15; i++) expect(await ask(at, 2, '89123456789')).toEqual({ outcome: 'free' });
  expect(await ask(at, 2, 'login')).toEqual({ outcome: 'free' });
});

test('a login that looks like a phone is only its owner’s', async () => {
  const at = await openCabinet();
  const mine = await prepared(at, 1, '89995550011');
  expect(await at.office.registration.register(at.by(1), mine)).toEqual({ outcome: 'login-taken' });
});

test('two who want the same login at once: one has it, the other chooses another and keeps the proof', async () => {
  const at = await openCabinet();
  const one = await prepared(at, 1, 'ivan');
  const two = await prepared(at, 2, 'IVAN', '+79123456000');
  const answers = await Promise.all([
    at.office.registration.register(at.by(1), one),
    at.office.registration.register(at.by(2), two),
  ]);
  expect(answers.map((answer) => answer.outcome).sort()).toEqual(['login-taken', 'registered']);

  const loser = answers[0].outcome === 'login-taken' ? 1 : 2;
  const lost = loser === 1 ? one : two;
  const phone = loser === 1 ? PHONE : '+79123456000';
  // The password was held against the other login: it has to be typed again.
  const other = Login.parse('petr');
  expect(await at.office.registration.register(at.by(loser), { ...lost, login: other })).toEqual({ outcome: 'too-late' });
  const again = await at.draft(loser, { login: 'petr', phone }, 'k7w_pq29');
  expect(await at.office.registration.register(at.by(loser), { ...lost, login: other, draft: again })).toMatchObject({
    outcome: 'registered',
  });
});

test('the same update twice, also at once, registers once', async () => {
  const at = await openCabinet();
  const mine = await prepared(at, 1, 'ivan');
  const answers = await Promise.all([1, 2, 3].map(() => at.office.registration.register(at.by(1, 'same'), mine)));
  expect(answers).toEqual(times(3, { outcome: 'registered', login: 'ivan' }));
  expect(await at.db.selectFrom('residents').select('id').execute()).toHaveLength(1);
});

test('neither a proof nor a password nor a consent of somebody else, or an old one, will do', async () => {
  const at = await openCabinet();
  const mine = await prepared(at, 1, 'ivan');
  const his = await prepared(at, 2, 'ivan', '+79123456000');
  const register = (change: object) => at.office.registration.register(at.by(1), { ...mine, ...change });
  expect(await register({ proof: his.proof })).toEqual({ outcome: 'too-late' });
  expect(await register({ draft: his.draft })).toEqual({ outcome: 'too-late' });
  expect(await register({ proof: 'made up' })).toEqual({ outcome: 'too-late' });
  const typedOnce = await at.office.passwordDrafts.draft(at.by(1), { login: 'ivan', phone: PHONE }, 'k7w_pq29');
  expect(await register({ draft: (typedOnce as { draft: string }).draft })).toEqual({ outcome: 'too-late' });
  at.later(30 * MINUTE);
  expect(await register({})).toEqual({ outcome: 'too-late' });
  expect(await at.db.selectFrom('residents').select('id').execute()).toEqual([]);
});

test('the second typing must be like the first, or both are typed anew', async () => {
  const at = await openCabinet();
  const owner = { login: 'ivan', phone: PHONE };
  const drafted = await at.office.passwordDrafts.draft(at.by(1), owner, ' k7w ');
  expect(drafted).toMatchObject({ outcome: 'drafted', advice: true });
  const { draft } = drafted as { draft: string };
  expect(await at.office.passwordDrafts.repeat(at.by(2), draft, 'k7w')).toEqual({ outcome: 'too-late' });
  expect(await at.office.passwordDrafts.repeat(at.by(1), draft, 'K7w')).toEqual({ outcome: 'different' });
  expect(await at.office.passwordDrafts.repeat(at.by(1), draft, 'k7w')).toEqual({ outcome: 'too-late' });
  expect(await at.office.passwordDrafts.draft(at.by(1), owner, 'ivan')).toEqual({
    outcome: 'unfit',
    problem: 'password-is-login',
    least: 3,
  });
});

test('the least length is the operator’s', async () => {
  const at = await openCabinet({ passwordMinLength: 8 });
  const owner = { login: 'ivan', phone: PHONE };
  expect(await at.office.passwordDrafts.rules(at.by(1))).toEqual({ least: 8 });
  expect(await at.office.passwordDrafts.draft(at.by(1), owner, 'k7w_pq2')).toMatchObject({ problem: 'password-short', least: 8 });
  expect(await at.office.passwordDrafts.draft(at.by(1), owner, 'k7w_pq29')).toMatchObject({ outcome: 'drafted', advice: false });
});

test('a taken phone is told only after its code, with the login that has it', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, 'k7w_pq29');
  at.later(HOUR);
  expect(await at.register(2, 'petr', PHONE, 'k7w_pq30')).toEqual({ outcome: 'phone-taken', login: 'ivan' });
  expect(await at.office.residents.who(at.by(2))).toEqual({ who: 'guest' });
});

test('way out one: the proof just given is enough to recover that login', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, 'k7w_pq29');
  at.later(HOUR);
  const { proof } = await prepared(at, 2, 'petr');
  expect(await at.office.recovery.find(at.by(2), proof)).toEqual({ outcome: 'found', login: 'ivan', phone: PHONE });
  const draft = await at.draft(2, { login: 'ivan', phone: PHONE }, 'novyi_7w');
  expect(await at.office.recovery.complete(at.by(2), proof, draft)).toEqual({ outcome: 'recovered', login: 'ivan', others: 1 });
  expect(await at.office.residents.who(at.by(2))).toMatchObject({ login: 'ivan' });
});

test('way out two: the phone is taken from the old login, whose accounts are told and must confirm a new one', async () => {
  const at = await openCabinet();
  await at.register(1, '89123456789', PHONE, 'k7w_pq29');
  at.later(HOUR);
  expect(await at.register(2, '89123456789', PHONE, 'k7w_pq30', true)).toEqual({ outcome: 'registered', login: '89123456789' });

  const who = await at.office.residents.who(at.by(1));
  expect(who).toMatchObject({ who: 'resident', phone: 'to-confirm', login: expect.stringMatching(/^abonent-\d{6}$/) as string });
  const login = who.who === 'resident' ? who.login : '';
  expect(await at.notices('telegram:1')).toEqual([{ text: 'notice-phone-taken', words: { login } }]);

  // The phone as a name is the new owner's, whose sign-in the old password does not open.
  expect(await at.enter(1, '89123456789', 'k7w_pq29')).toEqual({ outcome: 'refused' });
  expect(await at.enter(2, '+79123456789', 'k7w_pq30')).toMatchObject({ outcome: 'signed-in', login: '89123456789' });
  expect(await at.enter(1, login, 'k7w_pq29')).toMatchObject({ outcome: 'signed-in', login });
  expect(await at.enter(3, login, 'k7w_pq29')).toEqual({ outcome: 'no-phone' });

  // A new one is confirmed with the old password.
  const asked = await at.office.settings.askPassword(at.by(1), 'k7w_pq29');
  const proof = await at.prove(1, 'new-phone', '+79995550011');
  const { ticket } = asked as { ticket: string };
  expect(await at.office.settings.changePhone(at.by(1), { ticket, proof })).toEqual({ outcome: 'changed' });
  expect(await at.office.residents.who(at.by(1))).toMatchObject({ phone: 'confirmed' });
});

test('what was proved about a phone is void once it changed hands', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, 'k7w_pq29');
  at.later(HOUR);
  const old = await at.prove(1, 'recovery', PHONE);
  at.later(5 * MINUTE);
  await at.register(2, 'petr', PHONE, 'k7w_pq30', true);
  expect(await at.office.recovery.find(at.by(1), old)).toEqual({ outcome: 'too-late' });
});
