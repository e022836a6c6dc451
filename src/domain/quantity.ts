/** Billing's spellings of units, as people write them. */
const UNITS: Readonly<Record<string, string>> = {
  'куб.м': 'м³',
  'куб. м': 'м³',
  м3: 'м³',
  'кв.м': 'м²',
  'кв. м': 'м²',
  м2: 'м²',
};

/** A unit as it is shown: `м³` for `куб.м`; what is not known stays as billing wrote it. */
export function formatUnit(unit: string): string {
  return UNITS[unit.trim().toLowerCase()] ?? unit.trim();
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
