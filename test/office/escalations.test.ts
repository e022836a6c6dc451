import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatMoney } from '../../src/domain/money.ts';
import { plainSpaces } from '../../src/domain/unbroken.ts';
import { type Escalation, type EscalationKind, escalate } from '../../src/office/escalations.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { listCards } from '../kit/cards.ts';
import { testDatabase } from '../kit/postgres.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const NOON = Date.parse('2026-11-22T12:00:00Z');
const minutes = (n: number) => new Date(NOON + n * 60_000);
const tell = (escalation: Escalation, now: Date) => base.db.transaction().execute((trx) => escalate(trx, escalation, now));
const cards = () => listCards(base.db);
const deliveries = async () =>
  (
    await base.db.selectFrom('outbox').select(['kind', 'text', 'words', 'addressee', 'line', 'requestId']).orderBy('id').execute()
  ).map(({ kind, text, words }) => (text ? `${kind} ${text} ${JSON.stringify(words.repeats)}` : kind));
const close = () =>
  base.db
    .updateTable('requests')
    .set({ state: 'closed', closedAt: minutes(0) })
    .execute();
const limit: Escalation = { kind: 'limit-by-account', account: '0079123456789', failures: 5, days: 30, key: '0079123456789' };
const notMe = { kind: 'not-me', account: '12345', linkedAt: '2026-11-22T11:00:00.000Z', way: 'sum' } as const;

test('an escalation is a request of its kind, with a thread to be made, and nobody to be answered', async () => {
  const requestId = await tell(limit, minutes(0));
  const words = { account: '0079123456789', failures: 5, days: 30, repeats: 0, repeatedAt: minutes(0).toISOString() };
  const [request] = await base.db.selectFrom('requests').selectAll().execute();
  expect(request).toMatchObject({ id: requestId, kind: 'limit-by-account', state: 'new', account: '0079123456789', words });
  expect(request).toMatchObject({ topic: null, messengerId: null, residentId: null, waitingSince: null });
  expect(await deliveries()).toEqual(['refresh']);
});

test('the same escalation is one request as long as it is open: counted, said once an hour, the card drawn every five minutes', async () => {
  for (const minute of [0, 1, 4, 5, 59, 60, 61, 119, 120]) await tell({ ...limit, failures: 5 + minute }, minutes(minute));
  expect(await cards()).toMatchObject([
    { words: { failures: 125, repeats: 8, repeatedAt: minutes(120).toISOString() }, state: 'new' },
  ]);
  expect(await deliveries()).toEqual([
    'refresh',
    // After 5 and 59 minutes the card alone; after 60, and again after an hour more, a word and the card.
    'refresh',
    'refresh',
    'say staff-repeated 5',
    'refresh',
    'refresh',
    'say staff-repeated 8',
    'refresh',
  ]);
  const rows = await base.db.selectFrom('escalations').select(['times', 'account', 'firstAt', 'lastAt']).execute();
  expect(rows).toEqual([{ times: 9, account: '0079123456789', firstAt: minutes(0), lastAt: minutes(120) }]);
});

test('after staff have closed it, the same escalation is another request', async () => {
  const first = await tell(limit, minutes(0));
  await close();
  const second = await tell(limit, minutes(1));
  expect(second).not.toBe(first);
  expect(await tell(limit, minutes(2))).toBe(second);
  expect((await cards()).map(({ state, words }) => [state, words.repeats])).toEqual([
    ['closed', 0],
    ['new', 1],
  ]);
});

test('a hundred at once are one request', async () => {
  await Promise.all(Array.from({ length: 100 }, () => tell(limit, minutes(0))));
  expect(await cards()).toMatchObject([{ words: { repeats: 99 } }]);
  expect(await base.db.selectFrom('escalations').select('times').execute()).toEqual([{ times: 100 }]);
});

test('a repeat and the closing at once: it is counted on the open one, or is another request, and never lost', async () => {
  for (let round = 0; round < 10; round += 1) {
    await tell({ ...limit, key: `round ${round}` }, minutes(0));
    const open = base.db.selectFrom('requests').select('id').orderBy('number', 'desc').limit(1);
    await Promise.all([
      tell({ ...limit, key: `round ${round}` }, minutes(1)),
      base.db
        .updateTable('requests')
        .set({ state: 'closed', closedAt: minutes(1) })
        .where('id', '=', open)
        .execute(),
    ]);
  }
  const { times } = await base.db
    .selectFrom('escalations')
    .select((e) => e.fn.sum<string>('times').as('times'))
    .executeTakeFirstOrThrow();
  expect(Number(times)).toBe(20);
});

