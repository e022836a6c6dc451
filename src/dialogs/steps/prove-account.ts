import { AccountNumber } from '../../domain/account-number.ts';
import { LINKING_WAYS, linkingRef, type LinkingWay } from '../../domain/door-refs.ts';
import type { Kopecks } from '../../domain/money.ts';
import { PaidSumOrAccount } from '../../domain/paid-sum.ts';
import type { Office } from '../../office/office.ts';
import type { Phrase, Scene, TextArgs } from '../kit/scene.ts';
import { showPoints } from './points.ts';
import { turnAway } from './turn-away.ts';

const NEXT = [...LINKING_WAYS, 'get-password', 'contacts'] as const;
/** Where the number may be wrong, too. */
const NEXT_OR_NUMBER = [...LINKING_WAYS, 'correct-account', 'get-password', 'contacts'] as const;
const NEXT_OF_SUM = [...LINKING_WAYS, 'forgot-sum', 'correct-account', 'get-password', 'contacts'] as const;

/**
 * Points 9.1 and 9.2: the proof that the account is known to the resident, by either way, until it holds or the dialog is left (undefined).
 * `paymentsDay` is the day that the data on payments are of.
 */
export async function proveAccount(
  scene: Scene<Office>,
  account: AccountNumber,
  first: BeginningOfProof,
  paymentsDay: string | null,
): Promise<{ proof: string; address: string } | undefined> {
  let way: LinkingWay = typeof first === 'string' ? first : 'by-sum';
  if (typeof first === 'object' && 'account' in first) return scene.goTo('linking', linkingRef(way, first.account));
  /** Was typed where a button was wanted: it is the answer all the same. */
  let typed: Kopecks | undefined = typeof first === 'object' && 'sum' in first ? first.sum : undefined;
  let tried: Proved | undefined;
  for (;;) {
    const answer =
      tried ?? (way === 'by-sum' ? await bySum(scene, account, paymentsDay, typed) : await byPassword(scene, account));
    typed = undefined;
    tried = undefined;
    let next: (typeof NEXT_OF_SUM)[number] | Meant | { proved: Proved };
    switch (answer.outcome) {
      case 'proved':
        return answer;
      case 'guest':
      case 'phone-to-confirm':
        await turnAway(scene, answer.outcome);
        return undefined;
      case 'not-proved':
        next =
          way === 'by-sum'
            ? await nextOrSum(scene, account, 'linking-sum-not-proved', NEXT_OF_SUM, { account })
            : await nextOrAccount(scene, account, 'linking-password-not-proved', NEXT_OR_NUMBER, { account });
        break;
      case 'second-way':
        next = await nextOrAccount(scene, account, 'linking-second-way', NEXT);
        break;
      case 'too-late':
        next = await nextOrSum(scene, account, 'linking-too-late', NEXT);
        break;
      case 'forgot-sum':
        next = await withoutSum(scene, account);
        break;
      case 'get-password':
        next = 'get-password';
        break;
      case 'other-account':
        next = { account: answer.account };
        break;
      case 'password':
        next = { proved: answer.proved };
    }
    if (next === 'forgot-sum') next = await withoutSum(scene, account);
    if (typeof next === 'object' && 'proved' in next) {
      way = 'by-password';
      tried = next.proved;
      continue;
    }
    if (typeof next === 'object' && 'account' in next) return scene.goTo('linking', linkingRef(way, next.account));
    if (typeof next === 'object') {
      way = 'by-sum';
      typed = next.sum;
      continue;
    }
    if (next === 'get-password') return scene.goTo('account-password-help', account);
    if (next === 'contacts') return scene.goTo('contacts');
    if (next === 'correct-account') return scene.goTo('linking', way);
    way = next;
  }
}

/** Section 3: «Не помню сумму» says how a password is got, too: the papers, the points. What is asked next stands below them. */
async function withoutSum(scene: Scene<Office>, account: AccountNumber) {
  await scene.say('account-password-help');
  await showPoints(scene);
  return nextOrSum(scene, account, 'linking-forgot-sum', NEXT);
}

