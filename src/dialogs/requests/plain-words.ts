import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { addMessageParts } from '../steps/add-message-parts.ts';
import { sayRefused } from '../steps/request-refused.ts';
import { requestOptions } from '../steps/request-words.ts';

/** Words outside of any dialog: they join the only open request; with several it is asked which; with none they are offered as a new one. */
export const plainWords: Dialog<Office> = async (scene) => {
  const { brought, collect, goTo, office } = scene;
  const words = await brought();
  const known = await office.requests.openOnes();
  if (known.outcome === 'silenced') return sayRefused(scene, known);
  const [only, second] = known.open;
  if (only && !second) return addMessageParts(scene, only.number, words);

  // What was closed a moment ago may be meant, too.
  const meant = only
    ? await collect('plain-words-which', {
        buttons: known.another ? ['new-request'] : [],
        options: requestOptions(known.open),
        brought: words,
        more: 'plain-words-more',
      })
    : await collect('plain-words-new', {
        words: { closed: known.lately.length },
        buttons: ['send'],
        options: requestOptions(known.lately.slice(0, 1)),
        brought: words,
        more: 'request-more',
      });
  if ('picked' in meant) return addMessageParts(scene, Number(meant.picked), meant.messageParts);
  return goTo('request', '', meant.messageParts);
};
