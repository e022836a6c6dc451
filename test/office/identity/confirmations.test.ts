import { expect, test } from 'vitest';
import { Phone } from '../../../src/domain/phone.ts';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet, SECOND, START, times } from '../cabinet.ts';

const PHONE = Phone.parse('89123456789');
const phoneNo = (n: number) => Phone.parse(`8${9_000_000_000 + n * 1_000}`);
const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');
const iso = (ms: number) => new Date(START.getTime() + ms).toISOString();

async function send(at: Cabinet, person: number, phone = PHONE, operation?: string) {
  return at.office.confirmations.send(at.by(person, operation), 'registration', phone);
}

async function sent(at: Cabinet, person: number, phone = PHONE): Promise<string> {
  const answer = await send(at, person, phone);
  if (answer.outcome !== 'sent') throw new Error(JSON.stringify(answer));
  return answer.code;
}

test('a code is six digits and is accepted once', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  expect(at.sms).toEqual([{ phone: PHONE, code: expect.stringMatching(/^\d{6}$/) as string }]);
  const typed = at.codeTo(PHONE);
  expect(await at.office.confirmations.check(at.by(1), code, ` ${typed.slice(0, 3)} ${typed.slice(3)} `)).toMatchObject({
    outcome: 'confirmed',
  });
  expect(await at.office.confirmations.check(at.by(1), code, typed)).toEqual({ outcome: 'expired' });
});

test('what is no code is not counted', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  for (let i = 0; i < 20; i++) {
    expect(await at.office.confirmations.check(at.by(1), code, 'не пришел')).toEqual({ outcome: 'not-a-code' });
  }
  expect(await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))).toMatchObject({ outcome: 'confirmed' });
});

test('a code lives for ten minutes', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  at.later(10 * MINUTE - 1);
  expect(await at.office.confirmations.check(at.by(1), code, wrongOf(at.codeTo(PHONE)))).toEqual({ outcome: 'wrong', left: 4 });
  at.later(1);
  expect(await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))).toEqual({ outcome: 'expired' });
});

test('only the newest code counts, whichever the dialog remembers', async () => {
  const at = await openCabinet();
  const first = await sent(at, 1);
  const firstTyped = at.codeTo(PHONE);
  at.later(MINUTE);
  await sent(at, 1);
  const secondTyped = at.codeTo(PHONE);
  if (firstTyped !== secondTyped) {
    expect(await at.office.confirmations.check(at.by(1), first, firstTyped)).toEqual({ outcome: 'wrong', left: 4 });
  }
  expect(await at.office.confirmations.check(at.by(1), first, secondTyped)).toMatchObject({ outcome: 'confirmed' });
});

test('a code is for one person and one purpose', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  expect(await at.office.confirmations.check(at.by(2), code, at.codeTo(PHONE))).toEqual({ outcome: 'expired' });
  const { proof } = (await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))) as { proof: string };
  expect(await at.office.recovery.find(at.by(2), proof)).toEqual({ outcome: 'too-late' });
});

test('five wrong codes close it for a day, whatever number of codes, until a time that is told', async () => {
  const at = await openCabinet();
  let code = await sent(at, 1);
  for (const left of [4, 3, 2]) {
    expect(await at.office.confirmations.check(at.by(1), code, wrongOf(at.codeTo(PHONE)))).toEqual({ outcome: 'wrong', left });
  }
  at.later(HOUR);
  code = await sent(at, 1);
  expect(await at.office.confirmations.check(at.by(1), code, wrongOf(at.codeTo(PHONE)))).toEqual({ outcome: 'wrong', left: 1 });
  const closed = { outcome: 'closed', until: iso(DAY) };
  expect(await at.office.confirmations.check(at.by(1), code, wrongOf(at.codeTo(PHONE)))).toEqual(closed);
  expect(await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))).toEqual(closed);
  expect(await send(at, 1)).toEqual(closed);

  // Another person, and the same person with another phone, are not concerned.
  at.later(MINUTE);
  expect(await send(at, 2)).toMatchObject({ outcome: 'sent' });
  expect(await send(at, 1, phoneNo(1))).toMatchObject({ outcome: 'sent' });

  at.later(23 * HOUR);
  expect(await send(at, 1)).toMatchObject({ outcome: 'sent' });
});

