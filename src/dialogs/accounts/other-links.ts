import { LISTED_ACCOUNTS, MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { accountOfButton } from '../steps/account-of-button.ts';

/** «Кто еще подключил», each with the button by which that is ended. */
export const otherLinks: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const own = await accountOfButton(scene, ref);
  if (!own) return;
  const { account } = own;
  const seen = await office.links.others(own.link);
  if (seen.outcome !== 'listed') return say('accounts-gone', { account });
  const count = seen.others.length;
  if (count >= MANY_ACCOUNTS) {
    // In one message: a button for each of the newest.
    const newest = seen.others.slice(0, LISTED_ACCOUNTS);
    const doors = newest.map(
      ({ link, linkedAt: at }): Door => ({ label: 'button-not-me-of', words: { at }, dialog: 'not-me', ref: link }),
    );
    return say('accounts-others', { account, count }, doors);
  }
  await say('accounts-others', { account, count });
  for (const { link, way, linkedAt } of seen.others) {
    await say('accounts-other', { way, at: linkedAt }, [{ label: 'button-not-me', dialog: 'not-me', ref: link }]);
  }
};
