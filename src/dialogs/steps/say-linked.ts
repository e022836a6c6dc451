import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { cardDoors, cardPhrase } from './account-card.ts';

/** «Лицевой счёт подключён», with the card of the account: what is to be paid is seen at once, and in how many cabinets of others it is. */
export async function sayLinked(
  { say, office }: Scene<Office>,
  account: string,
  { link, closed }: { link: string; closed: boolean },
): Promise<void> {
  const page: Door = { label: 'button-accounts', dialog: 'accounts', ref: link };
  const { count: others } = await office.links.countOthers(link);
  const listed = await office.accountCards.list();
  const card = listed.outcome === 'listed' ? listed.cards.find((each) => each.link === link) : undefined;
  if (closed || listed.outcome !== 'listed' || !card)
    return say('linking-done-closed', { account, others }, [{ label: 'button-debt', dialog: 'debt', ref: link }, page]);
  return say('linking-done', { card: [cardPhrase(card, listed)], others }, [...cardDoors(card, listed), page]);
}
