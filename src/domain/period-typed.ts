import { z } from 'zod';
import { formatPeriod, makePeriod, type Period, parsePeriod } from './period.ts';
import { trimTyped } from './typed.ts';

/** A month as people type it: `10.2026`, `10/2026`, `2026-10`, `октябрь 2026`. */
export const TypedPeriod = z.string().transform((text, context): Period => {
  const period = readPeriod(trimTyped(text).toLowerCase());
  if (period) return period;
  context.addIssue({ code: 'custom', message: 'period' });
  return z.NEVER;
});

function readPeriod(typed: string): Period | undefined {
  const digits = /^(\d{1,2})\s*[./,\s-]\s*(\d{4})(?:\s*г\.?)?$/.exec(typed);
  if (digits) return parsePeriod(`${digits[1]}.${digits[2]}`);
  const words = /^([а-я]{3,8})\s+(\d{4})(?:\s*г\.?|\s*года?)?$/.exec(typed);
  return words ? named(words[1] ?? '', Number(words[2])) : parsePeriod(typed);
}

/** `октябрь` or `октября`. */
function named(word: string, year: number): Period | undefined {
  for (let month = 1; month <= 12; month += 1) {
    const [name = ''] = formatPeriod(makePeriod(year, month)).split('\u00a0');
    const ofName = /[ьй]$/.test(name) ? name.replace(/.$/, 'я') : `${name}а`;
    if (word === name || word === ofName) return parsePeriod(`${month}.${year}`);
  }
  return undefined;
}
