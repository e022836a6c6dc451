import type { CabinetAccount } from '../../office/accounts/links.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { accountLines, accountOptions } from './account-words.ts';
import { turnAway } from './turn-away.ts';

/** Which account: a resident with one is not asked. Undefined for a guest or when there is none: then it is said what to do, with the doors `withoutAny`. */
export async function pickAccount(
  scene: Scene<Office>,
  question: string,
  { withoutAny = [] }: { withoutAny?: readonly Door[] } = {},
): Promise<CabinetAccount | undefined> {
  const { say, pick, office } = scene;
  const listed = await office.links.list();
  if (listed.outcome !== 'listed') {
    await turnAway(scene, listed.outcome);
    return undefined;
  }
  const [only, second] = listed.accounts;
  if (!only) {
    await say('accounts-none', {}, [{ label: 'button-link', dialog: 'linking' }, ...withoutAny]);
    return undefined;
  }
  if (!second) return only;
  const options = accountOptions(listed.accounts);
  const chosen = await pick(question, options, { count: options.length, accounts: accountLines(listed.accounts) });
  return listed.accounts.find((each) => each.link === chosen);
}
