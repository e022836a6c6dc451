import { expect, test } from 'vitest';
import { Phone } from '../../../src/domain/phone.ts';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet, times } from '../cabinet.ts';

const PHONE = '+79123456789';
const NOBODYS = '+79995550011';
const PASSWORD = 'k7w_pq29';
const NEW = 'novyi_7w';
const send = (at: Cabinet, person: number, phone: string) =>
  at.office.confirmations.send(at.by(person), 'recovery', Phone.parse(phone));

async function withIvanTwice(): Promise<Cabinet> {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  at.later(HOUR);
  return at;
}

async function recover(at: Cabinet, person: number) {
  const proof = await at.prove(person, 'recovery', PHONE);
  const draft = await at.draft(person, { login: 'ivan', phone: PHONE }, NEW);
  return at.office.recovery.complete(at.by(person), proof, draft);
}

test('a new password after a code signs out every other Telegram account', async () => {
  const at = await withIvanTwice();
  expect(await recover(at, 3)).toEqual({ outcome: 'recovered', login: 'ivan', others: 2 });
  expect(await at.office.residents.who(at.by(3))).toMatchObject({ login: 'ivan' });
  for (const person of [1, 2]) {
    expect(await at.office.residents.who(at.by(person))).toEqual({ who: 'guest' });
    expect((await at.notices(`telegram:${person}`)).map((notice) => notice.text)).toContain('notice-recovered');
  }
  expect(await at.enter(1, 'ivan', PASSWORD)).toEqual({ outcome: 'refused' });
  // The others must prove the phone again.
  expect(await at.enter(1, 'ivan', NEW)).toMatchObject({ outcome: 'code-needed' });
  expect(await at.enter(3, 'ivan', NEW)).toMatchObject({ outcome: 'signed-in' });
});

test('what was asked from the others is answered where the password was recovered', async () => {
  const at = await withIvanTwice();
  await at.register(5, 'petr', '+79123456780', PASSWORD);
  const ask = async (person: number) => {
    const words = { kind: 'words' as const, words: 'Вопрос', file: null, fileName: null };
    const messagePart = { ...words, source: `telegram:${person}/1` as const, album: null, repliesTo: null };
    return at.office.requests.open(at.by(person), { topic: 'other', link: null, messageParts: [messagePart] });
  };
  for (const person of [1, 2, 5, 6]) expect(await ask(person)).toMatchObject({ outcome: 'opened' });
  await recover(at, 1);
  const rows = await at.db.selectFrom('requests').select('messengerId').orderBy('number').execute();
  expect(rows.map(({ messengerId }) => messengerId)).toEqual(['telegram:1', 'telegram:1', 'telegram:5', 'telegram:6']);
});

test('the account that recovers is no other', async () => {
  const at = await withIvanTwice();
  expect(await recover(at, 1)).toEqual({ outcome: 'recovered', login: 'ivan', others: 1 });
  expect((await at.notices('telegram:1')).map((notice) => notice.text)).not.toContain('notice-recovered');
});

test('a locked door opens with the new password', async () => {
  const at = await withIvanTwice();
  for (let i = 0; i < 9; i++) await at.enter(1, 'ivan', 'wrong_one');
  for (let i = 0; i < 9; i++) await at.enter(9, 'ivan', 'wrong_one');
  await recover(at, 1);
  expect(await at.enter(1, 'ivan', NEW)).toMatchObject({ outcome: 'signed-in' });
  expect(await at.enter(9, 'ivan', NEW)).toMatchObject({ outcome: 'code-needed' });
});

test('whether a login has the phone cannot be told from the answers, only from the SMS', async () => {
  const at = await withIvanTwice();
  const story = async (person: number, phone: string) => {
    const told: object[] = [];
    for (let i = 0; i < 3; i++) {
      const sent = await send(at, person, phone);
      told.push({ ...sent, code: 'code' in sent });
      if (sent.outcome === 'sent') {
        for (const typed of ['000000', 'no']) told.push(await at.office.confirmations.check(at.by(person), sent.code, typed));
      }
      told.push({ ...(await send(at, person, phone)), code: '' });
      at.later(MINUTE);
    }
    told.push((await send(at, person, phone)).outcome === 'limit' ? { limit: true } : {});
    return told;
  };
  const known = await story(10, PHONE);
  const unknown = await story(11, NOBODYS);
  expect(unknown).toEqual(known);
  await at.settled();
  expect(at.sms.filter((sms) => sms.phone === NOBODYS)).toEqual([]);
  // Two from before; of the day's five, one is kept for the owner.
  expect(at.sms.filter((sms) => sms.phone === PHONE)).toHaveLength(4);
});

test('a phone that had its SMS gets no more, and this is not told either', async () => {
  const at = await withIvanTwice();
  at.later(DAY);
  const before = at.sms.length;
  for (let person = 10; person < 20; person++) expect(await send(at, person, PHONE)).toMatchObject({ outcome: 'sent' });
  at.later(DAY);
  for (let person = 10; person < 20; person++) {
    expect(await send(at, person, PHONE)).toMatchObject({ outcome: 'sent' });
    at.later(MINUTE);
  }
  await at.settled();
  // One in the first minute, three in the second hour.
  expect(at.sms).toHaveLength(before + 1 + 3);
});

test('the answer does not wait for the provider, and its failure is told to staff only', async () => {
  const at = await withIvanTwice();
  let answer = (): void => {};
  at.provider.answer = () =>
    new Promise((resolve) => {
      answer = () => resolve({ outcome: 'failed', reasons: [{ provider: 'smsru', reason: 'down', detail: 'HTTP 503' }] });
    });
  expect(await send(at, 3, PHONE)).toMatchObject({ outcome: 'sent' });
  answer();
  await at.settled();
  expect(await at.cards()).toMatchObject([{ text: 'staff-sms-provider' }]);
});

test('a code that was never meant to be sent is never right', async () => {
  const at = await openCabinet();
  const sent = (await send(at, 1, NOBODYS)) as { code: string };
  const row = await at.db.selectFrom('confirmationCodes').selectAll().executeTakeFirstOrThrow();
  expect(row.delivery).toBe('not-meant');
  const right = Array.from({ length: 1_000_000 }, (_, n) => String(n).padStart(6, '0')).find((digits) =>
    at.edges.keyring.fingerprints('confirmation-code', `${NOBODYS}/recovery/telegram:1/${digits}`).includes(row.codeFingerprint),
  );
  expect(right).toMatch(/^\d{6}$/);
  expect(await at.office.confirmations.check(at.by(1), sent.code, right ?? '')).toEqual({ outcome: 'wrong', left: 4 });
});

test('a registration’s code and a sign-in’s are for nothing else', async () => {
  const at = await withIvanTwice();
  const proof = await at.prove(3, 'new-phone', PHONE);
  expect(await at.office.recovery.find(at.by(3), proof)).toEqual({ outcome: 'too-late' });
});

test('the same update twice recovers once; a proof is used up', async () => {
  const at = await withIvanTwice();
  const proof = await at.prove(3, 'recovery', PHONE);
  const draft = await at.draft(3, { login: 'ivan', phone: PHONE }, NEW);
  const answers = await Promise.all([1, 2].map(() => at.office.recovery.complete(at.by(3, 'same'), proof, draft)));
  expect(answers).toEqual(times(2, { outcome: 'recovered', login: 'ivan', others: 2 }));
  expect(await at.office.recovery.complete(at.by(3), proof, draft)).toEqual({ outcome: 'too-late' });
});
