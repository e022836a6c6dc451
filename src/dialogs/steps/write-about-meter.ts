import type { Office } from '../../office/office.ts';
import type { Scene, TextArgs } from '../kit/scene.ts';

/**
 * «Написать нам» about a meter: the person's own words, above which stands of which meter they are, become a new request. `words` are those of
 * `readings-about-meter`.
 */
export async function writeAboutMeter({ collect, goTo, inWords }: Scene<Office>, words: TextArgs): Promise<never> {
  const about = inWords('readings-about-meter', words);
  const { messageParts } = await collect('readings-write-us', { words: { about }, buttons: ['send'], more: 'request-more' });
  const [first, ...rest] = messageParts;
  const written = first ? [{ ...first, words: `${about}\n\n${first.words}`.trim() }, ...rest] : [];
  return goTo('request', '', written);
}
