import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { PAYMENTS_OUT } from '../../../src/office/money/payment-export.ts';
import { createPaymentIntake } from '../../../src/office/money/payment-intake.ts';
import { matchPayments } from '../../../src/office/money/payment-matching.ts';
import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import { listOpenLines } from '../../../src/records/card-payment-lines.ts';
import { insertPaymentOrder } from '../../../src/records/payment-orders.ts';
import { CENTRE } from '../../kit/centre.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { ACCOUNTS, openDesk } from './desk.ts';

const NOW = new Date('2026-11-05T09:00:00Z');
const DAY = 86_400_000;

/** A desk for registries and a payment intake on the same base. */
async function openBoth() {
  const desk = await openDesk();
  onTestFinished(desk.close);
  await desk.take(ACCOUNTS);
  let now = NOW;
  const clock = () => now;
  const id = () => randomBytes(16).toString('base64url');
  const paymentIntake = createPaymentIntake({
    db: desk.db,
    clock,
    randomness: { id, integer: () => 0 },
    settings: OFFICE_SETTINGS,
    centre: CENTRE,
  });

  /** Somebody pays so many kopecks for each account. */
  async function pay(number: number, sums: Readonly<Record<string, number>>) {
    const order = id();
    const lines = Object.entries(sums).map(([account, sumKopecks]) => ({ account, sumKopecks }));
    const total = lines.reduce((sum, line) => sum + line.sumKopecks, 0);
    const who = { messengerId: 'telegram:7', residentId: null, asGuest: true };
    await desk.db
      .transaction()
      .execute((trx) => insertPaymentOrder(trx, { id: order, ...who, totalKopecks: total, createdAt: NOW, lines }));
    const charge = { chargeId: `t${number}`, providerChargeId: `p${number}`, paidAt: NOW.toISOString() };
    const caller = { messengerId: 'telegram:7', idempotencyKey: `pay-${number}` } as const;
    return paymentIntake.credit(caller, { order, currency: 'RUB', totalKopecks: total, ...charge });
  }

  return {
    ...desk,
    pay,
    later: (ms: number) => void (now = new Date(now.getTime() + ms)),
    /** Takes a registry in; its number. */
    async brought(lines: readonly string[]): Promise<number> {
      const { number } = await desk.take(lines, { now });
      return number ?? 0;
    },
    async undo(number: number): Promise<void> {
      const by = { who: 'command line', name: 'operator' };
      const done = desk.db
        .transaction()
        .execute((trx) => undoRegistryImport(trx, number, { now, timeZone: 'Europe/Moscow', by }));
      expect(await done).toMatchObject({ outcome: 'undone' });
    },
    /** Whatever is late is told, however often it is looked for; the states of the requests of that. */
    async late(): Promise<string[]> {
      for (let i = 0; i < 2; i += 1) await desk.db.transaction().execute((trx) => matchPayments(trx, { now, lateAfterDays: 5 }));
      const requests = desk.db.selectFrom('requests').select('state').where('kind', '=', 'payment-late').orderBy('number');
      return (await requests.execute()).map(({ state }) => state);
    },
    underWay: async (account: string) =>
      (await listOpenLines(desk.db, [account], { postedSince: new Date() })).reduce((sum, line) => sum + line.sumKopecks, 0),
    async exported(): Promise<string[]> {
      let file = '';
      await exportNew({ db: desk.db, clock }, PAYMENTS_OUT, async (content) => void (file = content));
      return file.replace('\ufeff', '').trimEnd().split('\r\n');
    },
  };
}

