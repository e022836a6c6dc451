/** Units as people write them, by what billing calls them without blanks and full stops. */
const UNITS: Readonly<Record<string, string>> = {
  кубм: 'м³',
  куб: 'м³',
  мкуб: 'м³',
  м3: 'м³',
  'м³': 'м³',
  квм: 'кв.\u00a0м',
  мкв: 'кв.\u00a0м',
  м2: 'кв.\u00a0м',
  'м²': 'кв.\u00a0м',
  чел: 'чел.',
  человек: 'чел.',
  шт: 'шт.',
  мес: 'мес.',
  квтч: 'кВт·ч',
  гкал: 'Гкал',
  гкалквм: 'Гкал/кв.\u00a0м',
  гкалм2: 'Гкал/кв.\u00a0м',
};

/** A unit as it is shown, everywhere spelt the same: `м³` for `куб.м`; what is not known stays as billing wrote it. */
export function formatUnit(unit: string): string {
  const bare = unit.trim();
  return UNITS[bare.toLowerCase().replace(/[\s.,*·×/-]/gu, '')] ?? bare;
}

/**
 * A volume with its unit: `12,345 м³`, `1 200 кВт·ч`. Takes a decimal (text as registries have it, or a number); at most `places` digits
 * after the comma, no trailing zeros.
 */
export function formatQuantity(quantity: string | number, unit: string | null = null, places = 3): string {
  const number = Number(quantity);
  const [whole = '0', fraction = ''] = Math.abs(number).toFixed(places).split('.');
  const bare = fraction.replace(/0+$/, '');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const sign = number < 0 && /[1-9]/.test(whole + bare) ? '−' : '';
  return `${sign}${grouped}${bare && `,${bare}`}${unit ? `\u00a0${formatUnit(unit)}` : ''}`;
}

/** A tariff: `24,18 ₽`, `2 891,17 ₽`; the digits beyond kopecks that it has, at most four in all. */
export function formatTariff(tariff: string | number): string {
  const [whole = '0', fraction = ''] = formatQuantity(tariff, null, 4).split(',');
  return `${whole},${fraction.padEnd(2, '0')}\u00a0₽`;
}
