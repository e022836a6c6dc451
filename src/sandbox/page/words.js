/** The town lives by Moscow time, and so do the bot's texts; the reader's own zone would contradict them. */
const ZONE = 'Europe/Moscow';

const CLOCK = new Intl.DateTimeFormat('ru', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('ru', { timeZone: ZONE, day: 'numeric', month: 'long' });
const DAY_OF_YEAR = new Intl.DateTimeFormat('ru', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const LONG_DAY = new Intl.DateTimeFormat('ru', {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const WEEKDAY = new Intl.DateTimeFormat('ru', { timeZone: ZONE, weekday: 'short', day: 'numeric', month: 'long' });
const ISO_DAY = new Intl.DateTimeFormat('sv', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const PLURAL = new Intl.PluralRules('ru');
const NUMBER = new Intl.NumberFormat('ru', { minimumFractionDigits: 0, maximumFractionDigits: 1 });

/** @param {number} unixSeconds @returns {string} `14:05` */
export const clockOf = (unixSeconds) => CLOCK.format(unixSeconds * 1000);

/** @param {number} unixSeconds @returns {string} `2026-11-05`, the day in the town */
export const dayKey = (unixSeconds) => ISO_DAY.format(unixSeconds * 1000);

/** @param {number} unixSeconds @returns {string} `пн, 23 ноября` */
export const weekdayOf = (unixSeconds) => WEEKDAY.format(unixSeconds * 1000);

/** @param {number} unixSeconds @returns {string} `понедельник, 23 ноября 2026` */
export const longDayOf = (unixSeconds) => LONG_DAY.format(unixSeconds * 1000).replace(' г.', '');

/**
 * @param {string} day `2026-11-24`
 * @param {string} time `09:00`
 * @returns {number} Unix seconds of that time in the town; NaN when it is no time
 */
export function momentOf(day, time) {
  const asUtc = Date.parse(`${day}T${time}:00Z`) / 1000;
  if (Number.isNaN(asUtc)) return Number.NaN;
  const shown = Date.parse(`${dayKey(asUtc)}T${clockOf(asUtc)}:00Z`) / 1000;
  return asUtc - (shown - asUtc);
}

/**
 * @param {number} unixSeconds
 * @param {number} nowSeconds
 * @returns {string} «Сегодня», «Вчера», «5 ноября», «5 ноября 2025 г.»
 */
export function dayOf(unixSeconds, nowSeconds) {
  const day = dayKey(unixSeconds);
  if (day === dayKey(nowSeconds)) return 'Сегодня';
  if (day === dayKey(nowSeconds - 86_400)) return 'Вчера';
  const format = day.slice(0, 4) === dayKey(nowSeconds).slice(0, 4) ? DAY : DAY_OF_YEAR;
  return format.format(unixSeconds * 1000);
}

/** @param {number} unixSeconds @param {number} nowSeconds @returns {string} the clock today, the day before that */
export const stampOf = (unixSeconds, nowSeconds) =>
  dayKey(unixSeconds) === dayKey(nowSeconds) ? clockOf(unixSeconds) : dayOf(unixSeconds, nowSeconds).replace(' г.', '');

/** @param {number} count @param {string} one @param {string} few @param {string} many @returns {string} `3 сообщения` */
export function count(count, one, few, many) {
  const form = PLURAL.select(count);
  return `${count} ${form === 'one' ? one : form === 'few' ? few : many}`;
}

/** @param {number | undefined} bytes @returns {string} `12,3 КБ` */
export function sizeOf(bytes) {
  if (bytes === undefined) return '';
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 * 1024) return `${NUMBER.format(bytes / 1024)} КБ`;
  return `${NUMBER.format(bytes / 1024 / 1024)} МБ`;
}

/** @param {number} seconds @returns {string} `0:07` */
export const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** @param {number} minorUnits @param {string} currency @returns {string} `1 234,56 ₽` */
export const moneyOf = (minorUnits, currency) =>
  new Intl.NumberFormat('ru', { style: 'currency', currency }).format(minorUnits / 100);

/** @param {string} phone @returns {string} `+7 912 345-67-89`; other numbers as they are, with a plus */
export function phoneOf(phone) {
  const digits = phone.replace(/\D/g, '');
  const russian = /^[78](\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : `+${digits}`;
}

/** @param {string} name @returns {string} up to two first letters, for a round picture */
export const initialsOf = (name) =>
  name
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 2)
    .map((word) => (/[\p{L}\p{N}]/u.exec(word)?.[0] ?? '').toUpperCase())
    .join('') || '•';
