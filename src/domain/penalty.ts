import { accruedOf, type Charge } from './charge.ts';
import { type DatedRow, endingBetween, rowAt, withoutEnds } from './dated.ts';
import { dayAfter } from './debt.ts';
import { groupBy } from './group-by.ts';
import { addDays, daysBetween, type LocalDay } from './local-day.ts';
import { type Kopecks, sumOf } from './money.ts';
import { type NextMonthRow, paymentDueDay } from './payment-due.ts';
import { shiftPeriod } from './period.ts';

/** ч. 14 ст. 155 ЖК РФ: the yearly rate, and from which day of delay which part of it (1/divisor) is taken a day. Oldest first (`CENTRE_FILE`). */
export type PenaltyRow = DatedRow & { percent: number; steps: readonly { fromDay: number; divisor: number }[] };

export type PenaltyRules = { paymentDue: readonly NextMonthRow[]; penalty: readonly PenaltyRow[] };

/** What of a period's charges has not been paid; `payBy` is null where it is not known by when it has to be. */
export type UnpaidPart = { payBy: LocalDay | null; sumKopecks: Kopecks };

/** The last day for which a rule is known, where that was read, and whether that day has passed. */
export type RulesEnd = { day: LocalDay; source: string | null; passed: boolean };

/**
 * What the penalty will be on `until` if nothing is paid: an estimate, for billing may count payments otherwise. `ends`: the rules are known
 * up to that day only, and a penalty after it is not reckoned; `until` is no later then.
 * `billedKopecks` is unpaid and in the debt already; `addedKopecks` comes on top of it. `overdueKopecks` is what had to be paid before `today`.
 * `startsOn` is the next day, after `today`, on which a part begins to be penalised; null when there is none.
 */
export type PenaltyEstimate = {
  until: LocalDay;
  billedKopecks: Kopecks;
  addedKopecks: Kopecks;
  overdueKopecks: Kopecks;
  startsOn: LocalDay | null;
  ends: RulesEnd | null;
};

/**
 * `charges` are those of an account's newest months; `owedKopecks` is the debt of today, penalty in it. Billing has counted the penalty up to
 * the end of the last of them; from then on each day of delay takes its part of the rate of that day.
 */
export function estimatePenalty(
  charges: readonly Charge[],
  owedKopecks: Kopecks,
  { today, until }: { today: LocalDay; until: LocalDay },
  rules: PenaltyRules,
): PenaltyEstimate {
  const last = charges
    .map(({ period }) => period)
    .toSorted()
    .at(-1);
  const { parts, billedKopecks } = unpaidOf(charges, owedKopecks, rules.paymentDue);
  const from = last ? dayAfter(last) : until;
  const end = endOf(parts, { from, until }, rules);
  const ends = end && { ...end, passed: end.day < today };
  const known = ends && ends.day < until ? ends.day : until;
  return {
    until: known,
    billedKopecks,
    addedKopecks: sumOf(parts.map((part) => penaltyOf(part, from, known, rules.penalty))),
    overdueKopecks: sumOf(parts.filter(({ payBy }) => payBy !== null && payBy < today).map(({ sumKopecks }) => sumKopecks)),
    startsOn: parts.flatMap((part) => startOf(part, rules.penalty, today)).toSorted()[0] ?? null,
    ends,
  };
}

