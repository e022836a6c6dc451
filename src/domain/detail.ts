import { addSums, type Charge, type ChargeSums, type ServiceSums } from './charge.ts';
import { addDecimals } from './decimal.ts';
import { groupBy } from './group-by.ts';
import type { PaidRow } from './history.ts';
import { inZoneOrder, type MeterZone } from './meter-scale.ts';
import type { Kopecks } from './money.ts';
import type { Period } from './period.ts';

/** No detail is of more months than these. */
export const MOST_DETAIL_MONTHS = 36;

/** Everything that an account was charged and that was paid for it in a range of months. Newest first. */
export type Detail = {
  accountNumber: string;
  address: string;
  from: Period;
  to: Period;
  charges: readonly Charge[];
  payments: readonly PaidRow[];
  /** The day that the data on payments are of. */
  paymentsDay: string | null;
  /** In whose order services stand that are charged zone by zone. */
  meterZones: readonly MeterZone[];
};

/** A service over a range: sums, opening of the first month and due of the last; volume where it adds up, tariffs where there are any. */
export type DetailService = ServiceSums & {
  volume: { amount: string; unit: string } | null;
  /** Lowest and highest, decimals as text. */
  tariffs: { least: string; most: string } | null;
};

export type DetailTotals = {
  services: readonly DetailService[];
  /** Newest first. */
  months: readonly { period: Period; chargedKopecks: Kopecks; paidKopecks: Kopecks }[];
  /** All together: opening of the first month, due of the last, the rest added up. */
  sums: ChargeSums;
  /** What the registry of payments has for the range. */
  receivedKopecks: Kopecks;
};

/** The totals of a detail: services and months each add up to `sums`. */
export function calculateDetail({
  charges,
  payments,
  meterZones,
}: Pick<Detail, 'charges' | 'payments' | 'meterZones'>): DetailTotals {
  const months = [...new Set(charges.map(({ period }) => period))].sort().toReversed();
  const [last, first] = [months[0], months.at(-1)];
  const services = [...groupBy(charges, ({ service }) => service)].map(([service, rows]) => ({
    service,
    ...sumsOver(rows, first, last),
    volume: volumeOf(rows),
    tariffs: tariffsOf(rows),
  }));
  return {
    services: inZoneOrder(services, meterZones),
    months: months.map((period) => {
      const { chargedKopecks, paidKopecks } = addSums(charges.filter((row) => row.period === period));
      return { period, chargedKopecks, paidKopecks };
    }),
    sums: addSums(services),
    receivedKopecks: payments.reduce((total, { sumKopecks }) => total + sumKopecks, 0),
  };
}

/** Opening stands at the range's first month and due at its last; a service that is not charged then has neither. */
function sumsOver(rows: readonly Charge[], first: Period | undefined, last: Period | undefined): ChargeSums {
  return {
    ...addSums(rows),
    openingKopecks: addSums(rows.filter(({ period }) => period === first)).openingKopecks,
    dueKopecks: addSums(rows.filter(({ period }) => period === last)).dueKopecks,
  };
}

/** Square metres and people are not used up: twelve times the flat is no volume, what they were in every month is. */
const NOT_CONSUMED = /^(кв\.?\s*м|м2|м²|чел)/iu;

/** The consumption in its unit, or what was charged by, where it stayed the same; null where units differ or it cannot be added up. */
function volumeOf(rows: readonly Charge[]): DetailService['volume'] {
  const measured = rows.filter(({ volume, unit }) => volume !== null && unit !== null);
  const unit = measured[0]?.unit;
  if (!unit || measured.some((row) => row.unit !== unit)) return null;
  const volumes = measured.map(({ volume }) => volume ?? '0');
  if (!NOT_CONSUMED.test(unit)) return { amount: addDecimals(volumes), unit };
  const [amount = '0', other] = new Set(volumes.map((volume) => addDecimals([volume])));
  return other === undefined ? { amount, unit } : null;
}

function tariffsOf(rows: readonly Charge[]): DetailService['tariffs'] {
  const tariffs = rows.flatMap(({ tariff }) => (tariff === null ? [] : [tariff])).sort((a, b) => Number(a) - Number(b));
  const [least, most] = [tariffs[0], tariffs.at(-1)];
  return least === undefined || most === undefined ? null : { least, most };
}
