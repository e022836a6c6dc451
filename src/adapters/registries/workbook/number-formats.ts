/** What of a cell's number format changes what its number means. */
export type CellStyle = { shows: 'number' } | { shows: 'day' | 'month' | 'time' } | { shows: 'digits'; digits: number };

const NUMBER: CellStyle = { shows: 'number' };
/** Formats that have no code in the file: days of any country, times. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 16) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
const isBuiltInTime = (id: number): boolean => (id >= 18 && id <= 21) || (id >= 45 && id <= 47);

const LONGEST_CODE = 255;

export function styleOf(id: number, code: string | undefined): CellStyle {
  if (code === undefined) {
    if (id === 17) return { shows: 'month' };
    if (isBuiltInDay(id)) return { shows: 'day' };
    return isBuiltInTime(id) ? { shows: 'time' } : NUMBER;
  }
  // Excel takes no longer ones; a bracket without its other half would be looked for from each of them to the end.
  if (code.length > LONGEST_CODE) return NUMBER;
  // The first of up to four is for what is positive. Words and colours are no letters of a date.
  const plain = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .toLowerCase();
  if (/^0{2,}$/.test(plain)) return { shows: 'digits', digits: plain.length };
  if (plain.startsWith('general')) return NUMBER;
  if (/d/.test(plain)) return { shows: 'day' };
  if (/y/.test(plain)) return { shows: 'month' };
  return /[hs]/.test(plain) ? { shows: 'time' } : NUMBER;
}

/** Up to 15 digits are sure; Excel itself shows no more. */
const SURE_DIGITS = 15;

/** A number of a cell as it is shown, or as a date; what has lost digits keeps the power of ten that says so. */
export function showNumber(text: string, style: CellStyle, from1904: boolean): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (style.shows === 'day' || style.shows === 'month') return showDay(value, style.shows, from1904) ?? plain(value);
  if (style.shows === 'digits' && Number.isInteger(value) && value >= 0) return plain(value).padStart(style.digits, '0');
  return plain(value);
}

function plain(value: number): string {
  if (Math.abs(value) >= 10 ** SURE_DIGITS) return value.toExponential(5).replace('.', ',').replace('e', 'E');
  const rounded = Number(value.toPrecision(SURE_DIGITS));
  // Tiny numbers would be written with a power of ten, too.
  const digits = Math.abs(rounded) < 1e-6 ? rounded.toFixed(15) : String(rounded);
  return (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits).replace(/^-0$/, '0').replace('.', ',');
}

const DAY_MS = 86_400_000;
/** Before March 1900 Excel counts a day that there was none of; nobody's registry goes back as far. */
const LATEST = 2_958_465;

function showDay(value: number, shows: 'day' | 'month', from1904: boolean): string | undefined {
  const days = Math.floor(value + 1e-9) + (from1904 ? 1_462 : 0);
  if (days < 61 || days > LATEST) return undefined;
  const day = new Date(Date.UTC(1899, 11, 30) + days * DAY_MS).toISOString().slice(0, 10);
  return shows === 'month' ? day.slice(0, 7) : day;
}