/** Where what is known of the rules ends, if a penalty of these days would have to be reckoned by what is not; the first such day. */
function endOf(
  parts: readonly UnpaidPart[],
  { from, until }: { from: LocalDay; until: LocalDay },
  { paymentDue, penalty }: PenaltyRules,
): Omit<RulesEnd, 'passed'> | null {
  const endless = withoutEnds(penalty);
  const late = parts.filter((part) => penaltyOf(part, from, until, endless) > penaltyOf(part, from, until, penalty));
  const ended = late.length > 0 ? endingBetween(penalty, from, until) : undefined;
  const unknownDue = parts.some(({ payBy }) => payBy === null) ? endingBetween(paymentDue, from, until) : undefined;
  const ends = [ended, unknownDue].flatMap((row) =>
    row?.until === undefined ? [] : [{ day: row.until, source: row.source ?? null }],
  );
  return ends.toSorted((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null;
}

/**
 * Which periods a debt is of: where the payer says nothing, a payment ends what fell due first (ст. 319.1 ГК РФ), and of a month the penalty
 * last (ст. 319 ГК РФ). So the debt is that of the newest months. `olderKopecks` is how much of the oldest part is older than all of `charges`
 * and is counted as one month older than the first of them. The parts and `billedKopecks` add up to the debt.
 */
export function unpaidOf(
  charges: readonly Charge[],
  owedKopecks: Kopecks,
  paymentDue: readonly NextMonthRow[],
): { parts: UnpaidPart[]; billedKopecks: Kopecks; olderKopecks: Kopecks } {
  let left = Math.max(owedKopecks, 0);
  const take = (most: Kopecks): Kopecks => {
    const taken = Math.min(left, Math.max(most, 0));
    left -= taken;
    return taken;
  };
  let billedKopecks = 0;
  const parts: UnpaidPart[] = [];
  const months = [...groupBy(charges, ({ period }) => period)].sort(([a], [b]) => (a < b ? 1 : -1));
  for (const [period, own] of months) {
    const penaltyKopecks = sumOf(own.map((charge) => charge.penaltyKopecks));
    billedKopecks += take(penaltyKopecks);
    const sumKopecks = take(sumOf(own.map(accruedOf)) - penaltyKopecks);
    if (sumKopecks > 0) parts.unshift({ payBy: paymentDueDay(period, paymentDue), sumKopecks });
  }
  const [oldest] = months.at(-1) ?? [];
  if (left > 0 && oldest) parts.unshift({ payBy: paymentDueDay(shiftPeriod(oldest, -1), paymentDue), sumKopecks: left });
  return { parts, billedKopecks, olderKopecks: left };
}

/** The penalty on an unpaid part for the days from `from` to `until`, both included, in whole kopecks; nothing for days whose rate is not known. */
export function penaltyOf(
  { payBy, sumKopecks }: UnpaidPart,
  from: LocalDay,
  until: LocalDay,
  rows: readonly PenaltyRow[],
): Kopecks {
  if (payBy === null) return 0;
  const first = from > payBy ? from : addDays(payBy, 1);
  const end = addDays(until, 1);
  // Between the days on which something changes, one day costs what another does.
  const changes = rows.flatMap((row) => [
    row.from,
    ...(row.until === undefined ? [] : [addDays(row.until, 1)]),
    ...row.steps.map(({ fromDay }) => addDays(payBy, fromDay)),
  ]);
  const days = [...new Set([first, ...changes.filter((day) => day > first && day < end)])].toSorted();
  const kopecks = days.map((day, i) => {
    const row = rowAt(rows, day);
    const divisor = row?.steps.findLast(({ fromDay }) => fromDay <= daysBetween(payBy, day))?.divisor;
    if (!row || divisor === undefined) return 0;
    return ((sumKopecks * row.percent) / 100 / divisor) * Math.max(0, daysBetween(day, days[i + 1] ?? end));
  });
  return Math.round(sumOf(kopecks));
}

/** The first penalised day, by the row that holds when the delay begins; none where it is not after `today` or what holds then is not known. */
function startOf({ payBy }: UnpaidPart, penalty: readonly PenaltyRow[], today: LocalDay): LocalDay[] {
  const steps = payBy === null ? undefined : rowAt(penalty, payBy)?.steps;
  if (payBy === null || !steps) return [];
  const day = addDays(payBy, Math.min(...steps.map(({ fromDay }) => fromDay)));
  return day > today && rowAt(penalty, day) ? [day] : [];
}
