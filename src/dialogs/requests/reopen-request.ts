import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { sayNoRequest, sayRefused } from '../steps/request-refused.ts';

/** «Вернуть в работу»: a request that was closed within the last days; `ref` is its number. */
export const reopenRequest: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const done = await office.requests.reopen(Number(ref));
  switch (done.outcome) {
    case 'reopened':
    case 'open':
      return say(done.outcome === 'open' ? 'request-open-already' : 'request-reopened', { number: done.number }, [
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
