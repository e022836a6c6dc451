import { LinkName } from '../../domain/link-name.ts';
import { LISTED_ACCOUNTS, MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { CabinetAccount } from '../../office/accounts/links.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Scene } from '../kit/scene.ts';
import { accountLines, accountOptions, accountWords } from '../steps/account-words.ts';
import { turnAway } from '../steps/turn-away.ts';

/** The accounts that a resident has linked: own names, unlinking, and who else has them. */
export const accountsDialog: Dialog<Office> = async (scene) => {
  const { say, pick, choose, goTo, office } = scene;
  const listed = await office.links.list();
  if (listed.outcome !== 'listed') return turnAway(scene, listed.outcome);
  const [only, second] = listed.accounts;
  if (!only) return say('accounts-none', {}, [{ label: 'button-link', dialog: 'linking' }]);

  // Which account; a resident with one is not asked.
  const options = accountOptions(listed.accounts);
  const listWords = { count: options.length, accounts: accountLines(listed.accounts) };
  const chosen = second ? await pick('accounts-list', options, listWords) : only.link;
  const account = listed.accounts.find((each) => each.link === chosen) ?? only;

  // What to do with it.
  const others = account.mayEndOthers ? (['other-links'] as const) : [];
  const relatives = account.way === 'relative' ? [] : (['give-access'] as const);
  const words = { ...accountWords(account), address: account.address, way: account.way, relatives: account.relatives };
  switch (await choose('accounts-account', ['rename-account', 'unlink-account', ...relatives, ...others, 'link'], words)) {
    case 'rename-account':
      return rename(scene, account);
    case 'unlink-account':
      return unlink(scene, account);
    case 'other-links':
      return showOthers(scene, account);
    case 'give-access':
      return goTo('give-access', account.link);
    case 'link':
      return goTo('linking');
  }
};

async function rename({ say, ask, askOr, office }: Scene<Office>, account: CabinetAccount): Promise<void> {
  const words = accountWords(account);
  const typed =
    account.name === null
      ? { answer: await ask('accounts-name', LinkName, words) }
      : await askOr('accounts-name', LinkName, { words, buttons: ['no-name'] });
  const name = 'pressed' in typed ? null : typed.answer;
  const { outcome } = await office.links.rename(account.link, name);
  return say(outcome === 'renamed' ? 'accounts-renamed' : 'accounts-gone', accountWords({ ...account, name }));
}

async function unlink({ say, choose, office }: Scene<Office>, account: CabinetAccount): Promise<void> {
  await choose('accounts-unlink', ['unlink-sure'], accountWords(account));
  const { outcome } = await office.links.unlink(account.link);
  return say(outcome === 'unlinked' ? 'accounts-unlinked' : 'accounts-gone', { account: account.account });
}

async function showOthers({ say, office }: Scene<Office>, account: CabinetAccount): Promise<void> {
  const seen = await office.links.others(account.link);
  if (seen.outcome !== 'listed') return say('accounts-gone', { account: account.account });
  const count = seen.others.length;
  if (count >= MANY_ACCOUNTS) {
    // In one message: a button for each of the newest.
    const newest = seen.others.toSorted((a, b) => (a.linkedAt < b.linkedAt ? 1 : -1)).slice(0, LISTED_ACCOUNTS);
    const doors = newest.map(
      ({ link, linkedAt: at }): Door => ({
        label: 'button-not-me-of',
        words: { at },
        dialog: 'not-me',
        ref: link,
      }),
    );
    return say('accounts-others', { account: account.account, count }, doors);
  }
  await say('accounts-others', { account: account.account, count });
  for (const { link, way, linkedAt } of seen.others) {
    await say('accounts-other', { way, at: linkedAt }, [{ label: 'button-not-me', dialog: 'not-me', ref: link }]);
  }
}
