import type { CabinetAccount } from '../../office/accounts/links.ts';
import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { turnAway } from './turn-away.ts';

/** The caller's account behind a button; undefined where it is none of his (any more), and that was said. */
export async function accountOfButton(scene: Scene<Office>, link: string): Promise<CabinetAccount | undefined> {
  const listed = await scene.office.links.list();
  const own = listed.outcome === 'listed' ? listed.accounts.find((each) => each.link === link) : undefined;
  if (!own) await turnAway(scene, listed.outcome === 'listed' ? 'gone' : listed.outcome);
  return own;
}
