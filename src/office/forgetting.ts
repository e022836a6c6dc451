import { forgetCodes } from '../records/confirmation-codes.ts';
import { forgetUnusedConsents } from '../records/consents.ts';
import type { Db } from '../records/database.ts';
import { forgetLinkProofs } from '../records/link-proofs.ts';
import { forgetOperations } from '../records/operations.ts';
import { forgetDrafts } from '../records/password-drafts.ts';
import { forgetPasswordTries } from '../records/password-tries.ts';
import { forgetOldProofs } from '../records/proofs.ts';
import { forgetSumAttempts } from '../records/sum-attempts.ts';
import { forgetSumFailures } from '../records/sum-failures.ts';
import { forgetTallies } from '../records/tallies.ts';

/** The longest time that a limit of the sign-in looks back (those of linking know their own), and twice the time for which Telegram repeats an update. */
const KEPT_MS = 2 * 24 * 60 * 60 * 1000;

/** Deletes what has served its time: codes, proofs, drafts, counters, consents without a registration, answers to repeats. To be called every hour or so; harmless at any time. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await forgetCodes(db, before);
  await forgetOldProofs(db, now);
  await forgetDrafts(db, now);
  await forgetTallies(db, before);
  await forgetPasswordTries(db, before);
  await forgetUnusedConsents(db, before);
  await forgetLinkProofs(db, now);
  await forgetSumAttempts(db, now);
  await forgetSumFailures(db, now);
  await forgetOperations(db, before);
}
