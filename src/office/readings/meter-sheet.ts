import { addDays, type LocalDay } from '../../domain/local-day.ts';
import { byScale, type MeterZone, sameScale, zoneDisplay } from '../../domain/meter-scale.ts';
import { type Period, periodOf, shiftPeriod } from '../../domain/period.ts';
import { readDecimal, type Thousandths } from '../../domain/reading.ts';
import type { WindowDays } from '../../domain/readings-window.ts';
import { monthlyUses, type PastValue, unusualSince } from '../../domain/usual-use.ts';
import { listChargesBetween } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import { listMeterValues } from '../../records/meter-values.ts';
import { listMeters, type MeterScale } from '../../records/meters.ts';
import { listReadings, RESIDENT, type Reading } from '../../records/readings.ts';

/** `day` is null where the registry of meters does not tell it. */
export type LastValue = { value: Thousandths; day: LocalDay | null };

/** One scale of a meter, as it is shown to who hands in its reading. */
export type SheetScale = {
  number: string;
  /** As billing calls it: «день», «ночь», …; empty for a meter with one scale. */
  scale: string;
  /** The same as the meter's display calls it, «Т2»; empty where that is not known. */
  display: string;
  service: string;
  digits: number | null;
  last: LastValue | null;
  /** From how much used since the last value on it is asked again. */
  unusual: Thousandths | null;
  /** What was handed in within this window, unless billing refused it; it may be corrected. */
  given: Thousandths | null;
  /** Another resident of the account handed it in. */
  givenByOther: boolean;
  /** The day on which its verification ran out (ПП 354: billing need not count such a meter's readings). */
  overdue: LocalDay | null;
};

/** The past that tells what is usual. */
const PAST_MONTHS = 12;

/** All scales of an account's meters on a day of a window, with what this resident of the account may know. */
export async function readMeterSheet(
  db: Db,
  { account, residentId, zones }: { account: string; residentId: string | null; zones: readonly MeterZone[] },
  today: LocalDay,
  window: WindowDays,
): Promise<SheetScale[]> {
  const meters = await listMeters(db, account);
  if (meters.length === 0) return [];
  const since = addDays(today, -31 * (PAST_MONTHS + 1));
  const values = await listMeterValues(db, account, since);
  const readings = (await listReadings(db, account, since)).filter(({ submittedBy }) => submittedBy === RESIDENT);
  const volumes = await monthlyVolumes(db, account, periodOf(today));

  return meters.toSorted(byScale(zones)).map((meter) => {
    const same = (row: { number: string; scale: string }) => sameScale(row, meter);
    const own = readings.filter(same);
    const given = own.find(({ windowOpens }) => windowOpens === window.opens);
    const earlier = own.filter(({ windowOpens, state }) => windowOpens < window.opens && state !== 'refused').map(pastOf);
    const past = [...values.filter(same).map(pastOf), ...earlier].filter(({ day }) => day < window.opens);
    const last = lastOf(meter, earlier, given, window);
    return {
      number: meter.number,
      scale: meter.scale,
      display: zoneDisplay(meter.scale, zones),
      service: meter.service,
      digits: meter.digits,
      last,
      unusual:
        last &&
        unusualSince({ service: meter.service, last: last.day, today }, monthlyUses(past), volumes.get(meter.service) ?? []),
      given: given && given.state !== 'refused' ? readDecimal(given.value) : null,
      givenByOther: given !== undefined && given.state !== 'refused' && given.residentId !== residentId,
      overdue: meter.verificationDue !== null && meter.verificationDue < today ? meter.verificationDue : null,
    };
  });
}

/** The same for somebody who only knows the number: neither values nor what can be guessed from them; `given` is that person's own. */
export async function readGuestSheet(
  db: Db,
  { account, submittedBy, zones }: { account: string; submittedBy: string; zones: readonly MeterZone[] },
  window: WindowDays,
): Promise<SheetScale[]> {
  const own = (await listReadings(db, account, window.opens)).filter((each) => each.submittedBy === submittedBy);
  return (await listMeters(db, account)).toSorted(byScale(zones)).map(({ number, scale, service, digits }) => {
    const given = own.find((each) => sameScale(each, { number, scale }));
    return {
      number,
      scale,
      display: zoneDisplay(scale, zones),
      service,
      digits,
      last: null,
      unusual: null,
      given: given && given.state !== 'refused' ? readDecimal(given.value) : null,
      givenByOther: false,
      overdue: null,
    };
  });
}

/**
 * The newest of what billing has and what was handed in before this window. Once billing knows a reading of this window, its own value
 * is that reading: a correction is held against what the reading was held against. What billing refused it does not know. A value
 * without a day is older than any with one.
 */
function lastOf(
  { value, valueDay }: MeterScale,
  earlier: readonly PastValue[],
  given: Reading | undefined,
  window: WindowDays,
): LastValue | null {
  const billed = value === null ? null : { value: readDecimal(value), day: valueDay };
  const mayBeGiven = billed !== null && (billed.day === null || billed.day >= window.opens);
  if (given && given.state !== 'refused' && mayBeGiven) {
    const { previousValue, previousDay } = given;
    return previousValue === null ? null : { value: readDecimal(previousValue), day: previousDay };
  }
  const inOrder = [...earlier, ...(billed ? [billed] : [])].toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1));
  return inOrder.at(-1) ?? null;
}

function pastOf({ day, value }: { day: string; value: string }): PastValue {
  return { day, value: readDecimal(value) };
}

/** By service: how much billing charged for in each of the past months. */
async function monthlyVolumes(db: Db, account: string, now: Period): Promise<Map<string, Thousandths[]>> {
  const months = new Map<string, Map<string, Thousandths>>();
  for (const { service, period, volume } of await listChargesBetween(db, account, shiftPeriod(now, -PAST_MONTHS), now)) {
    if (volume === null || volume.startsWith('-')) continue;
    const ofService = months.get(service) ?? new Map<string, Thousandths>();
    ofService.set(period, (ofService.get(period) ?? 0) + readDecimal(volume));
    months.set(service, ofService);
  }
  return new Map([...months].map(([service, byMonth]) => [service, [...byMonth.values()]]));
}
