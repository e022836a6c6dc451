import type { Office } from '../../office/office.ts';
import { withHeading } from '../kit/heading.ts';
import type { Leaving, Scene, TextArgs } from '../kit/scene.ts';

/**
 * «Написать нам» about a meter: the person's own words become a new request; above them stands of which meter they are, also where they are edited.
 * `words` are those of `readings-about-meter`.
 */
export async function writeAboutMeter(
  { collect, goTo, inWords }: Scene<Office>,
  words: TextArgs,
  { left }: Leaving,
): Promise<never> {
  const about = inWords('readings-about-meter', words);
  const { messageParts } = await collect('readings-write-us', {
    words: { about },
    buttons: [],
    least: 0,
    untilFirst: true,
    more: 'request-more',
    left,
  });
  const [first, ...rest] = messageParts;
  return goTo('request', '', first ? [withHeading(first, about), ...rest] : []);
}
