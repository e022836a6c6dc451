import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { exportAgain, exportNew } from '../../../src/office/registries/exports.ts';
import { PAYMENTS_OUT } from '../../../src/office/money/payment-export.ts';
import { matchPayments } from '../../../src/office/money/payment-matching.ts';
import { type Counter, openCounter } from '../counter.ts';
import { DAY } from '../town.ts';
import * as make from '../../kit/make.ts';

const exported = async (at: Counter) => {
  let file = '';
  const done = await exportNew(at.edges, PAYMENTS_OUT, async (content) => void (file = content));
  return { ...done, lines: file.replace('\ufeff', '').trimEnd().split('\r\n').slice(1) };
};
const registry = (at: Counter, ...rows: { account: string; sumKopecks: number; operation: string; source?: string }[]) =>
  make.payment(at.db, ...rows.map((row) => ({ source: 'Telegram', day: '2026-11-21', ...row })));
const match = (at: Counter) => at.db.transaction().execute((trx) => matchPayments(trx, { now: at.now() }));
const underWay = async (at: Counter) => {
  const shown = await at.debts.show(at.by(1));
  return shown.outcome === 'shown' ? shown.debts.map((debt) => debt.underWayKopecks) : shown.outcome;
};

test('what went out comes back in the registry: it is under way no longer, and nothing is told', async () => {
  const at = await openCounter();
  await at.pay(await at.ordered(400_05, 150_00));
  await at.pay(await at.ordered(200_99));
  expect(await exported(at)).toEqual({
    number: 1,
    rows: 3,
    lines: [
      '0012345;20.11.2026;400,05;Telegram;ch_1-1',
      '0022222;20.11.2026;150,00;Telegram;ch_1-2',
      '0012345;20.11.2026;200,99;Telegram;ch_2',
    ],
  });
  expect(await exported(at)).toEqual({ number: null, rows: 0, lines: [] });
  expect(await exportAgain(at.db, 'payments', 1)).toMatchObject({ rows: 3 });

  expect(await underWay(at)).toEqual([601_04, 150_00]);
  const row = { account: '0012345', sumKopecks: 400_05, operation: 'ch_1-1' };
  await registry(at, row, { ...row, account: '0022222', sumKopecks: 150_00, operation: 'ch_1-2' });
  await match(at);
  await match(at);
  expect(await underWay(at)).toEqual([200_99, 0]);
  // Billing's clerks name the source in their own way.
  await registry(at, { ...row, sumKopecks: 200_99, operation: 'ch_2', source: 'Бот' });
  await match(at);
  expect(await underWay(at)).toEqual([0, 0]);
  expect(await at.told()).toEqual([]);
});

test('a day is a day of the centre: what was paid at night in Greenwich', async () => {
  const at = await openCounter();
  const invoice = await at.ordered(400_00);
  await at.paymentIntake.credit(at.by(1), { ...at.takenFor(invoice), paidAt: '2026-11-20T21:30:00Z' });
  expect((await exported(at)).lines).toEqual(['0012345;21.11.2026;400,00;Telegram;ch_1']);
});

test('another sum, another account, a reversal: told once each, whatever comes after', async () => {
  const at = await openCounter();
  for (const sum of [401_00, 402_00, 403_00, 404_00]) await at.pay(await at.ordered(sum));
  await registry(
    at,
    { account: '0012345', sumKopecks: 400_00, operation: 'ch_1' },
    { account: '0022222', sumKopecks: 402_00, operation: 'ch_2' },
    { account: '0012345', sumKopecks: 403_00, operation: 'ch_3' },
    // Another bank has the same number for another person: it is not ours.
    { account: '0022222', sumKopecks: 50_00, operation: 'ch_4', source: 'Банк' },
  );
  await match(at);
  await match(at);
  const differs = { kind: 'payment-differs', account: '0012345', other: '' };
  const first = [
    { ...differs, operation: 'ch_1', trouble: 'sum-differs', sum: 401_00, found: 400_00 },
    { ...differs, operation: 'ch_2', trouble: 'other-account', sum: 402_00, found: 0, other: '0022222' },
  ];
  expect(await at.told()).toEqual(first);
  // What is on another account is no longer on its way to this one.
  expect(await underWay(at)).toEqual([404_00, 0]);

  at.later(30 * DAY);
  await registry(at, { account: '0012345', sumKopecks: -403_00, operation: 'ch_3', source: 'возврат' });
  await at.db.updateTable('payments').set({ account: '0012345' }).where('operation', '=', 'ch_2').execute();
  await match(at);
  await match(at);
  expect(await at.told()).toEqual([...first, { ...differs, operation: 'ch_3', trouble: 'reversed', sum: 403_00, found: 0 }]);
});

