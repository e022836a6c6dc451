import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatMoney } from '../../src/domain/money.ts';
import { type Escalation, type EscalationKind, escalate } from '../../src/office/escalations.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { testDatabase } from '../kit/postgres.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const NOON = Date.parse('2026-11-22T12:00:00Z');
const minutes = (n: number) => new Date(NOON + n * 60_000);
const tell = (escalation: Escalation, now: Date) => base.db.transaction().execute((trx) => escalate(trx, escalation, now));
const notices = () => base.db.selectFrom('notices').selectAll().orderBy('id').execute();
const limit: Escalation = { kind: 'limit-by-account', account: '0079123456789', failures: 5, days: 30, key: '0079123456789' };

test('the same trouble is told once an hour and counted meanwhile', async () => {
  for (const minute of [0, 1, 59]) await tell(limit, minutes(minute));
  expect(await notices()).toHaveLength(1);
  await tell(limit, minutes(60));
  expect((await notices()).map(({ words }) => words.repeats)).toEqual([0, 2]);
  const rows = await base.db.selectFrom('escalations').select(['times', 'account', 'last_at']).orderBy('id').execute();
  expect(rows).toEqual([
    { times: 3, account: '0079123456789', last_at: minutes(59) },
    { times: 1, account: '0079123456789', last_at: minutes(60) },
  ]);
});

test('a hundred at once are one notice', async () => {
  await Promise.all(Array.from({ length: 100 }, () => tell(limit, minutes(0))));
  expect(await notices()).toHaveLength(1);
  expect(await base.db.selectFrom('escalations').select('times').execute()).toEqual([{ times: 100 }]);
});

test('another key, another kind and no key are told apart', async () => {
  await tell(limit, minutes(0));
  await tell({ ...limit, key: 'other' }, minutes(0));
  await tell({ kind: 'not-me', account: '12345', key: '0079123456789' }, minutes(0));
  await tell({ kind: 'not-me', account: '12345' }, minutes(0));
  await tell({ kind: 'not-me', account: '12345' }, minutes(0));
  expect(await notices()).toHaveLength(5);
});

test('nothing is told of an event that was rolled back', async () => {
  const work = base.db.transaction().execute(async (trx) => {
    await escalate(trx, limit, minutes(0));
    throw new Error('rolled back');
  });
  await expect(work).rejects.toThrow('rolled back');
  expect(await notices()).toEqual([]);
  expect(await base.db.selectFrom('escalations').selectAll().execute()).toEqual([]);
});

test('a telephone number is masked however it is written, an account number never', async () => {
  for (const numbers of ['+79123456789', '89123456789', '+7 (912) 345-67-89', '+79123456***']) {
    await tell({ kind: 'sms-numbers-alike', numbers, sent: 20 }, minutes(0));
  }
  await tell({ kind: 'sms-provider', provider: 'smsc', reason: 'refused', detail: 'invalid number 79123456789' }, minutes(0));
  await tell(limit, minutes(0));
  const words = (await notices()).map((notice) => notice.words);
  expect(words.slice(0, 4).map(({ numbers }) => numbers)).toEqual([...Array<string>(3).fill('+7912345****'), '+79123456***']);
  expect(words[4]?.detail).toBe('invalid number +7912345****');
  expect(words[5]?.account).toBe('0079123456789');
});

test('staff read plain words, with the plural that belongs to the number', async () => {
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date(NOON) });
  await tell(limit, minutes(0));
  await tell(limit, minutes(1));
  await tell({ ...limit, failures: 10, days: 365 }, minutes(61));
  const [first, second] = (await notices()).map((notice) => text(notice.text, notice.words, { html: true }));
  expect(first).toBe(
    '⚠️ <b>Подбор суммы платежей: лицевой счёт <code>0079123456789</code></b>\n' +
      'За 30 дней сумма названа неверно 5 раз. Подключение по сумме для этого счёта закрыто, по паролю — работает.\n' +
      'Открыть его снова может оператор: <code>npm run reopen-linking -- 0079123456789</code>',
  );
  expect(second).toMatch(
    /За 365 дней сумма названа неверно 10 раз\..*\n.*\nС прошлого сообщения об этом то же случилось ещё 1 раз\.$/,
  );
});

/** Words that a text puts as money, and those that choose between its sentences. */
const SUMS = new Set(['sum', 'found']);
const CHOICES = new Set(['reason', 'trouble', 'known', 'part']);

const ONE_OF_EACH: { [Kind in EscalationKind]: Omit<Extract<Escalation, { kind: Kind }>, 'kind' | 'key'> } = {
  'limit-by-account': { account: '12345', failures: 5, days: 30 },
  'limit-by-account-password': { account: '12345', failures: 10 },
  'limit-by-person': { account: '12345', failures: 5 },
  'limit-overall': { failures: 500 },
  'guest-lookups': { account: '12345', looked: 10 },
  'guest-lookups-overall': { looked: 500 },
  'not-me': { account: '12345' },
  'reading-refused': { account: '0012345', readings: 2, reasons: 'счётчик заменён' },
  'readings-refused-more': { accounts: 12 },
  'sms-provider': { provider: 'smsru', reason: 'no-money', detail: '201' },
  'sms-numbers-alike': { numbers: '+79123456***', sent: 20 },
  'sms-overall': { sent: 300, hours: 1 },
  'payment-not-credited': {
    operation: 'ch_17',
    sum: 2_725_67,
    reason: 'account-gone',
    accounts: '0012345, 0022222',
    known: 'yes',
  },
  'payment-refunded': { operation: 'ch_17', sum: 2_725_67, part: 'no', exported: 7 },
  'payment-differs': {
    operation: 'ch_17',
    account: '0012345',
    trouble: 'sum-differs',
    sum: 2_725_67,
    found: 2_725_00,
    other: '',
  },
  'payment-late': { operation: 'ch_17', account: '0012345', sum: 2_725_67, days: 5 },
  'update-failed': { reference: '17', error: 'TypeError' },
  'update-stuck': { reference: '17', seconds: 60 },
};

test.each(Object.entries(ONE_OF_EACH))('the words of %s are enough for its text', async (kind, words) => {
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date(NOON) });
  await tell({ kind, ...words } as Escalation, minutes(0));
  const [notice] = await notices();
  const said = text(notice?.text ?? '', notice?.words, { html: true });
  for (const [place, word] of Object.entries(words)) {
    if (SUMS.has(place)) expect(said).toContain(formatMoney(word as number));
    else if (!CHOICES.has(place)) expect(said).toContain(String(word));
  }
});