test('where the codes of a phone and all of the person’s are closed at once, the later end is told', async () => {
  const at = await openCabinet();
  const last = [];
  for (const n of [1, 2, 3]) {
    const code = await sent(at, 1, phoneNo(n));
    const wrong = wrongOf(at.codeTo(phoneNo(n)));
    for (let tried = 0; tried < 5; tried += 1) last[n] = await at.office.confirmations.check(at.by(1), code, wrong);
    at.later(HOUR);
  }
  // Fifteen are of the person, the first of which leaves the day two hours before the first five of this phone do.
  expect(last[3]).toEqual({ outcome: 'closed', until: iso(2 * HOUR + DAY) });
  expect(await send(at, 1, phoneNo(3))).toEqual({ outcome: 'closed', until: iso(2 * HOUR + DAY) });
  expect(await send(at, 1, phoneNo(4))).toEqual({ outcome: 'closed', until: iso(DAY) });
});

test('fifty wrong codes at once are five tries', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  const wrong = wrongOf(at.codeTo(PHONE));
  const answers = await Promise.all(Array.from({ length: 50 }, () => at.office.confirmations.check(at.by(1), code, wrong)));
  expect(answers.filter((answer) => answer.outcome === 'wrong')).toHaveLength(4);
  expect(answers.filter((answer) => answer.outcome === 'closed')).toHaveLength(46);
  const { tries } = await at.db.selectFrom('confirmationCodes').select('tries').executeTakeFirstOrThrow();
  expect(tries).toBe(5);
  expect(await at.db.selectFrom('rateLimitHits').select('id').execute()).toHaveLength(5);
  expect(await at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))).toMatchObject({ outcome: 'closed' });
});

test('the right code eight times at once is one success', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => at.office.confirmations.check(at.by(1), code, at.codeTo(PHONE))),
  );
  expect(answers.map((answer) => answer.outcome).sort()).toEqual(['confirmed', ...Array<string>(7).fill('expired')]);
  expect(await at.db.selectFrom('phoneProofs').select('id').execute()).toHaveLength(1);
});

test('the same update twice is one SMS, and one try', async () => {
  const at = await openCabinet();
  const [one, two] = await Promise.all([send(at, 1, PHONE, 'same'), send(at, 1, PHONE, 'same')]);
  expect(one).toEqual(two);
  expect(await send(at, 1, PHONE, 'same')).toEqual(one);
  expect(at.sms).toHaveLength(1);

  const code = (one as { code: string }).code;
  const wrong = wrongOf(at.codeTo(PHONE));
  const checks = [1, 2, 3].map(() => at.office.confirmations.check(at.by(1, 'check'), code, wrong));
  expect(await Promise.all(checks)).toEqual(times(3, { outcome: 'wrong', left: 4 }));
});

test('an SMS that was under way when the process died counts, and is not sent again', async () => {
  const at = await openCabinet();
  at.provider.answer = () => Promise.reject(new Error('killed'));
  await expect(send(at, 1, PHONE, 'killed')).rejects.toThrow('killed');
  at.provider.answer = { outcome: 'sent', provider: 'test' };
  const again = await send(at, 1, PHONE, 'killed');
  expect(again).toMatchObject({ outcome: 'sent' });
  expect(at.sms).toHaveLength(1);
  // It arrived all the same.
  expect(await at.office.confirmations.check(at.by(1), (again as { code: string }).code, at.codeTo(PHONE))).toMatchObject({
    outcome: 'confirmed',
  });
});

test('a lost answer of the provider counts as sent', async () => {
  const at = await openCabinet();
  at.provider.answer = { outcome: 'unknown', provider: 'test' };
  expect(await send(at, 1)).toMatchObject({ outcome: 'sent' });
});

