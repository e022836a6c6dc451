import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.take(ACCOUNTS);
});
afterAll(() => desk.close());

const HEADER = 'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;К оплате';
type Row = { account: string; period: string; supplier: string; service: string; sum: string };
const row: fc.Arbitrary<Row> = fc.record({
  account: fc.constantFrom('0010001', '0010002', '0099999', 'x'),
  period: fc.constantFrom('09.2026', '2026-10', '13.2026'),
  supplier: fc.constantFrom('', 'А'),
  service: fc.constantFrom('Вода', 'Тепло', 'Свет'),
  sum: fc.constantFrom('1', '2,50', '3.00', 'много'),
});
const usual = row.filter((one) => one.account.length === 7 && one.period !== '13.2026' && one.sum !== 'много');
const registry = fc.array(fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: row }), { maxLength: 14 });

const isoOf = (period: string): string => (period === '2026-10' ? '2026-10-01' : '2026-09-01');
const sumOf = (sum: string): number => Math.round(Number(sum.replace(',', '.')) * 100);

/** The rule of the registry, row by row: whose period is refused, what stays. */
function expected(state: Map<string, number>, rows: readonly Row[]): { state: Map<string, number>; refused: number } {
  const seen = new Set<string>();
  const bad = rows.map((one) => {
    const slip = one.account === 'x' || one.period === '13.2026' || one.sum === 'много';
    if (slip || one.account === '0099999') return true;
    const key = `${one.account}|${isoOf(one.period)}|${one.supplier}|${one.service}`;
    const twice = seen.has(key);
    seen.add(key);
    return twice;
  });
  const refused = rows.map(
    (one, index) =>
      bad[index] ||
      rows.some((other, place) => {
        const samePeriod = other.period === '13.2026' || isoOf(other.period) === isoOf(one.period);
        return bad[place] && other.account === one.account && other.supplier === one.supplier && samePeriod;
      }),
  );
  const accepted = rows.filter((_, index) => !refused[index]);
  const groups = new Set(accepted.map((one) => `${one.account}|${isoOf(one.period)}|${one.supplier}|`));
  const next = new Map([...state].filter(([key]) => ![...groups].some((group) => key.startsWith(group))));
  for (const one of accepted) next.set(`${one.account}|${isoOf(one.period)}|${one.supplier}|${one.service}`, sumOf(one.sum));
  return { state: next, refused: refused.filter(Boolean).length };
}

async function held(): Promise<Map<string, number>> {
  const rows = await desk.db.selectFrom('charges').selectAll().execute();
  return new Map(rows.map((one) => [`${one.account}|${one.period}|${one.supplier}|${one.service}`, one.dueKopecks]));
}

test('any charges: what is held is what the rule says, and a second time changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(registry, registry, async (one, other) => {
      for (const rows of [one, other]) {
        const lines = [HEADER, ...rows.map((r) => `${r.account};${r.period};${r.supplier};${r.service};0;${r.sum};${r.sum}`)];
        const rule = expected(await held(), rows);
        const report = await desk.take(lines);
        expect(report.refused).toBe(rule.refused);
        expect(await held()).toEqual(rule.state);
        const again = await desk.take(lines);
        expect(again).toMatchObject({ new: 0, changed: 0, unchanged: rows.length - rule.refused, refused: rule.refused });
        expect(await held()).toEqual(rule.state);
      }
    }),
    { numRuns: 25 },
  );
}, 300_000);
