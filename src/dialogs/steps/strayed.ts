import type { UnderWay } from '../../domain/under-way.ts';
import type { Phrase } from '../kit/scene.ts';

const MOST_LINES = 5;

/** Payments made in the bot that are not as they should be, a line each; of many, the newest and how many there are besides. */
export function strayedLines(strayed: readonly UnderWay[]): Phrase[] {
  const lines = strayed.slice(0, MOST_LINES).map(({ day, sumKopecks, state }) => ({
    text: 'strayed-payment',
    words: { day, sum: sumKopecks, state },
  }));
  const more = strayed.length - lines.length;
  return more > 0 ? [...lines, { text: 'strayed-more', words: { more } }] : lines;
}
