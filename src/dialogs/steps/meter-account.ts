import type { AccountNumber } from '../../domain/account-number.ts';
import type { Office } from '../../office/office.ts';
import type { MeterAccount, NoReadings } from '../../office/readings/readings.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { accountWords } from './account-words.ts';
import { guestAccountOf, guestRef, OTHER_ACCOUNT, otherAccountOf, otherAccountRef } from '../../domain/door-refs.ts';
import { askGuestAccount, sayGuestAccountGone } from './guest-account.ts';
import { pickAccount } from './pick-account.ts';
import { turnAway } from './turn-away.ts';

/**
 * For which account: what the button carried (a link, «another account», an account that was looked up), else one of the resident's own, and a
 * guest's by its number, which `byNumber` offers to residents, too. Undefined when there is none and the person knows why.
 */
export async function meterAccount(
  scene: Scene<Office>,
  ref: string,
  question: string,
  { byNumber = false } = {},
): Promise<MeterAccount | undefined> {
  const { office, goTo } = scene;
  const lookedUp = guestAccountOf(ref);
  if (lookedUp !== undefined) {
    // An old button of a guest's may be of an account that is linked by now.
    const opened = await office.guestAccounts.open(lookedUp);
    return opened.outcome === 'linked' ? { link: opened.link } : { guestAccount: lookedUp };
  }
  const other = otherAccountOf(ref);
  if (ref !== '' && !other) return { link: ref };
  if (other || (await office.residents.who()).who === 'guest') {
    const acted = await askGuestAccount(scene, other?.account);
    if (!acted) return undefined;
    return acted.as === 'guest' ? { guestAccount: acted.guestAccount } : { link: acted.link };
  }
  const own = await pickAccount(scene, question, {
    withoutAny: [{ label: 'button-other-account', dialog: 'readings', ref: OTHER_ACCOUNT }],
    ...(byNumber && {
      byNumber: (account?: AccountNumber) => goTo('readings', account ? otherAccountRef(account) : OTHER_ACCOUNT),
    }),
  });
  return own && { link: own.link };
}

/** What a button to another chapter on the same account carries. */
export function refOf(account: MeterAccount): string {
  return 'link' in account ? account.link : guestRef(account.guestAccount);
}

const WRITE_US: Door = { label: 'button-write-us', dialog: 'request' };

/** Why no readings are taken now, and what may be done. `meanwhile`: this one was being answered; `taken`: so many are handed in before it. */
export async function sayNoReadings(
  scene: Scene<Office>,
  no: NoReadings,
  account: MeterAccount,
  { meanwhile = false, taken = 0 } = {},
): Promise<void> {
  const { say } = scene;
  switch (no.outcome) {
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, no.outcome);
    case 'gone':
      return 'link' in account ? turnAway(scene, no.outcome) : sayGuestAccountGone(scene, 'readings');
    case 'account-closed':
      return say('readings-account-closed', accountWords(no.title), [WRITE_US]);
    case 'no-meters':
      return say('readings-no-meters', accountWords(no.title), [WRITE_US]);
    case 'window-closed':
      return sayWindowClosed(scene, no, { meanwhile, taken, ref: refOf(account) });
  }
}

/** When readings are taken again; `ref` is that of the account, where one is known. */
export async function sayWindowClosed(
  { say }: Scene<Office>,
  { opens, closes }: { opens: string; closes: string },
  {
    meanwhile = false,
    taken = 0,
    ref = '',
    doors = [],
  }: { meanwhile?: boolean; taken?: number; ref?: string; doors?: readonly Door[] } = {},
): Promise<void> {
  const seen: Door[] = [
    ...doors,
    { label: 'button-my-readings', dialog: 'my-readings', ref },
    { label: 'button-write-us', dialog: 'late-reading', ref },
  ];
  return say('readings-window-closed', { opens, closes, meanwhile, taken }, seen);
}
