import { accountNamed } from '../../domain/account-named.ts';
import { readUnsentRef } from '../../domain/door-refs.ts';
import type { Office } from '../../office/office.ts';
import { wholeWordsOf } from '../kit/heading.ts';
import type { Dialog } from '../kit/scene.ts';
import { addMessageParts } from '../steps/add-message-parts.ts';
import { openRequest } from '../steps/open-request.ts';
import { sayNoRequest, sayRefused } from '../steps/request-refused.ts';

/**
 * What was written for staff and not sent, when the person goes elsewhere: nothing typed is lost silently. `ref` (`unsentRef`): what it was
 * written for, and the door to which the person goes.
 */
export const unsentWords: Dialog<Office> = async (scene, ref) => {
  const { brought, choose, conclude, goTo, office } = scene;
  const messageParts = await brought();
  const { number, topic: chosen, link, next } = readUnsentRef(ref);
  // A button that nobody was given.
  if (messageParts.length === 0) return sayNoRequest(scene);

  const choice = await choose(
    'unsent-words',
    ['send', 'drop-words'],
    { number: number || 'new' },
    { left: 'unsent-words-cancelled' },
  );
  if (choice === 'drop-words') await conclude('unsent-words-dropped');
  else if (number !== '') await addMessageParts(scene, Number(number), messageParts);
  else {
    const asked = await office.requests.topics();
    if (asked.outcome !== 'listed') return sayRefused(scene, asked);
    const isListed = asked.topics.some(({ key }) => key === chosen);
    const topic = isListed ? chosen : (await office.requests.guessTopic(messageParts.map(wholeWordsOf))).topic;
    const listed = await office.links.list();
    const accounts = listed.outcome === 'listed' ? listed.accounts : [];
    const [only, second] = accounts;
    const guessed = second ? accountNamed(messageParts.map(wholeWordsOf).join('\n'), accounts) : only;
    await openRequest(scene, { topic, link: link === undefined ? (guessed?.link ?? null) : link, messageParts });
  }
  if (next) return goTo(next.dialog, next.ref);
};
