import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { addMessageParts } from '../steps/add-message-parts.ts';
import { sayNoRequest, sayRefused } from '../steps/request-refused.ts';

/** «Дополнить»: more words, photos and files to a request; `ref` is its number. A reply to staff's answer is brought here at once. */
export const addToRequest: Dialog<Office> = async (scene, ref) => {
  const { brought, say, collect, office } = scene;
  const number = Number(ref);
  const reply = await brought();
  if (reply.length > 0) return addMessageParts(scene, number, reply);

  const found = await office.requests.find(number);
  if (found.outcome === 'gone') return sayNoRequest(scene);
  const { state, reopenUntil } = found.request;
  if (state === 'closed' && reopenUntil === null)
    return say('request-too-late', { number }, [{ label: 'button-request', dialog: 'request' }]);
  // Nobody is asked for words that staff do not hear.
  const heard = await office.requests.openOnes();
  if (heard.outcome === 'silenced') return sayRefused(scene, heard);
  const words = { number, closed: state === 'closed' };
  const { messageParts } = await collect('request-add', { words, buttons: ['send'], more: 'request-more' });
  return addMessageParts(scene, number, messageParts);
};
