import type { Trx } from '../../records/database.ts';
import { findLinkTo } from '../../records/links.ts';
import { deleteNoticesAbout } from '../../records/notices.ts';
import { findSignedIn } from '../../records/sessions.ts';
import type { MessengerId } from '../caller.ts';
import { postNotice } from '../notices.ts';

/** A payment made in the bot that a registry of payments has brought. */
export type PostedPayment = {
  operation: string;
  account: string;
  sumKopecks: number;
  /** Who paid; null once the consent was withdrawn. */
  messengerId: string | null;
  asGuest: boolean | null;
};

/**
 * Tells a guest that billing has the payment now, by day. A resident hears of every payment for linked accounts from the news, also of those
 * that were made as a guest before the account was linked.
 */
export async function announcePosted(trx: Trx, posted: readonly PostedPayment[], now: Date): Promise<void> {
  for (const { operation, account, sumKopecks: sum, messengerId: payer, asGuest } of posted) {
    if (payer === null || asGuest !== true) continue;
    const signedIn = await findSignedIn(trx, payer, now);
    if (signedIn && (await findLinkTo(trx, signedIn.resident.id, account))) continue;
    const key = `payment-posted/${operation}`;
    const notice = { text: 'notice-payment-posted', words: { account, sum }, key, daytime: true };
    await postNotice(trx, { ...notice, to: payer as MessengerId }, now);
  }
}

/** What waits for the morning is not told of these: billing has them no more, or with another sum. */
export async function withdrawPosted(trx: Trx, operations: readonly string[]): Promise<void> {
  if (operations.length > 0) await deleteNoticesAbout(trx, { keys: 'payment-posted', subjects: operations });
}