test('a new code after 60 seconds, and the live one is still good', async () => {
  const at = await openCabinet();
  const code = await sent(at, 1);
  at.later(15 * SECOND);
  expect(await send(at, 1)).toEqual({ outcome: 'too-soon', seconds: 45, code });
  // Neither another person for this phone nor this person for another phone.
  expect(await send(at, 2)).toEqual({ outcome: 'too-soon', seconds: 45 });
  expect(await send(at, 1, phoneNo(1))).toEqual({ outcome: 'too-soon', seconds: 45 });
  at.later(45 * SECOND);
  expect(await send(at, 1)).toMatchObject({ outcome: 'sent' });
  expect(at.sms).toHaveLength(2);
});

test('where no other code goes out, the live one is still good', async () => {
  const at = await openCabinet();
  const codes: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    codes.push(await sent(at, 1));
    at.later(MINUTE);
  }
  const full = { outcome: 'limit', until: iso(HOUR) };
  expect(await send(at, 1)).toEqual({ ...full, code: codes[2] });
  // It is of this person, this phone and this purpose alone.
  expect(await send(at, 2)).toEqual(full);
  expect(await send(at, 1, phoneNo(1))).toEqual(full);
  expect(await at.office.confirmations.send(at.by(1), 'recovery', PHONE)).toEqual(full);
  expect(await at.office.confirmations.check(at.by(1), codes[2] ?? '', at.codeTo(PHONE))).toMatchObject({ outcome: 'confirmed' });
  expect(await send(at, 1)).toEqual(full);
});

test('and no longer than it lives', async () => {
  const at = await openCabinet({ smsHourlyLimit: 1 });
  const code = await sent(at, 1);
  at.later(10 * MINUTE - 1);
  expect(await send(at, 1)).toEqual({ outcome: 'crowded', until: iso(HOUR), code });
  at.later(1);
  expect(await send(at, 1)).toEqual({ outcome: 'crowded', until: iso(HOUR) });
});

test('three an hour and five a day to one phone', async () => {
  const at = await openCabinet();
  for (const person of [1, 2, 3]) {
    await sent(at, person);
    at.later(MINUTE);
  }
  expect(await send(at, 4)).toEqual({ outcome: 'limit', until: iso(HOUR) });
  at.later(57 * MINUTE);
  await sent(at, 4);
  at.later(MINUTE);
  await sent(at, 5);
  at.later(2 * HOUR);
  expect(await send(at, 6)).toEqual({ outcome: 'limit', until: iso(DAY) });
  at.later(21 * HOUR);
  expect(await send(at, 6)).toMatchObject({ outcome: 'sent' });
  expect(at.sms).toHaveLength(6);
});

test('three an hour and five a day by one person', async () => {
  const at = await openCabinet();
  for (const n of [1, 2, 3]) {
    await sent(at, 1, phoneNo(n));
    at.later(MINUTE);
  }
  expect(await send(at, 1, phoneNo(4))).toEqual({ outcome: 'limit', until: iso(HOUR) });
  at.later(57 * MINUTE);
  await sent(at, 1, phoneNo(4));
  at.later(MINUTE);
  await sent(at, 1, phoneNo(5));
  at.later(2 * HOUR);
  expect(await send(at, 1, phoneNo(6))).toEqual({ outcome: 'limit', until: iso(DAY) });
});

test('where the hour and the day are full at once, the later end is told', async () => {
  const at = await openCabinet();
  for (const person of [1, 2]) {
    await sent(at, person);
    at.later(MINUTE);
  }
  at.later(2 * HOUR);
  for (const person of [3, 4, 5]) {
    await sent(at, person);
    at.later(MINUTE);
  }
  // Of the hour’s three the first went out three minutes ago, of the day’s five more than two hours ago.
  expect(await send(at, 6)).toEqual({ outcome: 'limit', until: iso(DAY) });
  at.later(HOUR);
  expect(await send(at, 6)).toEqual({ outcome: 'limit', until: iso(DAY) });
});

