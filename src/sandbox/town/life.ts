import { makePeriod, type Period, shiftPeriod } from '../../domain/period.ts';
import type { Dice } from './dice.ts';
import { groundsFor } from './grounds.ts';
import type { Household } from './household.ts';
import { payMonth } from './paying.ts';
import type { TownCharge, TownMeter, TownPayment } from './rows.ts';
import { FLAT_SERVICES, HOUSE_SERVICES, isWinter, LIGHT_BY_ZONES, METERED, type Service, tariffOf } from './services.ts';

const FIRST: Period = makePeriod(2025, 10);
/** The latest period of the registry. */
export const LAST: Period = makePeriod(2026, 10);

export type Life = { charges: TownCharge[]; payments: TownPayment[]; meters: TownMeter[] };

/** Thirteen months of one household: what it used, what was charged, what it paid. Months follow from each other to the kopeck. */
export function live(dice: Dice, household: Household): Life {
  const services = servicesOf(household);
  const charges: TownCharge[] = [];
  const payments: TownPayment[] = [];
  const used = new Map<string, number>();
  let month: TownCharge[] = [];

  for (let period = household.since ? (household.since as Period) : FIRST; period <= LAST; period = shiftPeriod(period, 1)) {
    if (household.closed && period > shiftPeriod(household.closed.period as Period, 1)) break;
    const paid = payMonth(dice, household, period, month);
    payments.push(...paid);
    month = chargeMonth(dice, household, { period, paid: sumOf(paid), before: month, charges });
    for (const { service, volume } of month) used.set(service.name, (used.get(service.name) ?? 0) + volume);
    charges.push(...month);
  }
  payments.push(...payMonth(dice, household, shiftPeriod(LAST, 1), household.closed ? [] : month));
  return { charges, payments, meters: household.closed ? [] : makeMeters(dice, household, services, used) };
}

function servicesOf({ flat, zones }: Household): Service[] {
  return [...(flat ? FLAT_SERVICES : HOUSE_SERVICES), ...LIGHT_BY_ZONES[zones].map((zone) => zone.service)];
}

/** What is charged for a month, a line a service, after what was paid in it of the month `before`; `charges` are all months until then. */
export function chargeMonth(
  dice: Dice,
  household: Household,
  month: { period: Period; paid: number; before: readonly TownCharge[]; charges: readonly TownCharge[] },
): TownCharge[] {
  const { period, before, charges } = month;
  const services = servicesOf(household);
  const shares = share(month.paid, before, services.length);
  const drink = drawVolumes(dice, household, services, period);
  const moved = household.closed !== undefined && period > household.closed.period;
  return services.map((service, index) => {
    const opening = before[index]?.due ?? 0;
    const volume = moved ? 0 : drink[index]!;
    const tariff = tariffOf(service, period);
    const charged = Math.round((volume * tariff) / 1000);
    const recalculate = charged > 0 && dice.percent(1.5);
    const recalculated = recalculate ? -Math.round((charged * dice.between(5, 40)) / 100) : 0;
    const benefit = household.benefit && service.by !== 'meter' ? Math.floor((charged + recalculated) / 2) : 0;
    const penalty = penaltyOf(charges, service, opening);
    const paid = shares[index]!;
    return {
      account: household.account,
      period,
      service,
      opening,
      charged,
      recalculated,
      grounds: recalculate ? dice.pick(groundsFor(service, household)) : '',
      benefit,
      penalty,
      paid,
      due: opening + charged + recalculated - benefit + penalty - paid,
      volume,
      tariff,
    };
  });
}

/** What the month took of each service, in thousandths of a unit. */
function drawVolumes(dice: Dice, household: Household, services: readonly Service[], period: Period): number[] {
  const volumes = services.map((service) => drawVolume(dice, household, service, period));
  // What flows in flows out.
  const drain = services.findIndex((service) => service.name === 'Водоотведение');
  if (drain >= 0 && household.metered) {
    volumes[drain] = services.reduce((sum, { name }, index) => sum + (name.endsWith('водоснабжение') ? volumes[index]! : 0), 0);
  }
  return volumes;
}

function drawVolume(dice: Dice, household: Household, service: Service, period: Period): number {
  const area = household.areaTenths * 100;
  if (service.by === 'area') return area;
  if (service.by === 'people') return household.residents * 1000;
  if (service.by === 'heating') return isWinter(period) ? Math.round(area * (service.norm ?? 0)) : 0;
  if (!household.metered && service.norm !== undefined) return Math.round(service.norm * 1000 * household.residents);
  const seasonal = isWinter(period) ? (service.winter ?? 1) : 1;
  return Math.round((household.residents * (service.usual ?? 0) * seasonal * dice.between(70, 130)) / 100);
}

/** Debts first, in the order of the services; what is left is an advance on the first. */
function share(sum: number, month: readonly TownCharge[], services: number): number[] {
  const shares = Array.from({ length: services }, () => 0);
  let left = sum;
  for (const [index, charge] of month.entries()) {
    const part = Math.min(Math.max(charge.due, 0), left);
    shares[index] = part;
    left -= part;
  }
  shares[0] = (shares[0] ?? 0) + left;
  return shares;
}

/** On what has been owed for more than two months, 9.5 % a year by three-hundredths a day. */
function penaltyOf(charges: readonly TownCharge[], service: Service, opening: number): number {
  const recent = charges
    .filter((charge) => charge.service === service)
    .slice(-2)
    .reduce((sum, charge) => sum + charge.charged, 0);
  return opening > recent ? Math.round(((opening - recent) * 0.095 * 30) / 300) : 0;
}

function makeMeters(
  dice: Dice,
  household: Household,
  services: readonly Service[],
  used: ReadonlyMap<string, number>,
): TownMeter[] {
  const valueDay = `${dice.between(20, 25)}.10.2026`;
  const verification = (): string =>
    `${String(dice.between(1, 28)).padStart(2, '0')}.${String(dice.between(1, 12)).padStart(2, '0')}.${dice.between(2026, 2036)}`;
  const meter = (service: string, scale: string, number: string, digits: number, due: string): TownMeter => {
    const start = dice.between(1, 10 ** digits - 1) * 1000;
    const value = (start + (used.get(service) ?? 0)) % (10 ** digits * 1000);
    return { account: household.account, number, service, scale, digits, verification: due, value, valueDay };
  };
  const own = services.filter((service) => METERED.includes(service.name) && (household.metered || service.norm === undefined));
  const meters = own.map((service) => meter(service.name, '', String(dice.between(10_000_000, 99_999_999)), 5, verification()));
  const light = { number: `0${dice.between(100_000_000, 999_999_999)}`, due: verification() };
  const zones = LIGHT_BY_ZONES[household.zones].map((zone) => {
    return { ...meter(zone.service.name, zone.scale, light.number, 6, light.due), service: 'Электроснабжение' };
  });
  return [...meters, ...zones];
}

function sumOf(payments: readonly TownPayment[]): number {
  return payments.reduce((sum, payment) => sum + payment.sum, 0);
}
