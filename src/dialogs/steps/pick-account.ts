import type { AccountNumber } from '../../domain/account-number.ts';
import type { CabinetAccount } from '../../office/accounts/links.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { accountLines, accountOptions } from './account-words.ts';
import { otherAccountNumber } from './guest-account.ts';
import { turnAway } from './turn-away.ts';

const BY_NUMBER = 'by-number';

/**
 * Which account: a resident with one is not asked. Undefined for a guest or when there is none: then it is said what to do, with the doors
 * `withoutAny`. `byNumber`: beside them «Счёт по номеру» is offered, which goes there, as a number goes that is none of theirs.
 */
export async function pickAccount(
  scene: Scene<Office>,
  question: string,
  { withoutAny = [], byNumber }: { withoutAny?: readonly Door[]; byNumber?: (account?: AccountNumber) => Promise<never> } = {},
): Promise<CabinetAccount | undefined> {
  const { say, pick, pickOr, office } = scene;
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
  const find = (chosen: string) => listed.accounts.find((each) => each.link === chosen);
  const words = { count: own.length, accounts: accountLines(listed.accounts) };
  if (!byNumber) return find(await pick(question, own, words));
  const another = { key: BY_NUMBER, label: { text: 'button-account-by-number' }, spoken: 'spoken-account-by-number' };
  const said = await pickOr(question, [...own, another], otherAccountNumber(own.length), words);
  if ('answer' in said) return byNumber(said.answer);
  return said.picked === BY_NUMBER ? byNumber() : find(said.picked);
}