/** What was typed at the question for a sum. */
type Meant = { sum: Kopecks } | { account: AccountNumber };

/** The number of this very account is no sum: it is typed once more, to be sure of it. Of another one's it is asked: a wrong sum counts. */
export async function meantBy({ choose }: Scene<Office>, said: PaidSumOrAccount, account: AccountNumber): Promise<Meant> {
  if ('account' in said || said.orAccount === undefined) return said;
  const { sum, orAccount: other } = said;
  if (other === account) return { account };
  const chosen = await choose('linking-sum-or-number', ['is-sum', 'is-number'], { typed: other });
  return chosen === 'is-sum' ? { sum } : { account: other };
}

/** A way by which the account is to be proved, or what was typed already where the way was asked for. */
export type BeginningOfProof = LinkingWay | Meant;

/** What the office says of a proof. */
type Proved = Awaited<ReturnType<Scene<Office>['office']['linking']['proveByPassword']>>;

/** A password to the account that is typed where something else was asked for is tried all the same. */
const provedBy = (account: AccountNumber) => (typed: string, office: Scene<Office>['office']) =>
  office.linking.proveByPassword(account, typed);

/** A button, or the sum at once: whoever has found it need not press first; or the number, where that was wrong; or the password. */
async function nextOrSum<const K extends string>(
  scene: Scene<Office>,
  account: AccountNumber,
  question: string,
  buttons: readonly K[],
  words: TextArgs = {},
): Promise<K | Meant | { proved: Proved }> {
  const next = await scene.askOrProve(question, PaidSumOrAccount, provedBy(account), { words, buttons });
  return 'pressed' in next ? next.pressed : 'answer' in next ? meantBy(scene, next.answer, account) : next;
}

/** The same where no sum is meant. */
async function nextOrAccount<const K extends string>(
  { askOrProve }: Scene<Office>,
  account: AccountNumber,
  question: string,
  buttons: readonly K[],
  words: TextArgs = {},
): Promise<K | { account: AccountNumber } | { proved: Proved }> {
  const next = await askOrProve(question, AccountNumber, provedBy(account), { words, buttons });
  return 'pressed' in next ? next.pressed : 'answer' in next ? { account: next.answer } : next;
}

/** 9.1 The sum of the last month with payments, which may be `typed` already; after round sums, of months before it. */
async function bySum(scene: Scene<Office>, account: AccountNumber, paymentsDay: string | null, first: Kopecks | undefined) {
  const { askOrProve, office } = scene;
  const words = { dated: paymentsDay !== null, day: paymentsDay ?? '' };
  let question = 'linking-sum';
  let attempt: string | undefined;
  let known: Meant | undefined = first === undefined ? undefined : { sum: first };
  let because: Phrase | undefined;
  for (;;) {
    if (!known) {
      const typed = await askOrProve(question, PaidSumOrAccount, provedBy(account), { words, buttons: ['forgot-sum'], because });
      if ('pressed' in typed) return { outcome: typed.pressed };
      if ('proved' in typed) return { outcome: 'password' as const, proved: typed.proved };
      known = await meantBy(scene, typed.answer, account);
    }
    const said = known;
    known = undefined;
    because = undefined;
    if ('account' in said) {
      // The same once more is a slip of where one is; another one corrects the number.
      if (said.account !== account) return { outcome: 'other-account' as const, account: said.account };
      because = { text: 'linking-number-again' };
      continue;
    }
    const answer = await office.linking.proveBySum(account, said.sum, attempt);
    if (answer.outcome !== 'earlier-month') return answer;
    question = 'linking-earlier-sum';
    attempt = answer.attempt;
  }
}

/** 9.2 The password from a payment point. */
async function byPassword({ askSecret }: Scene<Office>, account: AccountNumber) {
  const answer = await askSecret('linking-password', (typed, office) => office.linking.proveByPassword(account, typed), {
    buttons: ['get-password'],
  });
  return 'pressed' in answer ? { outcome: answer.pressed } : answer;
}
