import { addDays, type LocalDay } from './local-day.ts';

/**
 * A row of a dated table, oldest first: it holds from a day on, up to and with `until` where its end is known, else until the next row begins.
 * `source` is where it was read.
 */
export type DatedRow = { from: LocalDay; until?: LocalDay | undefined; source?: string | undefined };

/** The row that holds on a day; undefined before the first, and where it is not known what holds. */
export function inForce<Row extends DatedRow>(rows: readonly Row[], day: LocalDay): Row | undefined {
  const row = rows.findLast(({ from }) => from <= day);
  return row && isOver(row, day) ? undefined : row;
}

/** The same, and before the first row, the first. Throws a RangeError when there is none at all. */
export function rowAt<Row extends DatedRow>(rows: readonly Row[], day: LocalDay): Row | undefined {
  const [first] = rows;
  if (!first) throw new RangeError('at least one dated row is expected');
  return day < first.from ? first : inForce(rows, day);
}

/** The row after whose end it is not known what holds on some day from `from` to `to`, both included; undefined where all of them are known. */
export function endingBetween<Row extends DatedRow>(rows: readonly Row[], from: LocalDay, to: LocalDay): Row | undefined {
  return rows.find((row, i) => {
    if (row.until === undefined || !isOver(row, to)) return false;
    const firstUnknown = addDays(row.until, 1);
    const known = rows[i + 1]?.from;
    return known === undefined || known > (firstUnknown > from ? firstUnknown : from);
  });
}

/** The table as it would go on if no row but by the next one ended: for asking whether an end matters, never for reckoning. */
export function withoutEnds<Row extends DatedRow>(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, until: undefined }));
}

/** A table that runs out: `until` is the last day that is known, `over` that it has passed. */
export type RunsOut = { table: string; until: LocalDay; source: string | null; over: boolean };

/** Which of the tables run out within so many days, or have, the first to end first. */
export function runningOut(
  tables: Readonly<Record<string, readonly DatedRow[]>>,
  today: LocalDay,
  withinDays: number,
): RunsOut[] {
  return Object.entries(tables)
    .flatMap(([table, rows]) => {
      const { until, source = null } = endingBetween(rows, today, addDays(today, withinDays)) ?? {};
      return until === undefined ? [] : [{ table, until, source, over: until < today }];
    })
    .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
}

function isOver({ until }: DatedRow, day: LocalDay): boolean {
  return until !== undefined && until < day;
}
