import { DAY_MS, later } from '../domain/durations.ts';
import { forgetAnnouncementDrafts } from '../records/announcements.ts';
import { forgetAwaitedSecrets } from '../records/awaited-secrets.ts';
import { forgetCodes } from '../records/confirmation-codes.ts';
import { forgetUnusedConsents } from '../records/consents.ts';
import { forgetErasures } from '../records/erasures.ts';
import { forgetErrands } from '../records/errands.ts';
import { forgetExports } from '../records/exports.ts';
import { forgetGuestLookups } from '../records/guest-lookups.ts';
import { forgetLastTold } from '../records/last-told.ts';
import { forgetLinkProofs } from '../records/link-proofs.ts';
import { forgetMeterValues } from '../records/meter-values.ts';
import { forgetRounds } from '../records/news-rounds.ts';
import { forgetNotices } from '../records/notices.ts';
import { forgetOperations } from '../records/operations.ts';
import { forgetDrafts } from '../records/password-drafts.ts';
import { forgetPasswordTries } from '../records/password-tries.ts';
import { forgetUnpaidOrders } from '../records/payment-orders.ts';
import { forgetOldProofs } from '../records/proofs.ts';
import { forgetReadingAnswers } from '../records/reading-answers.ts';
import { forgetReadings } from '../records/readings.ts';
import { forgetBefores } from '../records/registry-befores.ts';
import { forgetOrders } from '../records/registry-orders.ts';
import { forgetRequests } from '../records/request-wiping.ts';
import { forgetRevokedTurns } from '../records/revoked-turns.ts';
import { forgetSentPapers } from '../records/sent-papers.ts';
import { forgetSumAttempts } from '../records/sum-attempts.ts';
import { forgetSumFailures } from '../records/sum-failures.ts';
import { forgetSumWayClosings } from '../records/sum-way-closings.ts';
import { forgetTallies } from '../records/tallies.ts';
import { forgetDeadLetters } from '../records/update-inbox.ts';
import type { OfficeEdges } from './edges.ts';
import { UNDONE_WITHIN_DAYS } from './registry-undo.ts';

/** What was put aside for people to look at holds personal data: nobody looks after two weeks. */
const PARKED_MS = 14 * DAY_MS;
/** Telegram repeats an update for a day at most. */
const OPERATIONS_MS = 3 * DAY_MS;
/** Longer than any cap or lock counts. */
const CAPS_MS = 2 * DAY_MS;
/** A consent that no registration followed: nothing was kept by it. */
const UNUSED_MS = 2 * DAY_MS;
/** Long after the last day on which Telegram tells of a payment. */
const ORDERS_MS = 60 * DAY_MS;
const NOTICES_MS = 30 * DAY_MS;
/** Two months of payment documents: older ones are asked for seldom, and drawn again then. */
const PAPERS_MS = 60 * DAY_MS;
/** What became of registry files that came through the chat; the registries' own trace is kept. */
const REGISTRY_ORDERS_MS = 60 * DAY_MS;
/** As long as a charge can be disputed (ст. 196 ГК РФ). */
const READINGS_MS = 3 * 366 * DAY_MS;
/** Longer than a window of readings is open. A round of the last registry that is made again finds that all was told. */
const ROUNDS_MS = 40 * DAY_MS;

export type Upkeep = ReturnType<typeof createUpkeep>;

/** What is due again and again, whoever does it: forgetting what is no longer needed. */
export function createUpkeep({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    async forgetWhatIsOver(): Promise<void> {
      const now = clock();
      const ago = (ms: number) => later(now, -ms);
      const day = (ms: number) => ago(ms).toISOString().slice(0, 10);
      await forgetAnnouncementDrafts(db, ago(CAPS_MS));
      await forgetOrders(db, ago(REGISTRY_ORDERS_MS));
      await forgetBefores(db, ago(UNDONE_WITHIN_DAYS * DAY_MS));
      await forgetOperations(db, ago(OPERATIONS_MS));
      await forgetErrands(db, ago(NOTICES_MS));
      await forgetLastTold(db, ago(NOTICES_MS));
      await forgetCodes(db, ago(CAPS_MS));
      await forgetPasswordTries(db, ago(CAPS_MS));
      await forgetTallies(db, ago(CAPS_MS));
      await forgetDrafts(db, now);
      await forgetAwaitedSecrets(db, now);
      await forgetOldProofs(db, now);
      await forgetUnusedConsents(db, ago(UNUSED_MS));
      await forgetGuestLookups(db, ago(CAPS_MS));
      await forgetLinkProofs(db, now);
      await forgetSumAttempts(db, now);
      await forgetSumFailures(db, now);
      await forgetSumWayClosings(db, ago(READINGS_MS));
      await forgetSentPapers(db, ago(PAPERS_MS));
      await forgetRequests(db, ago(READINGS_MS));
      await forgetReadings(db, day(READINGS_MS));
      await forgetReadingAnswers(db, day(READINGS_MS));
      await forgetExports(db, ago(READINGS_MS));
      await forgetMeterValues(db, day(READINGS_MS));
      await forgetUnpaidOrders(db, ago(ORDERS_MS));
      await forgetNotices(db, ago(NOTICES_MS));
      await forgetErasures(db, ago(NOTICES_MS));
      await forgetRounds(db, ago(ROUNDS_MS));
      await forgetDeadLetters(db, ago(PARKED_MS));
      await forgetRevokedTurns(db, ago(CAPS_MS));
    },
  };
}
