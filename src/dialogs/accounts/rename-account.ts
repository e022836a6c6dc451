import { LinkName } from '../../domain/link-name.ts';
import type { Office } from '../../office/office.ts';
import { bareWords } from '../kit/label.ts';
import type { Dialog } from '../kit/scene.ts';
import { names } from '../kit/spoken.ts';
import { accountWords } from '../steps/account-words.ts';
import { accountOfButton } from '../steps/account-of-button.ts';

/** What stands beside the accounts where one is chosen, and what people type in its place. */
const BESIDE_ACCOUNTS = [
  'button-cancel',
  'button-account-by-number',
  'spoken-account-by-number',
  'button-pay-all',
  'spoken-pay-all',
  'button-no-account',
  'spoken-no-account',
  'spoken-previous-page',
  'spoken-next-page',
];

/** «Назвать по-своему»: a name that the resident alone sees. */
export const renameAccount: Dialog<Office> = async (scene, ref) => {
  const { say, ask, askOr, inWords, office } = scene;
  const account = await accountOfButton(scene, ref);
  if (!account) return;
  const words = accountWords(account);
  const beside = new Set(BESIDE_ACCOUNTS.flatMap((text) => names(inWords(text))));
  const OwnName = LinkName.refine((name) => !beside.has(bareWords(name)), 'link-name-of-others');
  const typed =
    account.name === null
      ? { answer: await ask('accounts-name', OwnName, words) }
      : await askOr('accounts-name', OwnName, { words, buttons: ['no-name'] });
  const name = 'pressed' in typed ? null : typed.answer;
  const { outcome } = await office.links.rename(account.link, name);
  return say(outcome === 'renamed' ? 'accounts-renamed' : 'accounts-gone', accountWords({ ...account, name }));
};
