import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { requestOptions } from '../steps/request-words.ts';

/** «Мои обращения»: all of them with their states, the newest first. */
export const myRequests: Dialog<Office> = async ({ say, pick, goTo, office }) => {
  const requests = await office.requests.list();
  if (requests.length === 0) return say('my-requests-none', {}, [{ label: 'button-request', dialog: 'request' }]);
  const open = requests.filter(({ state }) => state !== 'closed').length;
  return goTo(
    'request-page',
    await pick('my-requests', requestOptions(requests), { count: requests.length, open }, { left: null }),
  );
};
