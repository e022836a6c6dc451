import type { CabinetAccount } from '../../office/accounts/links.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { accountLines, accountOptions } from './account-words.ts';
import { turnAway } from './turn-away.ts';

const BY_NUMBER = 'by-number';

/**
 * Which account: a resident with one is not asked. Undefined for a guest or when there is none: then it is said what to do, with the doors
 * `withoutAny`. `byNumber`: beside them «Счёт по номеру» is offered, which goes there.
 */
export async function pickAccount(
  scene: Scene<Office>,
  question: string,
  { withoutAny = [], byNumber }: { withoutAny?: readonly Door[]; byNumber?: () => Promise<never> } = {},
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
  const own = accountOptions(listed.accounts);
  const options = byNumber ? [...own, { key: BY_NUMBER, label: { text: 'button-account-by-number' } }] : own;
  const chosen = await pick(question, options, { count: own.length, accounts: accountLines(listed.accounts) });
  if (byNumber && chosen === BY_NUMBER) return byNumber();
  return listed.accounts.find((each) => each.link === chosen);
}
