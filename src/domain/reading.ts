/** What a meter shows, in whole thousandths of its unit: exact where a float is not. At most twelve digits before the point. */
export type Thousandths = number;

/**
 * A reading as it was typed: its value, how many digits stood before the point (leading zeros count: they are on the meter, too), and whether
 * that was all of it: who leaves out the fraction is not held against one.
 */
export type TypedReading = { value: Thousandths; digits: number; whole: boolean };

/** `123`, `123,456`, `00123.4`. Undefined for what is none, or too long for one. */
export function readReadingNumber(number: string): TypedReading | undefined {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(number) ?? [];
  return whole === undefined ? undefined : { value: thousandths(whole, fraction), digits: whole.length, whole: fraction === '' };
}

/** A decimal of the registries (`123.4567`), cut to thousandths. */
export function readDecimal(text: string): Thousandths {
  const [whole = '', fraction = ''] = text.split('.');
  return thousandths(whole, fraction);
}

function thousandths(whole: string, fraction: string): Thousandths {
  return Number(whole) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** `123.456`, as Postgres takes it. */
export function writeThousandths(value: Thousandths): string {
  const text = String(value).padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
}

/** `123,456`, `123,4`, `123`: as people and files have it. */
export function formatReading(value: Thousandths): string {
  // There are always three digits after the point: zeros before it are safe.
  return writeThousandths(value)
    .replace(/\.?0+$/, '')
    .replace('.', ',');
}

/**
 * A reading beside what is known of its scale.
 * - `fits`: not lower than the last one (whole numbers are compared as whole numbers) and within what this meter uses;
 * - `digits`: more digits before the point than the meter has;
 * - `lower`: lower than the last one, and the meter cannot have rolled over;
 * - `rollover`: lower, but the meter was about to roll over after 99999; to be confirmed;
 * - `high`: more was used than this meter ever uses; to be confirmed.
 */
export type Judgement =
  | { verdict: 'fits' | 'rollover' | 'high'; used: Thousandths | null }
  | { verdict: 'digits'; digits: number }
  | { verdict: 'lower' };

export type Scale = {
  /** Digits before the point (Разрядность); null when the registry does not say. */
  digits: number | null;
  /** The last value; null when there is none, or the caller may not see it. */
  last: Thousandths | null;
  /** From how much used since the last value on it is unusual; null: nothing is known. */
  unusual: Thousandths | null;
};

/** A meter that stood in the last tenth of its range and now stands in the first has rolled over. */
const NEAR_THE_END = 0.9;
const NEAR_ZERO = 0.1;

export function judgeReading({ value, digits, whole }: TypedReading, scale: Scale): Judgement {
  const capacity = scale.digits === null ? null : 10 ** scale.digits * 1000;
  if (scale.digits !== null && digits > scale.digits) return { verdict: 'digits', digits: scale.digits };
  if (scale.last === null) return { verdict: 'fits', used: null };
  // The black digits of a meter at which nobody was at home.
  if (whole && value < scale.last && value === Math.floor(scale.last / 1000) * 1000) return { verdict: 'fits', used: 0 };
  if (value < scale.last) {
    const beganAnew = capacity !== null && scale.last >= capacity * NEAR_THE_END && value < capacity * NEAR_ZERO;
    return beganAnew ? { verdict: 'rollover', used: value + capacity - scale.last } : { verdict: 'lower' };
  }
  const used = value - scale.last;
  return { verdict: scale.unusual !== null && used > scale.unusual ? 'high' : 'fits', used };
}