test('many people at once to one phone are one SMS', async () => {
  const at = await openCabinet();
  const answers = await Promise.all(Array.from({ length: 30 }, (_, person) => send(at, person)));
  expect(answers.filter((answer) => answer.outcome === 'sent')).toHaveLength(1);
  expect(at.sms).toHaveLength(1);
});

test('twenty an hour for numbers alike but for the last three digits; staff are told without the number', async () => {
  const at = await openCabinet();
  for (let n = 0; n < 20; n++) await sent(at, n, Phone.parse(`89123456${100 + n}`));
  expect(await send(at, 50, Phone.parse('89123456999'))).toEqual({ outcome: 'crowded', until: iso(HOUR) });
  expect(await send(at, 51, Phone.parse('89123457000'))).toMatchObject({ outcome: 'sent' });
  const told = await at.cards();
  expect(told.map((notice) => notice.text)).toEqual(['staff-sms-numbers-alike']);
  expect(JSON.stringify(told)).not.toContain('79123456999');
});

test('the overall caps close it for all and are told to staff', async () => {
  const at = await openCabinet({ smsHourlyLimit: 3, smsDailyLimit: 4 });
  for (let n = 0; n < 3; n++) await sent(at, n, phoneNo(n));
  expect(await send(at, 10, phoneNo(10))).toEqual({ outcome: 'crowded', until: iso(HOUR) });
  at.later(HOUR);
  await sent(at, 11, phoneNo(11));
  expect(await send(at, 12, phoneNo(12))).toEqual({ outcome: 'crowded', until: iso(DAY) });
  expect((await at.cards()).map((notice) => notice.words)).toMatchObject([
    { sent: 3, hours: 1 },
    { sent: 4, hours: 24 },
  ]);
});

test('where both overall caps are full, the later end is told, and staff hear of both', async () => {
  const at = await openCabinet({ smsHourlyLimit: 2, smsDailyLimit: 4 });
  for (const n of [0, 1]) await sent(at, n, phoneNo(n));
  at.later(2 * HOUR);
  for (const n of [2, 3]) await sent(at, n, phoneNo(n));
  expect(await send(at, 10, phoneNo(10))).toEqual({ outcome: 'crowded', until: iso(DAY) });
  expect((await at.cards()).map(({ text, words }) => [text, words.hours])).toEqual([
    ['staff-sms-overall', 1],
    ['staff-sms-overall', 24],
  ]);
});

test('what fails at the providers is told to staff and is no SMS, but a minute is waited', async () => {
  const at = await openCabinet();
  at.provider.answer = {
    outcome: 'failed',
    reasons: [{ provider: 'smsru', reason: 'no-money', detail: '201' }],
  };
  expect(await send(at, 1, PHONE, 'failing')).toEqual({ outcome: 'failed', code: expect.any(String) as string });
  expect(await send(at, 1, PHONE, 'failing')).toEqual({ outcome: 'failed', code: expect.any(String) as string });
  expect(at.sms).toHaveLength(1);
  expect(await at.cards()).toMatchObject([{ text: 'staff-sms-provider', words: { provider: 'smsru', reason: 'no-money' } }]);
  expect(await send(at, 1)).toMatchObject({ outcome: 'too-soon' });

  // Three of them, and the hour's three are still there.
  for (let i = 0; i < 2; i++) {
    at.later(MINUTE);
    expect(await send(at, 1)).toEqual({ outcome: 'failed', code: expect.any(String) as string });
  }
  at.provider.answer = { outcome: 'sent', provider: 'smsru' };
  for (let i = 0; i < 3; i++) {
    at.later(MINUTE);
    expect(await send(at, 1)).toMatchObject({ outcome: 'sent' });
  }
});

