import type { AccountCard, ShownCards } from '../../office/accounts/account-cards.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Doors } from '../kit/scene.ts';
import { cardDoors, cardPhrase } from '../steps/account-card.ts';
import { accountLines, accountOptions } from '../steps/account-words.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Мои лицевые счета»: the page of an account, which is its card with all that can be done about it. `ref`: its link. */
export const accountsDialog: Dialog<Office> = async (scene, ref) => {
  const { say, pick, office } = scene;
  const listed = await office.accountCards.list();
  if (listed.outcome !== 'listed') return turnAway(scene, listed.outcome);
  const { cards } = listed;
  const [only, second] = cards;
  if (!only) return say('accounts-none', {}, [{ label: 'button-link', dialog: 'linking' }]);

  // Which account; a resident with one is not asked.
  const words = { count: cards.length, accounts: accountLines(cards) };
  const chosen =
    ref !== '' ? ref : second ? await pick('accounts-list', accountOptions(cards), words, { left: null }) : only.link;
  const card = cards.find(({ link }) => link === chosen);
  if (!card) return turnAway(scene, 'gone');
  const { way, relatives } = card;
  return say('account-page', { ...cardPhrase(card, listed).words, way, relatives }, [
    ...cardDoors(card, listed),
    ...pageDoors(card, listed),
  ]);
};

/** What can be done with the account itself. */
function pageDoors({ link: ref, way, mayEndOthers }: AccountCard, { cards }: ShownCards): Doors {
  const relatives: Door[] = way === 'relative' ? [] : [{ label: 'button-give-access', dialog: 'give-access', ref }];
  const others: Door[] = mayEndOthers ? [{ label: 'button-other-links', dialog: 'other-links', ref }] : [];
  const list: Door[] = cards.length > 1 ? [{ label: 'button-accounts', dialog: 'accounts' }] : [];
  return [
    { label: 'button-rename-account', dialog: 'rename-account', ref },
    ...relatives,
    ...others,
    { label: 'button-unlink-account', dialog: 'unlink-account', ref },
    { label: 'button-link', dialog: 'linking' },
    ...list,
  ];
}