test('what billing moves to another account after it had come is open again, is told once, and is closed once it is moved back', async () => {
  const at = await openCounter();
  await at.pay(await at.ordered(402_00));
  await exported(at);
  await registry(at, { account: '0012345', sumKopecks: 402_00, operation: 'ch_1' });
  await match(at);
  expect(await at.told()).toEqual([]);
  const states = async () => {
    const shown = await at.debts.show(at.by(1));
    return shown.outcome === 'shown' ? shown.debts[0]?.strayed.map(({ state, sumKopecks }) => `${state} ${sumKopecks}`) : shown;
  };
  const move = (account: string) =>
    at.db.updateTable('payments').set({ account }).where('operation', '=', 'ch_1').where('source', '=', 'Telegram').execute();
  await move('0022222');
  await match(at);
  await match(at);
  expect(await states()).toEqual(['elsewhere 40200']);
  expect(await underWay(at)).toEqual([0, 0]);
  const differs = { kind: 'payment-differs', account: '0012345', operation: 'ch_1', sum: 402_00, found: 0 };
  expect(await at.told()).toEqual([{ ...differs, trouble: 'other-account', other: '0022222' }]);
  expect(await exported(at)).toMatchObject({ number: null });
  await move('0012345');
  await match(at);
  expect(await states()).toEqual([]);
  expect(await at.told()).toHaveLength(1);
});

test.each([
  ['less', 400_00],
  ['more', 402_00],
  ['a kopeck more', 401_01],
])('what a registry brings differs where it is %s than was paid, and is told once', async (_, found) => {
  const at = await openCounter();
  await at.pay(await at.ordered(401_00));
  await registry(at, { account: '0012345', sumKopecks: found, operation: 'ch_1' });
  await match(at);
  await match(at);
  const differs = { kind: 'payment-differs', account: '0012345', other: '', trouble: 'sum-differs' };
  expect(await at.told()).toEqual([{ ...differs, operation: 'ch_1', sum: 401_00, found }]);
});

test('what no registry brings is told after five days, ten at a time, and nothing twice', async () => {
  const at = await openCounter();
  for (let i = 0; i < 12; i += 1) await at.pay(await at.ordered(200_00 + i));
  at.later(5 * DAY);
  await at.payments.tellLate();
  expect(await at.told()).toEqual([]);
  at.later(1);
  await at.payments.tellLate();
  expect(await at.told()).toHaveLength(10);
  await at.payments.tellLate();
  await at.payments.tellLate();
  const told = await at.told();
  expect(new Set(told.map((each) => ('operation' in each ? each.operation : ''))).size).toBe(12);
  expect(told).toHaveLength(12);
  expect(told[0]).toEqual({ kind: 'payment-late', operation: 'ch_1', account: '0012345', sum: 200_00, days: 5 });
});

test('what was told as late and comes after all is over by itself, and said once; what staff have closed is left alone', async () => {
  const at = await openCounter();
  for (const sum of [200_00, 201_00, 202_00]) await at.pay(await at.ordered(sum));
  at.later(5 * DAY + 1);
  await at.payments.tellLate();
  const ofOperation = (operation: string) => sql<boolean>`words ->> 'operation' = ${operation}`;
  await at.db.updateTable('requests').set({ state: 'closed', closedAt: at.now() }).where(ofOperation('ch_2')).execute();
  await registry(
    at,
    { account: '0012345', sumKopecks: 200_00, operation: 'ch_1' },
    { account: '0012345', sumKopecks: 201_00, operation: 'ch_2' },
  );
  await match(at);
  await match(at);
  expect(
    await at.db
      .selectFrom('requests')
      .select(['state', sql<string>`words ->> 'operation'`.as('operation')])
      .orderBy('number')
      .execute(),
  ).toEqual([
    { state: 'closed', operation: 'ch_1' },
    { state: 'closed', operation: 'ch_2' },
    { state: 'new', operation: 'ch_3' },
  ]);
  const said = await at.db.selectFrom('outbox').select('text').where('kind', '=', 'say').execute();
  expect(said.filter(({ text }) => text === 'staff-payment-found')).toHaveLength(1);
});

