import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { addMessageParts } from '../steps/add-message-parts.ts';
import { sayNoRequest, sayRefused } from '../steps/request-refused.ts';

/** «Вернуть в работу»: a request that was closed within the last days, and what is written next goes to it; `ref` is its number. */
export const reopenRequest: Dialog<Office> = async (scene, ref) => {
  const { say, collect, office } = scene;
  const done = await office.requests.reopen(Number(ref));
  switch (done.outcome) {
    case 'reopened': {
      const { messageParts } = await collect('request-reopened', {
        words: { number: done.number },
        buttons: ['nothing-to-add'],
        least: 0,
        untilFirst: true,
        more: 'request-more',
        left: 'request-reopened-cancelled',
      });
      if (messageParts.length > 0) return addMessageParts(scene, done.number, messageParts);
      return say('request-reopened-left');
    }
    case 'open':
      return say('request-open-already', { number: done.number }, [
        { label: 'button-add-to-request', dialog: 'add-to-request', ref },
      ]);
    case 'too-late':
      return say('request-too-late', { number: done.number }, [{ label: 'button-request', dialog: 'request' }]);
    case 'gone':
      return sayNoRequest(scene);
    case 'silenced':
      return sayRefused(scene, done);
  }
};
