import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { loadCentre } from '../../../src/adapters/centre-file.ts';
import { createDebts } from '../../../src/office/money/debts.ts';
import type { Db } from '../../../src/records/database.ts';
import { insertLink } from '../../../src/records/links.ts';
import { replaceSession } from '../../../src/records/sessions.ts';
import { openDesk } from '../../adapters/registries/desk.ts';
import * as make from '../../kit/make.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const MONTHS = ['06.2026', '07.2026', '2026-08', '09.2026', '2026-10'];
const PLACES = ['Отопление', 'Вода', 'Лифт', 'Электроснабжение (день)'].flatMap((service) =>
  ['', 'АО «Тепло»', 'Б'].map((supplier) => ({ service, supplier })),
);

/** A sum as registries write it, by the comma or the point. */
const amount = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.constantFrom(',', '.')).map(([kopecks, point]) => {
    const digits = String(Math.abs(kopecks)).padStart(3, '0');
    return `${kopecks < 0 ? '-' : ''}${digits.slice(0, -2)}${point}${digits.slice(-2)}`;
  });

const chargeRow = fc.record({
  place: fc.constantFrom(...PLACES),
  opening: amount(-500_000, 900_000),
  charged: amount(-10_000, 500_000),
  penalty: amount(0, 9_000),
  due: amount(-500_000, 1_500_000),
});
const chargedMonth = fc.record({
  month: fc.constantFrom(...MONTHS),
  rows: fc.uniqueArray(chargeRow, { minLength: 1, maxLength: 5, selector: ({ place }) => `${place.supplier}/${place.service}` }),
});
const payment = fc.record({
  day: fc.constantFrom('31.07.2026', '2026-08-31', '30.09.2026', '2026-10-01', '31.10.2026', '01.11.2026', '2026-11-15'),
  sum: amount(-300_000, 900_000).filter((text) => Number(text.replace(',', '.')) !== 0),
});
const household = fc.record({
  months: fc.uniqueArray(chargedMonth, { maxLength: 4, selector: ({ month }) => normalMonth(month) }),
  /** Billing's second thoughts: these months come again in a later file, and replace what was there. */
  corrected: fc.array(chargedMonth, { maxLength: 1 }),
  payments: fc.array(payment, { maxLength: 5 }),
});
type Household = typeof household extends fc.Arbitrary<infer H> ? H : never;

const CHARGES = 'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;Пени;К оплате';
const PAYMENTS = 'ЛС;Дата;Сумма;Источник;Номер операции';

/** The registries of a town, as lines; accounts are numbered from `first`. */
function filesOf(town: readonly Household[], first: number) {
  const accounts = town.map((_, i) => String(first + i).padStart(8, '0'));
  const charges = (pick: (home: Household) => Household['months']) =>
    town.flatMap((home, i) =>
      pick(home).flatMap(({ month, rows }) =>
        rows.map(({ place, opening, charged, penalty, due }) =>
          [accounts[i], month, place.supplier, place.service, opening, charged, penalty, due].join(';'),
        ),
      ),
    );
  return {
    accounts,
    accountLines: ['ЛС;ФИО;Адрес', ...accounts.map((number) => `${number};Жилец ${number};ул. Лесная, д. ${number}`)],
    chargeLines: [CHARGES, ...charges((home) => home.months)],
    correctedLines: [CHARGES, ...charges((home) => home.corrected)],
    paymentLines: [
      PAYMENTS,
      ...town.flatMap((home, i) =>
        home.payments.map(({ day, sum }, n) => [accounts[i], day, sum, 'Касса', `${accounts[i]}/${n}`].join(';')),
      ),
    ],
  };
}

