import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** «Больше не присылать», under news that came to a signed-out account. */
export const noNews: Dialog<Office> = async ({ say, goTo, office }) => {
  const { outcome } = await office.news.silence();
  if (outcome === 'signed-in') return goTo('news');
  return say('news-silenced', {}, [{ label: 'button-login', dialog: 'sign-in' }]);
};
