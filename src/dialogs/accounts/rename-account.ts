import { LinkName } from '../../domain/link-name.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { accountOfButton } from '../steps/account-of-button.ts';

/** «Назвать по-своему»: a name that the resident alone sees. */
export const renameAccount: Dialog<Office> = async (scene, ref) => {
  const { say, ask, askOr, office } = scene;
  const account = await accountOfButton(scene, ref);
  if (!account) return;
  const words = accountWords(account);
  const typed =
    account.name === null
      ? { answer: await ask('accounts-name', LinkName, words) }
      : await askOr('accounts-name', LinkName, { words, buttons: ['no-name'] });
  const name = 'pressed' in typed ? null : typed.answer;
  const { outcome } = await office.links.rename(account.link, name);
  return say(outcome === 'renamed' ? 'accounts-renamed' : 'accounts-gone', accountWords({ ...account, name }));
};
