import { z } from 'zod';
import { bare } from './typed.ts';

/** What a meter shows, in whole thousandths of its unit: exact where a float is not. At most twelve digits before the point. */
export type Thousandths = number;

/** A reading as it was typed: its value, and how many digits stood before the point (leading zeros count: they are on the meter, too). */
export type TypedReading = { value: Thousandths; digits: number };

const TYPED = /^(\d{1,12})(?:[.,](\d{1,3}))?$/;

/** `123`, `123,456`, `00123.4`, spaces between digits do not count. The message says what is wrong with the rest. */
export const ReadingText = z.string().transform((text, context): TypedReading => {
  const typed = bare(text);
  const match = TYPED.exec(typed);
  if (match) return { value: thousandths(match[1] ?? '', match[2] ?? ''), digits: match[1]?.length ?? 0 };
  context.addIssue({ code: 'custom', message: slipOf(typed) });
  return z.NEVER;
});

function slipOf(typed: string): string {
  if (/^\d+[.,]\d{4,}$/.test(typed)) return 'reading-decimals';
  if (/^\d{13,}([.,]\d+)?$/.test(typed)) return 'reading-long';
  return 'reading';
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
 * - `fits`: not lower than the last one and within what this meter uses;
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

export function judgeReading({ value, digits }: TypedReading, scale: Scale): Judgement {
  const capacity = scale.digits === null ? null : 10 ** scale.digits * 1000;
  if (scale.digits !== null && digits > scale.digits) return { verdict: 'digits', digits: scale.digits };
  if (scale.last === null) return { verdict: 'fits', used: null };
  if (value < scale.last) {
    const beganAnew = capacity !== null && scale.last >= capacity * NEAR_THE_END && value < capacity * NEAR_ZERO;
    return beganAnew ? { verdict: 'rollover', used: value + capacity - scale.last } : { verdict: 'lower' };
  }
  const used = value - scale.last;
  return { verdict: scale.unusual !== null && used > scale.unusual ? 'high' : 'fits', used };
}
