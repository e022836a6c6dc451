/** Decimals as Postgres writes them, `-12.340`: volumes and tariffs, which are not money. */

/** What they come to, exactly, without zeros at the end. */
export function addDecimals(decimals: readonly string[]): string {
  const places = Math.max(0, ...decimals.map((decimal) => decimal.split('.')[1]?.length ?? 0));
  const sum = decimals.reduce((total, decimal) => total + scaled(decimal, places), 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return bareDecimal(`${sum < 0n ? '-' : ''}${whole}${places ? `.${digits.slice(-places)}` : ''}`);
}

/** A decimal as records have it, `3180.280`, as people write it: `3 180,28`; with at least so many digits after the comma. */
export function formatDecimal(decimal: string, leastFraction = 0): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) throw new RangeError('not a decimal');
  const [, sign = '', whole = '', fraction = ''] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const shown = fraction.replace(/0+$/, '').padEnd(leastFraction, '0');
  return `${sign && '−'}${grouped}${shown && `,${shown}`}`;
}

function bareDecimal(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function scaled(decimal: string, places: number): bigint {
  const [whole = '0', part = ''] = decimal.split('.');
  return BigInt(`${whole}${part.padEnd(places, '0')}`);
}