test('what goes out comes in again as a registry, and is under way no longer', async () => {
  const at = await openBoth();
  await at.pay(1, { '0010001': 1_234_56, '0010002': 700_00 });
  await at.pay(2, { '0010001': 99_90 });
  const lines = await at.exported();
  expect(lines).toEqual([
    'ЛС;Дата;Сумма;Источник;Номер операции',
    '0010001;05.11.2026;1234,56;Telegram;p1-1',
    '0010002;05.11.2026;700,00;Telegram;p1-2',
    '0010001;05.11.2026;99,90;Telegram;p2',
  ]);
  expect([await at.underWay('0010001'), await at.underWay('0010002')]).toEqual([1_334_46, 700_00]);

  expect(await at.counts(lines)).toBe('3 0 0 0');
  expect([await at.underWay('0010001'), await at.underWay('0010002')]).toEqual([0, 0]);
  expect(await at.counts(lines)).toBe('0 0 3 0');
  expect(await at.db.selectFrom('escalations').select('kind').execute()).toEqual([]);
  // The guest who paid hears of each line once.
  expect(await at.db.selectFrom('outbox').where('kind', '=', 'notice').select(['addressee', 'text']).execute()).toEqual(
    Array.from({ length: 3 }, () => ({ addressee: 'telegram:7', text: 'notice-payment-posted' })),
  );
});

test('an import that breaks off leaves all under way', async () => {
  const at = await openBoth();
  await at.pay(1, { '0010001': 100_00 });
  await at.db.schema.alterTable('registry_imports').renameColumn('data_day', 'gone').execute();
  await expect(at.take(await at.exported())).rejects.toThrow();
  expect(await at.underWay('0010001')).toBe(100_00);
});

test('an import beside payments and exports: each payment is under way or posted, none is lost, none goes out twice', async () => {
  const at = await openBoth();
  const numbers = Array.from({ length: 12 }, (_, i) => i + 1);
  const row = (number: number) => `0010001;05.11.2026;${number},00;Telegram;p${number}`;
  const registry = ['ЛС;Дата;Сумма;Источник;Номер операции', ...numbers.filter((n) => n % 2 === 0).map(row)];
  const out: string[] = [];
  await Promise.all([
    ...numbers.map((number) => at.pay(number, { '0010001': number * 100 })),
    at.take(registry, { name: 'a.csv' }),
    at.exported().then((lines) => out.push(...lines.slice(1))),
    at.exported().then((lines) => out.push(...lines.slice(1))),
  ]);
  // What was paid while the registry came in is found by the next one.
  await at.take(registry, { name: 'b.csv' });
  const odd = numbers.filter((n) => n % 2 === 1);
  expect(await at.underWay('0010001')).toBe(odd.reduce((sum, n) => sum + n * 100, 0));
  out.push(...(await at.exported()).slice(1));
  expect(new Set(out).size).toBe(out.length);
  for (const number of odd) expect(out).toContain(row(number));
  expect(await at.db.selectFrom('escalations').select('kind').execute()).toEqual([]);
});

test('a late payment that a registry brought is late again once that is undone, and staff are told so anew', async () => {
  const at = await openBoth();
  await at.pay(1, { '0010001': 100_00 });
  const lines = await at.exported();
  at.later(6 * DAY);
  expect(await at.late()).toEqual(['new']);
  const wrong = await at.brought(lines);
  expect(await at.late()).toEqual(['closed']);
  await at.undo(wrong);
  expect(await at.underWay('0010001')).toBe(100_00);
  expect(await at.late()).toEqual(['closed', 'new']);
  await at.brought(lines);
  expect(await at.late()).toEqual(['closed', 'closed']);
});

test('so is one that a registry had put on another account, of which staff were told between', async () => {
  const at = await openBoth();
  await at.pay(1, { '0010001': 100_00 });
  const lines = await at.exported();
  at.later(6 * DAY);
  expect(await at.late()).toEqual(['new']);
  const elsewhere = await at.brought(lines.map((line) => line.replace('0010001', '0010002')));
  const right = await at.brought(lines);
  expect(await at.late()).toEqual(['closed']);
  await at.undo(right);
  await at.undo(elsewhere);
  expect(await at.late()).toEqual(['closed', 'new']);
});

test('a payment that a registry had before its messenger told of it is under way and goes out once that registry is undone', async () => {
  const at = await openBoth();
  const lines = ['ЛС;Дата;Сумма;Источник;Номер операции', '0010001;05.11.2026;100,00;Telegram;p1'];
  const early = await at.brought(lines);
  await at.pay(1, { '0010001': 100_00 });
  expect([await at.underWay('0010001'), (await at.exported()).slice(1)]).toEqual([0, []]);
  await at.undo(early);
  expect([await at.underWay('0010001'), await at.exported()]).toEqual([100_00, lines]);
});
