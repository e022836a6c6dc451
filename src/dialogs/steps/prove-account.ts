import type { AccountNumber } from '../../domain/account-number.ts';
import { PaidSum } from '../../domain/paid-sum.ts';
import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
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
  for (;;) {
    const answer = way === 'by-sum' ? await bySum(scene, account, paymentsDay) : await byPassword(scene, account);
    let next: (typeof NEXT_OR_NUMBER)[number];
    switch (answer.outcome) {
      case 'proved':
        return answer;
      case 'guest':
      case 'phone-to-confirm':
        await turnAway(scene, answer.outcome);
        return undefined;
      case 'not-proved':
        next = await scene.choose(way === 'by-sum' ? 'linking-sum-not-proved' : 'linking-password-not-proved', NEXT_OR_NUMBER, {
          account,
        });
        break;
      case 'second-way':
        next = await scene.choose('linking-second-way', NEXT);
        break;
      case 'too-late':
        next = await scene.choose('linking-too-late', NEXT);
        break;
      case 'forgot-sum':
        next = await scene.choose('linking-forgot-sum', NEXT);
        break;
      case 'get-password':
        next = 'get-password';
        break;
    }
    if (next === 'get-password') return scene.goTo('account-password-help');
    if (next === 'contacts') return scene.goTo('contacts');
    if (next === 'correct-account') return scene.goTo('linking', way);
    way = next;
  }
}

/** 9.1 The sum of the last month with payments; after round sums, of months before it. */
async function bySum({ askOr, office }: Scene<Office>, account: AccountNumber, paymentsDay: string | null) {
  const words = { dated: paymentsDay === null ? 'no' : 'yes', day: paymentsDay ?? '' };
  let question = 'linking-sum';
  let attempt: string | undefined;
  for (;;) {
    const typed = await askOr(question, PaidSum, { words, buttons: ['forgot-sum'] });
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
