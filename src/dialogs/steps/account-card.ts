import type { AccountCard, ShownCards } from '../../office/accounts/account-cards.ts';
import type { Door, Doors, Phrase } from '../kit/scene.ts';
import { accountWords } from './account-words.ts';
import { payDoors, payWords } from './pay-words.ts';
import { strayedLines } from './strayed.ts';

/** What matters of an account now: what is to be paid by when, what is under way, when readings are taken. */
export function cardPhrase(card: AccountCard, shown: Pick<ShownCards, 'paymentsDay' | 'window'>): Phrase {
  const { opens, closes, open } = shown.window;
  return {
    text: 'account-card',
    words: {
      ...accountWords(card),
      address: card.address,
      ...payWords(card, shown),
      strayed: strayedLines(card.strayed),
      strayedCount: card.strayed.length,
      readings: card.meters === 'none' ? 'none' : !open ? 'closed' : card.meters,
      opens: Number(opens.slice(8)),
      closes,
    },
  };
}

/** What can be done about it at once. */
export function cardDoors(card: AccountCard, { ways }: Pick<ShownCards, 'ways'>): Doors {
  const { link: ref } = card;
  const readings: Door[] = card.meters === 'none' ? [] : [{ label: 'button-readings', dialog: 'readings', ref }];
  const papers: Door[] = card.charged
    ? [
        { label: 'button-debt', dialog: 'debt', ref },
        { label: 'button-bill', dialog: 'bill', ref },
      ]
    : [];
  return [...payDoors(card.offerKopecks, ways, ref), readings, papers].filter((row) => row.length > 0);
}