test('what was late, then on another account, and is on the right one in the end, is late no longer for staff either', async () => {
  const at = await openCounter();
  await at.pay(await at.ordered(200_00));
  at.later(5 * DAY + 1);
  await at.payments.tellLate();
  await registry(at, { account: '0022222', sumKopecks: 200_00, operation: 'ch_1' });
  await match(at);
  await at.db.updateTable('payments').set({ account: '0012345' }).where('operation', '=', 'ch_1').execute();
  await match(at);
  const requests = await at.db.selectFrom('requests').select(['kind', 'state']).orderBy('number').execute();
  expect(requests).toEqual([
    { kind: 'payment-late', state: 'closed' },
    { kind: 'payment-differs', state: 'new' },
  ]);
});

test('an escalation that was over and comes back is told again', async () => {
  const at = await openCounter();
  await at.pay(await at.ordered(200_00));
  await registry(at, { account: '0012345', sumKopecks: 150_00, operation: 'ch_1' });
  for (const sumKopecks of [150_00, 200_00, 150_00, 150_00]) {
    await at.db.updateTable('payments').set({ sumKopecks }).where('operation', '=', 'ch_1').execute();
    await match(at);
  }
  expect(await at.told()).toMatchObject(Array.from({ length: 2 }, () => ({ trouble: 'sum-differs', found: 150_00 })));
});

test('a registry that was faster than Telegram: posted at once, and it does not go out', async () => {
  const at = await openCounter();
  const invoice = await at.ordered(400_00);
  await registry(at, { account: '0012345', sumKopecks: 400_00, operation: 'ch_1' });
  expect(await at.pay(invoice)).toMatchObject({ outcome: 'credited', operation: 'ch_1' });
  expect(await underWay(at)).toEqual([0, 0]);
  expect(await exported(at)).toMatchObject({ number: null });
});

test('what was given back does not go out; staff hear of the export that told of it', async () => {
  const at = await openCounter();
  const [one, two] = [at.takenFor(await at.ordered(400_00)), at.takenFor(await at.ordered(500_00))];
  for (const taken of [one, two]) await at.paymentIntake.credit(at.by(1), taken);
  const giveBack = ({ chargeId, totalKopecks }: typeof one) => at.paymentIntake.refund(at.by(1), { chargeId, totalKopecks });
  await giveBack(one);
  expect((await exported(at)).lines).toEqual(['0012345;20.11.2026;500,00;Telegram;ch_2']);
  await giveBack(two);
  expect(await at.told()).toMatchObject([{ exported: 0 }, { operation: 'ch_2', exported: 1 }]);
});

test('a guest hears that his payment has arrived, by day and once; a resident has it from the news', async () => {
  const at = await openCounter();
  const looked = await at.lookUp(9, '0012345');
  const ordered = await at.payments.orderAsGuest(at.by(9), looked, 300_00);
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  expect(await at.checkout(ordered.invoice, 1)).toEqual({ outcome: 'refused', why: 'not-yours' });
  expect(await at.checkout(ordered.invoice, 9)).toEqual({ outcome: 'ok' });
  expect(await at.pay(ordered.invoice, 9)).toMatchObject({ outcome: 'credited', residents: false });
  await at.pay(await at.ordered(200_00));
  expect(await underWay(at)).toEqual([500_00, 0]);
  const row = { account: '0012345', sumKopecks: 300_00, operation: 'ch_1' };
  await registry(at, row, { ...row, sumKopecks: 200_00, operation: 'ch_2' });
  await match(at);
  await match(at);
  expect(await at.notices('telegram:9')).toEqual([
    { text: 'notice-payment-posted', words: { account: '0012345', sum: 300_00 }, doors: [] },
  ]);
  expect(await at.notices('telegram:1')).toEqual([]);
  // Another's look-up, and one of yesterday, order nothing.
  expect(await at.payments.orderAsGuest(at.by(8), looked, 300_00)).toEqual({ outcome: 'gone' });
  at.later(DAY + 1);
  expect(await at.payments.orderAsGuest(at.by(9), looked, 300_00)).toEqual({ outcome: 'gone' });
});

