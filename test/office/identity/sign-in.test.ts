import { expect, test } from 'vitest';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet, SECOND, times } from '../cabinet.ts';

const PHONE = '+79123456789';
const PASSWORD = 'k7w_pq29';

async function withIvan(): Promise<Cabinet> {
  const at = await openCabinet();
  await at.register(1, 'Ivan', PHONE, PASSWORD);
  await at.office.sessions.signOut(at.by(1));
  return at;
}

test.each(['Ivan', 'ivan', '89123456789', '+7 (912) 345-67-89'])('by login or phone: %s', async (name) => {
  const at = await withIvan();
  expect(await at.enter(1, name, ` ${PASSWORD} `)).toEqual({ outcome: 'signed-in', login: 'Ivan' });
});

test('an account that was never confirmed for the login must enter a code besides', async () => {
  const at = await withIvan();
  const entered = await at.enter(2, 'ivan', PASSWORD);
  expect(entered).toMatchObject({ outcome: 'code-needed', phone: '8912•••••89' });
  expect(await at.office.residents.who(at.by(2))).toEqual({ who: 'guest' });
  const { ticket } = entered as { ticket: string };

  // Neither the ticket without a proof nor somebody else's ticket will do.
  expect(await at.office.signIn.complete(at.by(2), ticket, 'made up')).toEqual({ outcome: 'too-late' });
  expect(await at.office.signIn.sendCode(at.by(3), ticket)).toEqual({ outcome: 'too-late' });
  const sent = await at.office.signIn.sendCode(at.by(2), ticket);
  const checked = await at.office.confirmations.check(at.by(2), (sent as { code: string }).code, at.codeTo(PHONE));
  const { proof } = checked as { proof: string };
  expect(await at.office.signIn.complete(at.by(2, 'done'), ticket, proof)).toEqual({ outcome: 'signed-in', login: 'Ivan' });
  expect(await at.office.signIn.complete(at.by(2, 'done'), ticket, proof)).toEqual({ outcome: 'signed-in', login: 'Ivan' });
  expect(await at.office.signIn.complete(at.by(2), ticket, proof)).toEqual({ outcome: 'too-late' });

  // From now on the password is enough.
  await at.office.sessions.signOut(at.by(2));
  expect(await at.enter(2, 'ivan', PASSWORD)).toMatchObject({ outcome: 'signed-in' });
});

test('a ticket is void after half an hour and after a new password', async () => {
  const at = await withIvan();
  const { ticket } = (await at.enter(2, 'ivan', PASSWORD)) as { ticket: string };
  const proof = await at.prove(1, 'recovery', PHONE);
  await at.office.recovery.complete(at.by(1), proof, await at.draft(1, { login: 'Ivan', phone: PHONE }, 'novyi_7w'));
  expect(await at.office.signIn.sendCode(at.by(2), ticket)).toEqual({ outcome: 'too-late' });

  const { ticket: second } = (await at.enter(2, 'ivan', 'novyi_7w')) as { ticket: string };
  at.later(30 * MINUTE);
  expect(await at.office.signIn.sendCode(at.by(2), second)).toEqual({ outcome: 'too-late' });
});

test('no such login, a wrong password and a locked door are one answer, and one hash is compared each time', async () => {
  const at = await withIvan();
  at.judged.length = 0;
  expect(await at.enter(2, 'nobody', PASSWORD)).toEqual({ outcome: 'refused' });
  expect(await at.enter(2, '89995550011', PASSWORD)).toEqual({ outcome: 'refused' });
  for (let i = 0; i < 5; i++) expect(await at.enter(2, 'ivan', 'wrong_one')).toEqual({ outcome: 'refused' });
  // Locked: the right password is not even held against the real one.
  expect(await at.enter(2, 'ivan', PASSWORD)).toEqual({ outcome: 'refused' });
  expect(at.judged.map((hash) => hash === undefined)).toEqual([true, true, false, false, false, false, false, true]);
});

