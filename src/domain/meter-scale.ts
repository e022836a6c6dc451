import { groupBy } from './group-by.ts';

/** One scale (zone) of a meter, among those of an account. */
export type ScaleName = { service: string; number: string; scale: string };

/** What a zone of billing's is called on the display of a meter: «пик» is «Т1». */
export type MeterZone = { scale: string; display: string };

/** Zones in the order of the display; `CENTRE_FILE` may say others (`meterZones`). A meter has Т1 and Т2 of day and night, or all of the rest. */
export const METER_ZONES: readonly MeterZone[] = [
  { scale: 'день', display: 'Т1' },
  { scale: 'пик', display: 'Т1' },
  { scale: 'ночь', display: 'Т2' },
  { scale: 'полупик', display: 'Т3' },
];

/** A zone as people read it on the meter, on one line: `Т1 (пик)`; one that is not in the settings is called as billing calls it. */
export function zoneName(scale: string, zones: readonly MeterZone[]): string {
  const display = zoneDisplay(scale, zones);
  return display === '' || sameWord(display, scale) ? scale : `${display}\u00a0(${scale})`;
}

/** What the display calls a zone; empty where that is not known. */
export function zoneDisplay(scale: string, zones: readonly MeterZone[]): string {
  return zones.find((zone) => sameWord(zone.scale, scale))?.display ?? (isDisplay(scale, zones) ? scale : '');
}

/** The order in which people are asked for them and read of them: by service, meter by meter, zone by zone as the display shows them. */
export function byScale(zones: readonly MeterZone[]): (one: ScaleName, other: ScaleName) => number {
  return (one, other) =>
    compare(one.service, other.service) ||
    compare(one.number, other.number) ||
    rank(one.scale, zones) - rank(other.scale, zones) ||
    compare(one.scale, other.scale);
}

/** What is listed by services: of one month and one supplier, where the rows have any; `service` is null for what is of none. */
type OfService = { service: string | null; period?: string; supplier?: string };

/**
 * The zones of a service that billing charges zone by zone, «Электроснабжение (ночь)», together where the first of them stood, in the order of the
 * display; month by month and supplier by supplier. All other rows stay in their order.
 */
export function inZoneOrder<Row extends OfService>(rows: readonly Row[], zones: readonly MeterZone[]): Row[] {
  const placed = rows.map((row) => {
    const zone = serviceZone(row.service ?? '', zones);
    return { row, rank: rank(zone?.scale ?? '', zones), of: zone && JSON.stringify([row.period, row.supplier, zone.service]) };
  });
  const together = groupBy(placed, ({ of }) => of);
  return placed.flatMap((each) => {
    if (each.of === undefined) return [each.row];
    const own = together.get(each.of) ?? [];
    return own[0] === each ? own.toSorted((one, other) => one.rank - other.rank).map(({ row }) => row) : [];
  });
}

/** A service that is charged by zones, with the zone as it is called on the meter: `Электроснабжение, Т2 (ночь)`. */
export function serviceName(service: string, zones: readonly MeterZone[]): string {
  const found = serviceZone(service, zones);
  return found ? `${found.service}, ${zoneName(found.scale, zones)}` : service;
}

export function sameScale(one: Omit<ScaleName, 'service'>, other: Omit<ScaleName, 'service'>): boolean {
  return one.number === other.number && one.scale === other.scale;
}

/** The end of a meter's number: enough to recognise it at home, for a person who knows the account's number only. */
export function maskMeterNumber(number: string): string {
  return number.length > 4 ? `•••${Array.from(number).slice(-4).join('')}` : number;
}

function serviceZone(service: string, zones: readonly MeterZone[]): { service: string; scale: string } | undefined {
  const [, name, scale] = /^(.*\S)\s*\(([^()]+)\)$/u.exec(service) ?? [];
  if (name === undefined || scale === undefined || zoneDisplay(scale, zones) === '') return undefined;
  return { service: name, scale };
}

function isDisplay(scale: string, zones: readonly MeterZone[]): boolean {
  return zones.some(({ display }) => sameWord(display, scale));
}

/** Billing may write a Latin T. */
function sameWord(one: string, other: string): boolean {
  const plain = (word: string) => word.trim().toLowerCase().replaceAll('ё', 'е').replace(/^t/, 'т');
  return plain(one) === plain(other);
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function rank(scale: string, zones: readonly MeterZone[]): number {
  const display = zoneDisplay(scale, zones);
  const at = zones.findIndex((zone) => display !== '' && sameWord(zone.display, display));
  return at < 0 ? zones.length : at;
}
