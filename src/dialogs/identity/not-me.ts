import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { sayRefused } from '../steps/request-refused.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Это не я»: a resident does not know who else linked the account. A resident who proved the account by an issued password may end that link without staff. */
export const notMe: Dialog<Office> = async (scene, link) => {
  const { say, choose, conclude, office } = scene;
  const seen = await office.links.lookAtForeign(link);
  if (seen.outcome === 'gone') return say('not-me-gone');
  if (seen.outcome !== 'found') return turnAway(scene, seen.outcome);

  // Told to staff, or ended.
  const words = { account: seen.account, at: seen.linkedAt };
  const choice = seen.mayEnd
    ? await choose('not-me-end-or-report', ['end-link', 'report-link'], words)
    : await choose('not-me-report', ['report-link'], words);
  if (choice === 'end-link') {
    const { outcome } = await office.links.endOther(link);
    return conclude(outcome === 'ended' ? 'not-me-ended' : 'not-me-gone', { account: seen.account });
  }
  const reported = await office.links.reportNotMe(link);
  if (reported.outcome === 'gone') return say('not-me-gone');
  if (reported.outcome === 'silenced') return sayRefused(scene, reported);
  return conclude('not-me-reported', { account: seen.account }, [{ label: 'button-contacts', dialog: 'contacts' }]);
};
