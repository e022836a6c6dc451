import { accruedOf, type Charge } from './charge.ts';
import { dayAfter } from './debt.ts';
import { groupBy } from './group-by.ts';
import { addDays, daysBetween, type LocalDay } from './local-day.ts';
import type { Kopecks } from './money.ts';
import { type NextMonthRow, paymentDueDay, rowAt } from './payment-due.ts';
import { shiftPeriod } from './period.ts';

/** ч. 14 ст. 155 ЖК РФ: the yearly rate, and from which day of delay which part of it (1/divisor) is taken a day. Oldest first (`CENTRE_FILE`). */
export type PenaltyRow = { from: LocalDay; percent: number; steps: readonly { fromDay: number; divisor: number }[] };

export type PenaltyRules = { paymentDue: readonly NextMonthRow[]; penalty: readonly PenaltyRow[] };

/** What of a period's charges has not been paid. */
export type UnpaidPart = { payBy: LocalDay; sumKopecks: Kopecks };

/**
 * What the penalty will be on `until` if nothing is paid: an estimate, for billing may count payments otherwise.
 * `billedKopecks` is unpaid and in the debt already; `addedKopecks` comes on top of it. `overdueKopecks` is what had to be paid before `today`.
 * `startsOn` is the next day, after `today`, on which a part begins to be penalised; null when there is none.
 */
export type PenaltyEstimate = {
  until: LocalDay;
  billedKopecks: Kopecks;
  addedKopecks: Kopecks;
  overdueKopecks: Kopecks;
  startsOn: LocalDay | null;
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
  const starts = parts.map((part) => addDays(part.payBy, firstDay(rules, part.payBy))).filter((day) => day > today);
  return {
    until,
    billedKopecks,
    addedKopecks: sum(parts.map((part) => penaltyOf(part, from, until, rules.penalty))),
    overdueKopecks: sum(parts.filter(({ payBy }) => payBy < today).map(({ sumKopecks }) => sumKopecks)),
    startsOn: starts.toSorted()[0] ?? null,
  };
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
    const penaltyKopecks = sum(own.map((charge) => charge.penaltyKopecks));
    billedKopecks += take(penaltyKopecks);
    const sumKopecks = take(sum(own.map(accruedOf)) - penaltyKopecks);
    if (sumKopecks > 0) parts.unshift({ payBy: paymentDueDay(period, paymentDue), sumKopecks });
  }
  const [oldest] = months.at(-1) ?? [];
  if (left > 0 && oldest) parts.unshift({ payBy: paymentDueDay(shiftPeriod(oldest, -1), paymentDue), sumKopecks: left });
  return { parts, billedKopecks, olderKopecks: left };
}

/** The penalty on an unpaid part for the days from `from` to `until`, both included, in whole kopecks. */
export function penaltyOf(part: UnpaidPart, from: LocalDay, until: LocalDay, rows: readonly PenaltyRow[]): Kopecks {
  const first = from > part.payBy ? from : addDays(part.payBy, 1);
  const end = addDays(until, 1);
  // Between the days on which something changes, one day costs what another does.
  const changes = rows.flatMap((row) => [row.from, ...row.steps.map(({ fromDay }) => addDays(part.payBy, fromDay))]);
  const days = [...new Set([first, ...changes.filter((day) => day > first && day < end)])].toSorted();
  const kopecks = days.map((day, i) => {
    const { percent, steps } = rowAt(rows, day);
    const divisor = steps.findLast(({ fromDay }) => fromDay <= daysBetween(part.payBy, day))?.divisor;
    return divisor ? ((part.sumKopecks * percent) / 100 / divisor) * Math.max(0, daysBetween(day, days[i + 1] ?? end)) : 0;
  });
  return Math.round(sum(kopecks));
}

/** The first day of delay that is penalised, by the row that holds when the delay begins. */
function firstDay({ penalty }: PenaltyRules, payBy: LocalDay): number {
  return Math.min(...rowAt(penalty, payBy).steps.map(({ fromDay }) => fromDay));
}

const sum = (sums: readonly number[]) => sums.reduce((total, each) => total + each, 0);