test('a code that may have arrived though no provider took it opens what it was asked for; one that cannot have does not', async () => {
  const at = await openCabinet();
  const reasons = [{ provider: 'smsru', reason: 'down', detail: 'HTTP 502' }] as const;
  at.provider.answer = { outcome: 'failed', reasons, mayArrive: true };
  const perhaps = await send(at, 1, PHONE, 'perhaps');
  if (perhaps.outcome !== 'failed' || perhaps.code === undefined) throw new Error('nothing failed');
  expect(await at.office.confirmations.check(at.by(1), perhaps.code, at.codeTo(PHONE))).toMatchObject({ outcome: 'confirmed' });
  at.later(MINUTE);
  at.provider.answer = { outcome: 'failed', reasons };
  const surely = await send(at, 1, PHONE, 'surely');
  if (surely.outcome !== 'failed' || surely.code === undefined) throw new Error('nothing failed');
  expect(await at.office.confirmations.check(at.by(1), surely.code, at.codeTo(PHONE))).toEqual({ outcome: 'expired' });
});

test('a provider that failed is told of even when another one took the code', async () => {
  const at = await openCabinet();
  const failures = [{ provider: 'smsru', reason: 'down', detail: 'HTTP 500' }] as const;
  at.provider.answer = { outcome: 'sent', provider: 'smsc', failures };
  expect(await send(at, 1)).toMatchObject({ outcome: 'sent' });
  at.provider.answer = { outcome: 'unknown', provider: 'smsc', failures };
  expect(await send(at, 2, phoneNo(2))).toMatchObject({ outcome: 'sent' });
  expect(await at.cards()).toMatchObject([{ text: 'staff-sms-provider', words: { provider: 'smsru', reason: 'down' } }]);
});

test('a number that cannot be reached is said to be so, and counts', async () => {
  const at = await openCabinet();
  at.provider.answer = { outcome: 'bad-number', provider: 'smsru' };
  for (let i = 0; i < 3; i++) {
    expect(await send(at, 1)).toEqual({ outcome: 'bad-number' });
    at.later(MINUTE);
  }
  expect(await send(at, 1)).toMatchObject({ outcome: 'limit' });
});

test('one SMS a day is kept for the owner of the phone, whatever strangers do', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, 'k7w_pq29');
  at.later(2 * DAY);
  for (const [person, wait] of [
    [2, MINUTE],
    [3, MINUTE],
    [4, HOUR],
    [5, 2 * HOUR],
  ] as const) {
    await sent(at, person);
    at.later(wait);
  }
  // The fifth of a stranger is only said to be sent: a refusal would tell that a login has the phone. The next is one too many for any phone.
  expect(await send(at, 6)).toMatchObject({ outcome: 'sent' });
  at.later(MINUTE);
  expect(await send(at, 7)).toMatchObject({ outcome: 'limit' });
  await at.settled();
  expect(at.sms).toHaveLength(5);
  expect(await at.office.confirmations.send(at.by(1), 'recovery', PHONE)).toMatchObject({ outcome: 'sent' });
  await at.settled();
  expect(at.sms).toHaveLength(6);
  at.later(2 * HOUR);
  // The sixth of this day is only said to be sent.
  expect(await at.office.confirmations.send(at.by(1), 'recovery', PHONE)).toMatchObject({ outcome: 'sent' });
  await at.settled();
  expect(at.sms).toHaveLength(6);
});

test('the owner is not held up by the hour of strangers either', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, 'k7w_pq29');
  at.later(2 * DAY);
  for (const person of [2, 3]) {
    await sent(at, person);
    at.later(MINUTE);
  }
  await sent(at, 4);
  expect(await send(at, 1)).toMatchObject({ outcome: 'sent' });
});

test('neither codes nor passwords are in the base', async () => {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, 'k7w_pq29');
  const tables = await at.db.introspection.getTables();
  const dump = await Promise.all(
    tables.map((table) =>
      at.db
        .selectFrom(table.name as 'idempotencyKeys')
        .selectAll()
        .execute(),
    ),
  );
  const text = JSON.stringify(dump);
  expect(text).toContain('ivan');
  expect(text).not.toContain('k7w_pq29');
  expect(text.match(new RegExp(`(?<!\\d)${at.codeTo(PHONE)}(?!\\d)`))).toBeNull();
});
