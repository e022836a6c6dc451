/** A sum of money in whole kopecks; negative sums exist (overpayments, reversals). */
export type Kopecks = number;

/** What sums come to; none come to nothing. */
export function sumOf(sums: readonly Kopecks[]): Kopecks {
  return sums.reduce((total, sum) => total + sum, 0);
}

const AMOUNT = /^(-?)(\d{1,11})(?:[.,](\d{1,2}))?$/;

/**
 * Reads a sum as people and registries write it: `1234,56`, `1 234.56`, `1234`, `1 234,56 ₽`, `1234 руб.`.
 * Undefined when it is none.
 */
export function parseMoney(text: string): Kopecks | undefined {
  const bare = text
    .trim()
    // What two lines say is no one sum.
    .replace(/[^\S\n\r\u2028\u2029]|['’]/g, '')
    .replace(/(₽|руб(лей|ля|ль)?\.?|р\.?)$/iu, '')
    .replace(/^[−–]/, '-');
  const match = AMOUNT.exec(bare);
  if (!match) return undefined;
  const kopecks = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' && kopecks !== 0 ? -kopecks : kopecks;
}

/** `1 234,56 ₽`, which never breaks over a line. */
export function formatMoney(kopecks: Kopecks): string {
  const digits = String(Math.abs(kopecks)).padStart(3, '0');
  const roubles = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return `${kopecks < 0 ? '−' : ''}${roubles},${digits.slice(-2)}\u00a0₽`;
}

/** `71 ₽`, of less than a rouble its kopecks. */
export function formatRoubles(kopecks: Kopecks): string {
  if (Math.abs(kopecks) < 100) return formatMoney(kopecks);
  return formatMoney(Math.round(kopecks / 100) * 100).replace(',00', '');
}
