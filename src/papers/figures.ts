import { formatMoney, type Kopecks } from '../domain/money.ts';

/** Money in a column whose head names the currency: `1 234,56`. */
export function writeSum(kopecks: Kopecks): string {
  return formatMoney(kopecks).replace('\u00a0₽', '');
}

/** Money in a sentence, on one line: `1 234,56 ₽`. */
export function writeMoney(kopecks: Kopecks): string {
  return formatMoney(kopecks);
}

/** An address of which `ул. Портовая`, `д. 5`, `кв. 17` are not torn apart at the end of a line. */
export function writeAddress(address: string): string {
  return address.replace(/(\p{L}\.|№|(?<!\p{L})(?:д|кв|корп|к|стр|лит|комн?)) +(?=\S{1,20}(?:[,\s]|$))/gu, '$1\u00a0');
}

/** What ends a sentence of its own: without its full stop, which is the sentence's. */
export function withoutStop(words: string): string {
  return words.replace(/\.\s*$/u, '');
}

/** A day `YYYY-MM-DD` as papers have it: `05.11.2026`. */
export function writeDay(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) throw new RangeError('not a day');
  return `${match[3]}.${match[2]}.${match[1]}`;
}