test('who has linked the account since has it from the news alone', async () => {
  const at = await openCounter();
  const ordered = await at.payments.orderAsGuest(at.by(9), await at.lookUp(9, '0012345'), 300_00);
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  await at.pay(ordered.invoice, 9);
  await at.resident(9);
  await at.link(9, '0012345', { sum: 500_01 });
  await registry(at, { account: '0012345', sumKopecks: 300_00, operation: 'ch_1' });
  await match(at);
  expect((await at.notices('telegram:9')).map(({ text }) => text)).not.toContain('notice-payment-posted');
});

test.each([
  ['less', 200_00],
  ['more', 300_01],
])('a guest does not hear that his payment has arrived where billing has %s', async (_, found) => {
  const at = await openCounter();
  const ordered = await at.payments.orderAsGuest(at.by(9), await at.lookUp(9, '0012345'), 300_00);
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  await at.pay(ordered.invoice, 9);
  await registry(at, { account: '0012345', sumKopecks: found, operation: 'ch_1' });
  await match(at);
  await match(at);
  expect(await at.notices('telegram:9')).toEqual([]);
  expect(await at.told()).toMatchObject([{ operation: 'ch_1', trouble: 'sum-differs', sum: 300_00, found }]);
});

test('a guest’s payment that came and was taken back in one night is told to staff, and not to the guest in the morning', async () => {
  const at = await openCounter();
  const paid = async (sumKopecks: number) => {
    const ordered = await at.payments.orderAsGuest(at.by(9), await at.lookUp(9, '0012345'), sumKopecks);
    if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
    await at.checkout(ordered.invoice, 9);
    await at.pay(ordered.invoice, 9);
  };
  await paid(300_00);
  await paid(200_00);
  const rows = [
    { account: '0012345', sumKopecks: 300_00, operation: 'ch_1' },
    { account: '0012345', sumKopecks: 200_00, operation: 'ch_2' },
  ] as const;
  await registry(at, ...rows);
  await match(at);
  await registry(at, { ...rows[0], sumKopecks: -300_00 });
  await match(at);
  expect((await at.notices('telegram:9')).map(({ words }) => words)).toEqual([{ account: '0012345', sum: 200_00 }]);
  expect(await at.told()).toMatchObject([{ operation: 'ch_1', trouble: 'reversed' }]);
});

test('whatever is paid in how many parts, the parts add up: order, invoice, credit, export, what is under way', async () => {
  const at = await openCounter();
  const sums = fc.array(fc.integer({ min: 100_00, max: 400_000_00 }), { minLength: 1, maxLength: 2 });
  let before = 0;
  await fc.assert(
    fc.asyncProperty(sums, async (wanted) => {
      const total = wanted.reduce((sum, each) => sum + each, 0);
      const invoice = await at.ordered(...wanted);
      expect(invoice.totalKopecks).toBe(total);
      expect(invoice.lines.map((line) => line.sumKopecks)).toEqual(wanted);
      const credit = await at.pay(invoice);
      expect(credit).toMatchObject({ outcome: 'credited', totalKopecks: total });
      const { lines } = await exported(at);
      const kopecks = lines.map((line) => Number(line.split(';')[2]?.replace(',', '')));
      expect(kopecks).toEqual(wanted);
      const now = ((await underWay(at)) as number[]).reduce((sum, each) => sum + each, 0);
      expect(now - before).toBe(total);
      before = now;
    }),
    { numRuns: 20 },
  );
});