/** Reads the lines as a careful person with a sheet of paper would, and knows nothing of our tables. */
function recompute(files: ReturnType<typeof filesOf>, account: string) {
  const cells = (lines: readonly string[]) =>
    lines
      .slice(1)
      .map((line) => line.split(';'))
      .filter(([number]) => number === account);
  const [before, after] = [cells(files.chargeLines), cells(files.correctedLines)];
  const replaced = new Set(after.map(([, month, supplier]) => `${normalMonth(month ?? '')}/${supplier}`));
  const rows = [...before.filter(([, month, supplier]) => !replaced.has(`${normalMonth(month ?? '')}/${supplier}`)), ...after];
  const period = rows
    .map(([, month]) => normalMonth(month ?? ''))
    .toSorted()
    .at(-1);
  if (period === undefined) return { account, charged: false };
  const services: Record<string, number> = {};
  let [penalty, due, paidSince] = [0, 0, 0];
  for (const [, month, , service = '', , , rowPenalty = '', rowDue = ''] of rows) {
    if (normalMonth(month ?? '') !== period) continue;
    services[service] = (services[service] ?? 0) + kopecks(rowDue) - kopecks(rowPenalty);
    penalty += kopecks(rowPenalty);
    due += kopecks(rowDue);
  }
  for (const [, day = '', sum = ''] of cells(files.paymentLines)) {
    const iso = day.includes('.') ? day.split('.').toReversed().join('-') : day;
    if (iso.slice(0, 7) > period) paidSince += kopecks(sum);
  }
  return { account, charged: true, period, services, penalty, paidSince, total: due - paidSince };
}

const kopecks = (text: string) => Math.round(Number(text.replace(',', '.')) * 100);
function normalMonth(month: string): string {
  return month.includes('.') ? month.split('.').toReversed().join('-') : month;
}

test('whatever billing sends in its files, the debt is what a plain recomputation of the files makes it', async () => {
  const desk = await openDesk();
  onTestFinished(() => desk.close());
  const centre = await loadCentre(new URL('../../../centre.example.json', import.meta.url));
  const debts = createDebts({
    db: desk.db,
    clock: () => NOW,
    centre,
    settings: { timeZone: 'Europe/Moscow', payee: null, cards: ['telegram'] },
  });
  let run = 0;
  let charged = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(household, { minLength: 15, maxLength: 15 }), async (town) => {
      run += 1;
      const files = filesOf(town, run * 1000);
      for (const lines of [
        files.accountLines,
        files.chargeLines,
        files.paymentLines,
        files.correctedLines,
        files.chargeLines.slice(0, 1),
      ]) {
        const report = await desk.take(lines, { encoding: run % 2 ? 'utf8' : 'win1251' });
        expect(report.refused).toBe(0);
      }
      const caller = { messengerId: `telegram:${run}` as const, idempotencyKey: 'look' };
      await linkAll(desk.db, caller.messengerId, files.accounts, run);
      const shown = await debts.show(caller);
      if (shown.outcome !== 'shown') throw new Error(shown.outcome);

      const seen = shown.debts.map((debt) =>
        debt.charged
          ? {
              account: debt.account,
              charged: true,
              period: debt.period,
              services: Object.fromEntries(debt.services.map(({ service, sumKopecks }) => [service, sumKopecks])),
              penalty: debt.penaltyKopecks,
              paidSince: debt.paidSinceKopecks,
              total: debt.totalKopecks,
            }
          : { account: debt.account, charged: false },
      );
      const expected = files.accounts.map((account) => recompute(files, account));
      expect(seen).toEqual(expected);
      charged += expected.filter((each) => each.charged).length;

      const totals = expected.map((each) => each.total ?? 0);
      const sum = (sums: number[]) => sums.reduce((total, each) => total + each, 0);
      expect(shown.total).toEqual({
        dueKopecks: sum(totals.filter((total) => total > 0)),
        overpaidKopecks: Math.abs(sum(totals.filter((total) => total < 0))),
      });
      for (const debt of shown.debts) {
        if (!debt.charged) continue;
        // The parts are the whole, and kopecks are whole.
        const services = sum(debt.services.map(({ sumKopecks }) => sumKopecks));
        expect(services + debt.penaltyKopecks - debt.paidSinceKopecks).toBe(debt.totalKopecks);
        expect([services, debt.penalty?.addedKopecks ?? 0].every(Number.isSafeInteger)).toBe(true);
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
  expect(charged).toBeGreaterThan(50);
});

async function linkAll(db: Db, messengerId: `telegram:${number}`, accounts: readonly string[], run: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const resident = {
      login: `town${run}`,
      phone: `+79${String(run).padStart(9, '0')}`,
      passwordHash: 'none',
      registeredAt: NOW,
    };
    const id = await make.resident(trx, resident);
    await replaceSession(trx, id, messengerId, NOW);
    for (const account of accounts) await insertLink(trx, { residentId: id, account, way: 'password', linkedAt: NOW });
  });
}
