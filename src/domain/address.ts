import { isFilling, isSameWord } from './said-words.ts';

const MASK = '•••';

/** A word that is followed by the number of a flat, a room or premises; `кв-л` is a quarter of a town. */
const FLAT =
  /(?<![\p{L}\p{N}])(?:квартира|кв-ра|кв(?!-л)|комната|комн|ком|помещение|помещ|пом|офис|оф)(?![\p{L}\p{N}-])[\s.№]*|(?<![\p{L}\p{N}])(?:кв|ком|пом|оф)\.?\s*№?\s*(?=\d)/iu;
/** A word that is followed by the number of a house. */
const HOUSE =
  /(?<![\p{L}\p{N}])(?:домовладение|домовл|дом|д|владение|влад|вл)(?![\p{L}\p{N}-])[\s.№]*(?=\d)|(?<![\p{L}\p{N}])(?:дом|д)\.?\s*№?\s*(?=\d)/giu;

/**
 * The address as it may be shown to somebody who has just proved to know an account: without the number of the flat
 * and all that follows it; where there is no flat, without the number of the house. Where neither is found, the last part is hidden.
 */
export function maskAddress(address: string): string {
  const flat = FLAT.exec(address);
  if (flat) return `${address.slice(0, flat.index + flat[0].length)}${MASK}`;
  // The last of them: `д. Дубки, д. 5` begins with a village (деревня).
  const house = [...address.matchAll(HOUSE)].at(-1);
  if (house) return `${address.slice(0, house.index + house[0].length)}${MASK}`;
  const comma = address.lastIndexOf(',');
  if (comma >= 0) return `${address.slice(0, comma)}, ${MASK}`;
  const number = /^(.*?\p{L}.*\s)\d[^\s]*$/u.exec(address.trim());
  return number ? `${number[1]}${MASK}` : MASK;
}

/** Where an account is, without the flat: its street, and its house with the street; null where no number of a house is found. */
export function streetAndHouseOf(address: string): { street: string; house: string | null } {
  const flat = FLAT.exec(address);
  const building = bareEnd(flat ? address.slice(0, flat.index) : address);
  const worded = [...building.matchAll(HOUSE)].at(-1);
  if (worded) return { street: bareEnd(building.slice(0, worded.index)), house: building };
  // Without words: `ул. Ленина, 5, 12`, `ул. Мира 17`.
  const parts = building.split(',');
  const numbered = parts.findIndex((part, i) => i > 0 && /^\s*\d[^\s]*\s*$/.test(part));
  if (numbered > 0) return { street: bareEnd(parts.slice(0, numbered).join(',')), house: parts.slice(0, numbered + 1).join(',') };
  const [, street] = /^(.*?\p{L}.*)\s\d[^\s]*$/u.exec(building) ?? [];
  return street === undefined ? { street: building, house: null } : { street: bareEnd(street), house: building };
}

/** The number of the flat (room, premises); undefined where there is none. */
function flatOf(address: string): string | undefined {
  const flat = FLAT.exec(address);
  return flat ? /^[\p{L}\p{N}/-]+/u.exec(address.slice(flat.index + flat[0].length))?.[0]?.toLowerCase() : undefined;
}

/** The number of the house; undefined where none is found. */
function houseNumberOf(address: string): string | undefined {
  const { street, house } = streetAndHouseOf(address);
  return house
    ?.slice(street.length)
    .replace(/^[\s,;]+/u, '')
    .replace(HOUSE_WORD, '')
    .trim();
}

const HOUSE_WORD = /^(?:домовладение|домовл|дом|д|владение|влад|вл)(?!\p{L})[\s.№]*/iu;

/** As short as one's own address can be told: `Портовая 5, кв. 17`; null where no house is found in it. */
export function briefAddress(address: string): string | null {
  const { street } = streetAndHouseOf(address);
  const name = street
    .split(',')
    .at(-1)
    ?.trim()
    .replace(/^(?:улица|ул)(?!\p{L})[.\s]*/iu, '');
  const number = houseNumberOf(address);
  if (!name || !number) return null;
  const flat = flatOf(address);
  return `${name} ${number}${flat === undefined ? '' : `, кв. ${flat}`}`;
}

/**
 * Whether what was typed means this address: a flat (`кв 40`, `40`), of a private house its number (`40`), a street and a house (`Мира 5`, «на
 * Портовой»), or all three (`Мира 5-40`).
 */
export function meansAddress(typed: string, address: string): boolean {
  const flat = flatOf(address);
  const building = streetAndHouseOf(address).house ?? address;
  const own = wordsOf(building);
  const fits = (place: string) => {
    const parts = placeSearch(place).parts.filter((part) => !isFilling(part));
    return parts.length > 0 && parts.every((part) => own.some((word) => isPartOf(part, word) || isSameWord(part, word)));
  };
  const named = FLAT.exec(typed);
  if (named) {
    const place = typed.slice(0, named.index);
    return flat !== undefined && flat === flatOf(typed) && (wordsOf(place).length === 0 || fits(place));
  }
  if (/^\d+$/.test(typed.trim())) return (flat ?? houseNumberOf(address)) === typed.trim();
  const [, place, last] = /^(.*\p{L}.*\s\d[\p{L}\d/]*)\s*[-–—,\s]\s*(\d+[\p{L}]?)$/u.exec(typed.trim()) ?? [];
  if (place !== undefined && flat !== undefined && flat === last?.toLowerCase() && fits(place)) return true;
  return fits(typed);
}

/** Whether the number of its house is among what was typed: of `Портовая 5` house 5, and not block 5 of another one. */
export function isHouseNamed(typed: string, address: string): boolean {
  const [number] = wordsOf(houseNumberOf(address) ?? '');
  return number !== undefined && wordsOf(typed).some((word) => word === number || word.startsWith(`${number}-`));
}

const bareEnd = (text: string): string => text.replace(/[\s,;]+$/u, '').trim();

/** What tells two streets or houses apart, however they are punctuated: `г приморск-на-миусе ул портовая д 5`. */
export function placeKey(place: string): string {
  return wordsOf(place).join(' ');
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*/gu) ?? []
  );
}

/** Words that say what something is, not which. */
const KINDS =
  /^(г|гор|город|ул|улица|пер|переулок|пр|пр-т|пр-кт|проспект|пл|площадь|ш|шоссе|б-р|бул|бульвар|проезд|мкр|микрорайон|кв-л|квартал|д|дом|корп|корпус|к|стр|строение|влд|владение)$/u;

/** What people type to name a street or a house: `портовая 5`. A word may be the beginning of one, a number is whole. */
export function placeSearch(typed: string): { parts: readonly string[]; fits: (place: string) => boolean } {
  const parts = wordsOf(typed).filter((word) => !KINDS.test(word));
  const fits = (place: string) => {
    const words = wordsOf(place);
    return parts.every((part) => words.some((word) => isPartOf(part, word)));
  };
  return { parts, fits };
}

/** A number is whole, a word may be the beginning of one. */
function isPartOf(part: string, word: string): boolean {
  return /^\d/.test(part) ? word === part : word.startsWith(part);
}
