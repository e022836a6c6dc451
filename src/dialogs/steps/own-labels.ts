import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { accountLabels } from './account-words.ts';

/** How the resident's accounts are called on buttons, by link; of a link that is gone there is nothing. */
export async function ownLabels({ office }: Scene<Office>): Promise<ReadonlyMap<string, string>> {
  const listed = await office.links.list();
  const accounts = listed.outcome === 'listed' ? listed.accounts : [];
  const labels = accountLabels(accounts);
  return new Map(accounts.map(({ link, account }, i) => [link, labels[i] ?? account]));
}
