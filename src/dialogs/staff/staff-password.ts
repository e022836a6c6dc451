import { AccountNumber } from '../../domain/account-number.ts';
import { arePapersEnough, PASSWORD_PAPERS } from '../../domain/password-papers.ts';
import type { PasswordSlips } from '../../office/staff/password-slips.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Scene, TextArgs } from '../kit/scene.ts';

type Opened = Extract<Awaited<ReturnType<PasswordSlips['open']>>, { outcome: 'open' }>;

/** Points 9.2 and 9.2.1, at the payment point: a password to an account, against papers. `ref`: the account, where it is known. */
export const staffPassword: Dialog<Office> = async (scene, ref) => {
  const { say, tick, handSecret, botName } = scene;
  const again: Door[] = [{ label: 'button-issue-password', dialog: 'staff-password' }];

  // 9.2.1 Whose account it is, and the papers that were shown.
  const opened = await openAccount(scene, ref);
  if (!opened) return say('not-understood');
  const { account } = opened;
  const papers = await tick(
    'staff-password-papers',
    PASSWORD_PAPERS,
    { done: 'issue', enough: arePapersEnough },
    accountWords(opened),
  );

  // 9.2 The slip: the password is on it, in the words under it, and nowhere else.
  const done = await handSecret(async (hand, office) => {
    const issued = await office.passwordSlips.issue(account, papers);
    if (issued.outcome !== 'issued') return issued;
    const { slip, ...data } = issued;
    const { password, until } = data;
    const words = { password, account, until };
    const message = await hand({ kind: 'password-slip', data: { ...data, bot: botName } }, 'staff-password-slip', words);
    return { ...(await office.passwordSlips.handed(slip, message)), until };
  });
  switch (done.outcome) {
    case 'handed':
      return say('staff-password-done', { account, until: done.until, papers: papers.map(paperPhrase) }, again);
    case 'handed-before':
      return say('staff-password-handed-before', { account }, again);
    case 'lost':
      return say('staff-password-lost', { account }, [{ label: 'button-issue-again', dialog: 'staff-password', ref: account }]);
    case 'unknown-account':
      return say('staff-account-unknown', { account }, again);
    case 'papers-wanting':
    case 'not-staff':
      return say('not-understood');
  }
};

/** The account behind the button, else the one that is named; undefined: the person is no member of staff. */
async function openAccount({ ask, office }: Scene<Office>, ref: string): Promise<Opened | undefined> {
  let asked = AccountNumber.safeParse(ref).data ?? (await ask('staff-password-account', AccountNumber));
  for (;;) {
    const opened = await office.passwordSlips.open(asked);
    if (opened.outcome === 'not-staff') return undefined;
    if (opened.outcome === 'open') return opened;
    asked = await ask('staff-account-unknown', AccountNumber, { account: asked });
  }
}

function accountWords({ account, address, owner, closed }: Opened): TextArgs {
  return { account, address, owner, closed: closed ? 'yes' : 'no' };
}

const paperPhrase = (paper: string) => ({ text: `staff-paper-${paper}` });