test('another key, another kind and no key are told apart', async () => {
  await tell(limit, minutes(0));
  await tell({ ...limit, key: 'other' }, minutes(0));
  await tell({ ...notMe, key: '0079123456789' }, minutes(0));
  await tell(notMe, minutes(0));
  await tell(notMe, minutes(0));
  expect(await cards()).toHaveLength(5);
});

test('what somebody was promised waits for staff, the rest does not', async () => {
  await tell(limit, minutes(0));
  await tell(notMe, minutes(0));
  const waits = await base.db.selectFrom('requests').select('waitingSince').orderBy('number').execute();
  expect(waits).toEqual([{ waitingSince: null }, { waitingSince: minutes(0) }]);
});

test('nothing is told of an event that was rolled back', async () => {
  const work = base.db.transaction().execute(async (trx) => {
    await escalate(trx, limit, minutes(0));
    throw new Error('rolled back');
  });
  await expect(work).rejects.toThrow('rolled back');
  expect(await cards()).toEqual([]);
  expect(await deliveries()).toEqual([]);
  expect(await base.db.selectFrom('escalations').selectAll().execute()).toEqual([]);
});

test('a telephone number is masked however it is written, an account number never', async () => {
  for (const numbers of ['+79123456789', '89123456789', '+7 (912) 345-67-89', '+79123456***']) {
    await tell({ kind: 'sms-numbers-alike', numbers, sent: 20 }, minutes(0));
  }
  await tell({ kind: 'sms-provider', provider: 'smsc', reason: 'refused', detail: 'invalid number 79123456789' }, minutes(0));
  await tell(limit, minutes(0));
  const words = (await cards()).map((card) => card.words);
  expect(words.slice(0, 4).map(({ numbers }) => numbers)).toEqual([...Array<string>(3).fill('+7912345****'), '+79123456***']);
  expect(words[4]?.detail).toBe('invalid number +7912345****');
  expect(words[5]?.account).toBe('0079123456789');
});

test('staff read plain words, with the plural that belongs to the number', async () => {
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date(NOON) });
  const said = async () => {
    const [card] = await cards();
    return card && plainSpaces(text(card.text, card.words, { marked: true }));
  };
  await tell(limit, minutes(0));
  expect(await said()).toBe(
    '⚠️ <b>Подбор суммы платежей: лицевой счёт <code>0079123456789</code></b>\n' +
      'За 30 дней сумма названа неверно 5 раз. Подключение по сумме для этого счёта закрыто, по паролю — работает.\n' +
      'Если житель обратился и это он ошибался, откройте подключение: прежние ошибки по этому счёту больше не будут считаться. Ему самому по сумме придётся подождать до суток, а по паролю можно сразу.',
  );
  await tell(limit, minutes(1));
  await tell({ ...limit, failures: 10, days: 365 }, minutes(61));
  expect(await said()).toMatch(
    /За 365 дней сумма названа неверно 10 раз\..*\n.*\n🔁 То же случилось ещё 2 раза, последний раз сегодня в 16:01\.$/,
  );
});

/** Words that a text puts as money, and those that choose between its sentences. */
const SUMS = new Set(['sum', 'found']);
const CHOICES = new Set(['reason', 'trouble', 'known', 'part', 'back', 'way', 'linkedAt']);

const ONE_OF_EACH: { [Kind in EscalationKind]: Omit<Extract<Escalation, { kind: Kind }>, 'kind' | 'key'> } = {
  'limit-by-account': { account: '12345', failures: 5, days: 30 },
  'limit-by-account-password': { account: '12345', failures: 10 },
  'limit-by-person': { account: '12345', failures: 5 },
  'limit-by-person-password': { account: '12345', failures: 5 },
  'limit-overall': { failures: 500 },
  'guest-lookups': { account: '12345', looked: 10 },
  'guest-lookups-overall': { looked: 500 },
  'not-me': { account: '12345', linkedAt: '2026-11-22T11:00:00.000Z', way: 'password' },
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
  'payment-failed': { reference: '17', error: 'TypeError', operation: 'ch_17', sum: 2_725_67, back: 'no' },
  'payment-refunded': { operation: 'ch_17', sum: 2_725_67, part: 'no', exported: 7 },
  'payment-return': { operation: 'ch_17', sum: 2_725_67 },
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
  const [card] = await cards();
  const said = text(card?.text ?? '', card?.words, { marked: true });
  for (const [place, word] of Object.entries(words)) {
    if (SUMS.has(place)) expect(said).toContain(formatMoney(word as number));
    else if (!CHOICES.has(place)) expect(said).toContain(String(word));
  }
});