test('five free, then 30 seconds doubling to an hour', async () => {
  const at = await withIvan();
  const tryWrong = async () => {
    const before = at.judged.length;
    await at.enter(1, 'ivan', 'wrong_one');
    return at.judged[before] !== undefined;
  };
  for (let i = 0; i < 5; i++) expect(await tryWrong()).toBe(true);
  for (const wait of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
    at.later((wait - 1) * SECOND);
    expect(await tryWrong()).toBe(false);
    at.later(SECOND);
    expect(await tryWrong()).toBe(true);
  }
  at.later(HOUR);
  expect(await at.enter(1, 'ivan', PASSWORD)).toMatchObject({ outcome: 'signed-in' });
  // The right password makes it five again.
  await at.office.sessions.signOut(at.by(1));
  for (let i = 0; i < 5; i++) expect(await tryWrong()).toBe(true);
  expect(await tryWrong()).toBe(false);
});

test('a day without any makes it five again', async () => {
  const at = await withIvan();
  for (let i = 0; i < 6; i++) await at.enter(1, 'ivan', 'wrong_one');
  at.later(DAY + MINUTE);
  for (let i = 0; i < 4; i++) await at.enter(1, 'ivan', 'wrong_one');
  expect(await at.enter(1, 'ivan', PASSWORD)).toMatchObject({ outcome: 'signed-in' });
});

test('strangers share one counter and never lock the owner out', async () => {
  const at = await withIvan();
  for (let person = 10; person < 60; person++) await at.enter(person, 'ivan', 'wrong_one');
  expect(at.judged.filter((hash) => hash !== undefined)).toHaveLength(5 + 1);
  expect(await at.enter(60, 'ivan', PASSWORD)).toEqual({ outcome: 'refused' });
  expect(await at.enter(1, 'ivan', PASSWORD)).toMatchObject({ outcome: 'signed-in' });
});

test('fifty wrong passwords at once are five, by login and by phone together', async () => {
  const at = await withIvan();
  at.judged.length = 0;
  await Promise.all(Array.from({ length: 50 }, (_, i) => at.enter(10 + i, i % 2 ? 'ivan' : PHONE, 'wrong_one')));
  expect(at.judged.filter((hash) => hash !== undefined)).toHaveLength(5);
});

test('the same update twice counts once', async () => {
  const at = await withIvan();
  for (let i = 0; i < 10; i++) await at.enter(1, 'ivan', 'wrong_one', 'same');
  const { failures } = await at.db.selectFrom('passwordTries').select('failures').executeTakeFirstOrThrow();
  expect(failures).toBe(1);
  const twice = await Promise.all([at.enter(1, 'ivan', PASSWORD, 'right'), at.enter(1, 'ivan', PASSWORD, 'right')]);
  expect(twice).toEqual(times(2, { outcome: 'signed-in', login: 'Ivan' }));
  const open = await at.db.selectFrom('sessions').select('id').where('endedAt', 'is', null).execute();
  expect(open).toHaveLength(1);
});

test('a new session is announced to the others', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  expect(await at.notices('telegram:1')).toMatchObject([{ text: 'notice-signed-in-elsewhere' }]);
  expect(await at.notices('telegram:2')).toEqual([]);
});

test('a sign-in lasts 180 days', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  for (let month = 1; month <= 3; month++) {
    at.later(50 * DAY);
    expect(await at.office.residents.who(at.by(1))).toMatchObject({ who: 'resident' });
  }
  at.later(29 * DAY);
  expect(await at.office.residents.who(at.by(1))).toMatchObject({ who: 'resident' });
  at.later(2 * DAY);
  expect(await at.office.residents.who(at.by(1))).toEqual({ who: 'guest' });
});

test('and 60 days without a word', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  at.later(60 * DAY);
  expect(await at.office.residents.who(at.by(1))).toEqual({ who: 'guest' });
  expect(await at.enter(1, 'ivan', PASSWORD)).toMatchObject({ outcome: 'signed-in' });
});

test('another login in the same Telegram account takes the place of the first', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.register(2, 'petr', '+79995550011', PASSWORD);
  await at.signInNew(1, 'petr', PASSWORD, '+79995550011');
  expect(await at.office.residents.who(at.by(1))).toMatchObject({ login: 'petr' });
});
