import type { Period } from '../../domain/period.ts';

/** Which month was said, where it has nothing and another one is shown. */
export function monthOfNothing(said: Period | undefined, shown: Period): { said: Period | 'none' } {
  return { said: said === undefined || said === shown ? 'none' : said };
}
