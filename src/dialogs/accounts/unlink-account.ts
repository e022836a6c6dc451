import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { accountOfButton } from '../steps/account-of-button.ts';

/** «Отключить лицевой счет», once more asked. */
export const unlinkAccount: Dialog<Office> = async (scene, ref) => {
  const { say, choose, office } = scene;
  const account = await accountOfButton(scene, ref);
  if (!account) return;
  await choose('accounts-unlink', ['unlink-sure'], accountWords(account));
  const { outcome } = await office.links.unlink(account.link);
  return say(outcome === 'unlinked' ? 'accounts-unlinked' : 'accounts-gone', { account: account.account });
};
