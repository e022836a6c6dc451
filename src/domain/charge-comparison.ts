import { accruedOf, addSums, type Charge } from './charge.ts';
import { addDecimals } from './decimal.ts';
import { groupBy } from './group-by.ts';
import { type Kopecks, sumOf } from './money.ts';

/** One reason, and by how much it alone makes the month dearer (below zero: cheaper). */
export type ChangePart = { sumKopecks: Kopecks } & (
  | { why: 'new'; volume: string | null; unit: string | null; tariff: string | null }
  | { why: 'gone' }
  | { why: 'volume'; before: string; now: string; unit: string | null }
  | { why: 'tariff'; before: string; now: string; unit: string | null }
  /** Charged otherwise, and neither volume nor tariff tell why. */
  | { why: 'charge' }
  | { why: 'recalculation'; beforeKopecks: Kopecks; nowKopecks: Kopecks; grounds: string | null }
  | { why: 'benefit'; beforeKopecks: Kopecks; nowKopecks: Kopecks }
);

/** What a month takes for one service: charged + recalculated − benefit; `parts` add up to `changeKopecks`. */
export type ServiceChange = { service: string; changeKopecks: Kopecks; parts: readonly ChangePart[] };

/**
 * `services` holds those that changed, the biggest change first; the penalty of all of them stands apart. Their changes and that of the
 * penalty add up to `now − before`.
 */
export type ChargeComparison = {
  beforeKopecks: Kopecks;
  nowKopecks: Kopecks;
  penalty: { beforeKopecks: Kopecks; nowKopecks: Kopecks };
  services: readonly ServiceChange[];
};

type Compared = Omit<Charge, 'period' | 'supplier' | 'service' | 'norm'>;

/** By rounding alone, volume × tariff may miss what was charged by so much. */
const ROUNDING_KOPECKS = 2;
/** Beyond this share of the sum it is reckoned otherwise: a coefficient, another period, a norm for a part of the month. */
const MISSED_SHARE = 0.01;

/** Why one month was charged otherwise than the month before, by service. Exact to the kopeck. */
export function compareCharges(before: readonly Charge[], now: readonly Charge[]): ChargeComparison {
  const [earlier, later] = [byService(before), byService(now)];
  const services = [...new Set([...later.keys(), ...earlier.keys()])].map((service): ServiceChange => {
    const parts = partsOf(earlier.get(service) ?? NONE, later.get(service) ?? NONE);
    return { service, changeKopecks: sumOf(parts.map((part) => part.sumKopecks)), parts };
  });
  return {
    beforeKopecks: sumOf(before.map(accruedOf)),
    nowKopecks: sumOf(now.map(accruedOf)),
    penalty: { beforeKopecks: sumOf(before.map(penaltyOf)), nowKopecks: sumOf(now.map(penaltyOf)) },
    services: services.filter(({ parts }) => parts.length > 0).toSorted(biggestFirst),
  };
}

function biggestFirst(a: ServiceChange, b: ServiceChange): number {
  const biggestPart = ({ parts }: ServiceChange) => Math.max(...parts.map((part) => Math.abs(part.sumKopecks)));
  return Math.abs(b.changeKopecks) - Math.abs(a.changeKopecks) || biggestPart(b) - biggestPart(a);
}

function partsOf(before: Compared, now: Compared): ChangePart[] {
  const parts: ChangePart[] = [
    ...chargeParts(before, now),
    {
      why: 'recalculation',
      sumKopecks: now.recalculatedKopecks - before.recalculatedKopecks,
      beforeKopecks: before.recalculatedKopecks,
      nowKopecks: now.recalculatedKopecks,
      grounds: now.recalculatedKopecks === 0 ? null : now.grounds,
    },
    {
      why: 'benefit',
      sumKopecks: before.benefitKopecks - now.benefitKopecks,
      beforeKopecks: before.benefitKopecks,
      nowKopecks: now.benefitKopecks,
    },
  ];
  return parts.filter((part) => part.sumKopecks !== 0).toSorted((a, b) => Math.abs(b.sumKopecks) - Math.abs(a.sumKopecks));
}

/** Of what was charged: as much as the volume explains at the old tariff, the rest of it by the tariff, and what neither does. */
function chargeParts(before: Compared, now: Compared): ChangePart[] {
  const change = now.chargedKopecks - before.chargedKopecks;
  if (before.chargedKopecks === 0)
    return [{ why: 'new', sumKopecks: change, volume: now.volume, unit: now.unit, tariff: now.tariff }];
  if (now.chargedKopecks === 0) return [{ why: 'gone', sumKopecks: change }];

  const [earlier, later] = [calculated(before), calculated(now)];
  if (!earlier || !later || before.unit !== now.unit) return [{ why: 'charge', sumKopecks: change }];
  const byVolume = Math.round((later.volume - earlier.volume) * earlier.tariff);
  const byTariff = Math.round(later.volume * (later.tariff - earlier.tariff));
  const rest = change - byVolume - byTariff;
  // What rounding alone makes is no reason of its own.
  const carrier = Math.abs(rest) > ROUNDING_KOPECKS ? 'charge' : byTariff !== 0 ? 'tariff' : byVolume !== 0 ? 'volume' : 'charge';
  const restOf = (why: 'volume' | 'tariff' | 'charge') => (why === carrier ? rest : 0);
  const { unit } = now;
  return [
    { why: 'volume', sumKopecks: byVolume + restOf('volume'), before: before.volume ?? '', now: now.volume ?? '', unit },
    { why: 'tariff', sumKopecks: byTariff + restOf('tariff'), before: before.tariff ?? '', now: now.tariff ?? '', unit },
    { why: 'charge', sumKopecks: restOf('charge') },
  ];
}

/** Volume, and tariff in kopecks, where together they are what was charged; undefined where something else is, or they are not known. */
function calculated({ volume, tariff, chargedKopecks }: Compared): { volume: number; tariff: number } | undefined {
  if (volume === null || tariff === null) return undefined;
  const numbers = { volume: Number(volume), tariff: Number(tariff) * 100 };
  const missed = Math.abs(chargedKopecks - numbers.volume * numbers.tariff);
  return missed <= Math.max(ROUNDING_KOPECKS, Math.abs(chargedKopecks) * MISSED_SHARE) ? numbers : undefined;
}

/** Suppliers of one service are one line; volumes add up only where unit and tariff are the same. */
function byService(rows: readonly Charge[]): Map<string, Charge> {
  return new Map([...groupBy(rows, ({ service }) => service)].map(([service, own]) => [service, own.reduce(together)]));
}

function together(a: Charge, b: Charge): Charge {
  const alike = a.unit === b.unit && a.tariff !== null && Number(a.tariff) === Number(b.tariff);
  return {
    ...a,
    ...addSums([a, b]),
    grounds: [...new Set([a.grounds, b.grounds].filter((each) => each !== null))].join('; ') || null,
    volume: alike && a.volume !== null && b.volume !== null ? addDecimals([a.volume, b.volume]) : null,
    unit: alike ? a.unit : null,
    tariff: alike ? a.tariff : null,
  };
}

/** Of a service that was not charged. */
const NONE = { ...addSums([]), grounds: null, volume: null, unit: null, tariff: null };

const penaltyOf = (row: Charge): Kopecks => row.penaltyKopecks;
