import type { AccountNumber } from '../../domain/account-number.ts';
import type { Kopecks } from '../../domain/money.ts';
import { PaidSum, PaidSumAlone } from '../../domain/paid-sum.ts';
import type { Office } from '../../office/office.ts';
import type { Scene, TextArgs } from '../kit/scene.ts';
import { turnAway } from './turn-away.ts';

export type LinkingWay = 'by-sum' | 'by-password';

export function isLinkingWay(ref: string): ref is LinkingWay {
  return ref === 'by-sum' || ref === 'by-password';
}

const WAYS = ['by-sum', 'by-password'] as const;
const NEXT = [...WAYS, 'get-password', 'contacts'] as const;
/** Where the number may be wrong, too. */
const NEXT_OR_NUMBER = [...WAYS, 'correct-account', 'get-password', 'contacts'] as const;

/**
 * Points 9.1 and 9.2: the proof that the account is known to the resident, by either way, until it holds or the dialog is left (undefined).
 * `paymentsDay` is the day that the data on payments are of.
 */
export async function proveAccount(
  scene: Scene<Office>,
  account: AccountNumber,
  firstWay: LinkingWay,
  paymentsDay: string | null,
): Promise<{ proof: string; address: string } | undefined> {
  let way = firstWay;
  /** Was typed where a button was wanted: it is the answer all the same. */
  let typed: Kopecks | undefined;
  for (;;) {
    const answer = way === 'by-sum' ? await bySum(scene, account, paymentsDay, typed) : await byPassword(scene, account);
    typed = undefined;
    let next: (typeof NEXT_OR_NUMBER)[number] | { sum: Kopecks };
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
            ? await nextOrSum(scene, 'linking-sum-not-proved', NEXT_OR_NUMBER, { account })
            : await scene.choose('linking-password-not-proved', NEXT_OR_NUMBER, { account });
        break;
      case 'second-way':
        next = await scene.choose('linking-second-way', NEXT);
        break;
      case 'too-late':
        next = await scene.choose('linking-too-late', NEXT);
        break;
      case 'forgot-sum':
        next = await nextOrSum(scene, 'linking-forgot-sum', NEXT);
        break;
      case 'get-password':
        next = 'get-password';
        break;
    }
    if (typeof next === 'object') {
      typed = next.sum;
      continue;
    }
    if (next === 'get-password') return scene.goTo('account-password-help');
    if (next === 'contacts') return scene.goTo('contacts');
    if (next === 'correct-account') return scene.goTo('linking', way);
    way = next;
  }
}

/** A button, or the sum at once: whoever has found it need not press first. */
async function nextOrSum<const K extends string>(
  { askOr }: Scene<Office>,
  question: string,
  buttons: readonly K[],
  words: TextArgs = {},
): Promise<K | { sum: Kopecks }> {
  const next = await askOr(question, PaidSumAlone, { words, buttons });
  return 'pressed' in next ? next.pressed : { sum: next.answer };
}

/** 9.1 The sum of the last month with payments, which may be `typed` already; after round sums, of months before it. */
async function bySum(
  { askOr, office }: Scene<Office>,
  account: AccountNumber,
  paymentsDay: string | null,
  first: Kopecks | undefined,
) {
  const words = { dated: paymentsDay === null ? 'no' : 'yes', day: paymentsDay ?? '' };
  let question = 'linking-sum';
  let attempt: string | undefined;
  let known = first;
  for (;;) {
    const typed = known === undefined ? await askOr(question, PaidSum, { words, buttons: ['forgot-sum'] }) : { answer: known };
    known = undefined;
    if ('pressed' in typed) return { outcome: typed.pressed };
    const answer = await office.linking.proveBySum(account, typed.answer, attempt);
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
