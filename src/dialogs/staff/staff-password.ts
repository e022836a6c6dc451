import { AccountNumber } from '../../domain/account-number.ts';
import { Query } from '../../domain/account-query.ts';
import { arePapersEnough, PASSWORD_PAPERS } from '../../domain/password-papers.ts';
import type { PasswordSlips } from '../../office/staff/password-slips.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Scene, TextArgs } from '../kit/scene.ts';
import { accountLabels } from '../steps/account-words.ts';

type SlipOpened = Extract<Awaited<ReturnType<PasswordSlips['open']>>, { outcome: 'open' }>;

/** Points 9.2 and 9.2.1, at the payment point: a password to an account, against papers. `ref`: the account, where it is known. */
export const staffPassword: Dialog<Office> = async (scene, ref) => {
  const { say, tick, handSecret, bot } = scene;
  const again: Door[] = [{ label: 'button-issue-password', dialog: 'staff-password' }];

  // 9.2.1 Whose account it is, and the papers that were shown.
  const opened = await openAccount(scene, ref);
  if (!opened) return say('not-understood');
  const { account, mark } = opened;
  const papers = await tick(
    'staff-password-papers',
    PASSWORD_PAPERS,
    { done: 'issue', enough: arePapersEnough },
    accountWords(opened),
  );

  // 9.2 The slip: the password is on it, in the words under it, and nowhere else.
  const done = await handSecret(async (hand, office) => {
    const issued = await office.passwordSlips.issue({ account, mark }, papers);
    if (issued.outcome !== 'issued') return issued;
    const { slip, ...data } = issued;
    const { password, until } = data;
    const words = { password, account, until };
    const shown = { ...data, bot: { name: bot.name, link: bot.link() } };
    const message = await hand({ kind: 'password-slip', data: shown }, 'staff-password-slip', words);
    return { ...(await office.passwordSlips.handed(slip, message)), until };
  });
  switch (done.outcome) {
    case 'handed':
      return say('staff-password-done', { account, until: done.until, papers: papers.map(paperPhrase) }, again);
    case 'handed-before':
      return say('staff-password-handed-before', { account }, again);
    case 'lost':
      return say('staff-password-lost', { account }, [{ label: 'button-issue-again', dialog: 'staff-password', ref: account }]);
    case 'account-changed':
      return say('staff-password-account-changed', { account }, [
        { label: 'button-issue-again', dialog: 'staff-password', ref: account },
      ]);
    case 'unknown-account':
      return say('staff-account-unknown', { account }, again);
    case 'papers-wanting':
    case 'not-staff':
      return say('not-understood');
  }
};

/** The account behind the button, else the one that is named, by its number or by what finds it; undefined: the person is no member of staff. */
async function openAccount(scene: Scene<Office>, ref: string): Promise<SlipOpened | undefined> {
  const { ask, office } = scene;
  let asked = AccountNumber.safeParse(ref).data;
  for (;;) {
    asked ??= await findAccount(scene);
    if (asked === undefined) return undefined;
    const opened = await office.passwordSlips.open(asked);
    if (opened.outcome === 'not-staff') return undefined;
    if (opened.outcome === 'open') return opened;
    const next: Query = await ask('staff-account-unknown', Query, { account: asked });
    asked = await findAccount(scene, next);
  }
}

/** By its number, its address, or a resident who has it; of several, the one that is chosen. Undefined for who is no member of staff. */
async function findAccount({ ask, pickOr, office }: Scene<Office>, first?: Query): Promise<AccountNumber | undefined> {
  let query = first ?? (await ask('staff-password-account', Query));
  for (;;) {
    // What can only be a number is looked up where the password is issued.
    if (query.account !== null && query.phone === null) return query.account;
    const found = await office.lookUps.find(query);
    if (found.outcome === 'not-staff') return undefined;
    if (found.outcome === 'account') return found.seen.account;
    const accounts = found.outcome === 'resident' || found.outcome === 'found' ? found.seen.accounts : [];
    const labels = accountLabels(accounts);
    const beyond = found.outcome === 'found' ? found.seen.moreAccounts : 0;
    const options = accounts.slice(0, MOST_OFFERED).map(({ account }, i) => {
      const label = labels[i] ?? account;
      return { key: account, label: label.includes(account) ? label : `${label} · ${account}`, also: [account] };
    });
    if (options.length === 0) query = await ask('staff-password-nothing', Query);
    else {
      const more = beyond + accounts.length - options.length;
      const answer = await pickOr('staff-password-which', options, Query, { more });
      if ('picked' in answer) return AccountNumber.parse(answer.picked);
      query = answer.answer;
    }
  }
}

/** One page of buttons. */
const MOST_OFFERED = 10;

function accountWords({ account, address, owner, closed }: SlipOpened): TextArgs {
  return { account, address, owner, closed };
}

const paperPhrase = (paper: string) => ({ text: `staff-paper-${paper}` });
