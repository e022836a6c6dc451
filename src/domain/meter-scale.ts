/** One scale (zone) of a meter, among those of an account. */
export type ScaleName = { service: string; number: string; scale: string };

/** In the order in which zones are written on paper; others after them. */
const ZONES = ['день', 'полупик', 'пик', 'ночь'];

/** The order in which people are asked for them and read of them: by service, meter by meter, zone by zone. */
export function compareScales(one: ScaleName, other: ScaleName): number {
  return compare(one.service, other.service) || compare(one.number, other.number) || rank(one.scale) - rank(other.scale);
}

export function sameScale(one: Omit<ScaleName, 'service'>, other: Omit<ScaleName, 'service'>): boolean {
  return one.number === other.number && one.scale === other.scale;
}

/** The end of a meter's number: enough to recognise it at home, for a person who knows the account's number only. */
export function maskMeterNumber(number: string): string {
  return number.length > 4 ? `•••${number.slice(-4)}` : number;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function rank(scale: string): number {
  return ZONES.indexOf(scale.toLowerCase()) + 1 || ZONES.length + 1;
}
