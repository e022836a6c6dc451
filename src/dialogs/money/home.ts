import { MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { cardDoors, cardPhrase } from '../steps/account-card.ts';
import { readPage, showAccountsPage } from '../steps/accounts-page.ts';
import { turnAway } from '../steps/turn-away.ts';

/**
 * Section 4, «Home»: a card for each account with what can be done about it; of many accounts a page with their totals, from which each is
 * opened. Who has to confirm a new phone is led to that; nothing is said to who has no account here, or is a guest. `ref`: a page.
 */
export const home: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const listed = await office.accountCards.list();
  if (listed.outcome === 'phone-to-confirm') return turnAway(scene, listed.outcome);
  if (listed.outcome !== 'listed') return;
  const { cards, window } = listed;
  if (cards.length >= MANY_ACCOUNTS) {
    const open = { open: window.open, opens: Number(window.opens.slice(8)), closes: window.closes };
    const metered = cards.some(({ meters }) => meters !== 'none');
    const listing = { dialog: 'home', opens: 'accounts', text: 'home-page' } as const;
    return showAccountsPage(scene, { ...listed, debts: cards }, readPage(ref) ?? 1, listing, { ...open, metered });
  }
  for (const card of cards) {
    const { text, words = {} } = cardPhrase(card, listed);
    await say(text, words, cardDoors(card, listed));
  }
};
