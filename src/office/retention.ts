import { DAY_MS, later } from '../domain/durations.ts';
import { deleteOldAccessOffers } from '../records/access-offers.ts';
import { deleteOldAnnouncementDrafts } from '../records/announcements.ts';
import { deleteOldAwaitedSecrets } from '../records/awaited-secrets.ts';
import { deleteOldCodes } from '../records/confirmation-codes.ts';
import { deleteUnusedConsents } from '../records/consents.ts';
import { deleteOldExports } from '../records/exports.ts';
import { deleteOldGuestLookups } from '../records/guest-lookups.ts';
import { deleteOldLastTold } from '../records/last-told.ts';
import { deleteOldLinkProofs } from '../records/link-proofs.ts';
import { deleteOldMeterValues } from '../records/meter-values.ts';
import { deleteOldNewsScans } from '../records/news-scans.ts';
import { deleteOldOutbox } from '../records/outbox.ts';
import { deleteOldIdempotencyKeys } from '../records/idempotency-keys.ts';
import { deleteOldDrafts } from '../records/password-drafts.ts';
import { deleteOldTries } from '../records/password-tries.ts';
import { deleteUnpaidOrders } from '../records/payment-orders.ts';
import { deleteOldProofs } from '../records/proofs.ts';
import { deleteOldReadingAnswers } from '../records/reading-answers.ts';
import { deleteOldReadings } from '../records/readings.ts';
import { deleteOldPreviousRows } from '../records/registries/previous-rows.ts';
import { deleteOldOrders } from '../records/registries/orders.ts';
import { deleteOldScheduledExports } from '../records/scheduled-exports.ts';
import { deleteOldRequests } from '../records/request-wiping.ts';
import { deleteOldRevokedTurns } from '../records/revoked-turns.ts';
import { deleteOldSentPapers } from '../records/sent-papers.ts';
import { deleteOldSumAttempts } from '../records/sum-attempts.ts';
import { deleteOldSumFailures } from '../records/sum-failures.ts';
import { deleteOldSumWayClosings } from '../records/sum-way-closings.ts';
import { deleteOldRateLimitHits } from '../records/rate-limit-hits.ts';
import { deleteOldDeadLetters } from '../records/update-inbox.ts';
import type { OfficeEdges } from './edges.ts';
import { UNDONE_WITHIN_DAYS } from './registries/undo.ts';

/** Dead letters hold personal data: they are looked at within two weeks or not at all. */
const PARKED_MS = 14 * DAY_MS;
/** Telegram repeats an update for a day at most. */
const IDEMPOTENCY_KEYS_MS = 3 * DAY_MS;
/** Longer than any cap or lock counts. */
const CAPS_MS = 2 * DAY_MS;
/** A consent that no registration followed: nothing was kept by it. */
const UNUSED_MS = 2 * DAY_MS;
/** Long after the last day on which Telegram tells of a payment. */
const ORDERS_MS = 60 * DAY_MS;
const OUTBOX_MS = 30 * DAY_MS;
/** Two months of payment documents: older ones are asked for seldom, and drawn again then. */
const PAPERS_MS = 60 * DAY_MS;
/** What became of registry files that came through the chat; the registries' own trace is kept. */
const REGISTRY_ORDERS_MS = 60 * DAY_MS;
/** As long as a charge can be disputed (ст. 196 ГК РФ). */
const READINGS_MS = 3 * 366 * DAY_MS;
/** Longer than a window of readings is open. A scan of the last registry that is repeated finds that all was told. */
const ROUNDS_MS = 40 * DAY_MS;

export type Retention = ReturnType<typeof createRetention>;

/** Retention: deletes what is no longer needed. Idempotent, safe to run in several processes. */
export function createRetention({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    async deleteExpired(): Promise<void> {
      const now = clock();
      const ago = (ms: number) => later(now, -ms);
      const day = (ms: number) => ago(ms).toISOString().slice(0, 10);
      await deleteOldAnnouncementDrafts(db, ago(CAPS_MS));
      await deleteOldOrders(db, ago(REGISTRY_ORDERS_MS));
      await deleteOldPreviousRows(db, ago(UNDONE_WITHIN_DAYS * DAY_MS));
      await deleteOldIdempotencyKeys(db, ago(IDEMPOTENCY_KEYS_MS));
      await deleteOldOutbox(db, ago(OUTBOX_MS));
      await deleteOldLastTold(db, ago(OUTBOX_MS));
      await deleteOldCodes(db, ago(CAPS_MS));
      await deleteOldTries(db, ago(CAPS_MS));
      await deleteOldRateLimitHits(db, ago(CAPS_MS));
      await deleteOldDrafts(db, now);
      await deleteOldAwaitedSecrets(db, now);
      await deleteOldProofs(db, now);
      await deleteUnusedConsents(db, ago(UNUSED_MS));
      await deleteOldGuestLookups(db, ago(CAPS_MS));
      await deleteOldLinkProofs(db, now);
      await deleteOldAccessOffers(db, ago(CAPS_MS));
      await deleteOldSumAttempts(db, now);
      await deleteOldSumFailures(db, now);
      await deleteOldSumWayClosings(db, ago(READINGS_MS));
      await deleteOldSentPapers(db, ago(PAPERS_MS));
      await deleteOldRequests(db, ago(READINGS_MS));
      await deleteOldReadings(db, day(READINGS_MS));
      await deleteOldReadingAnswers(db, day(READINGS_MS));
      await deleteOldExports(db, ago(READINGS_MS));
      await deleteOldScheduledExports(db, day(REGISTRY_ORDERS_MS));
      await deleteOldMeterValues(db, day(READINGS_MS));
      await deleteUnpaidOrders(db, ago(ORDERS_MS));
      await deleteOldNewsScans(db, ago(ROUNDS_MS));
      await deleteOldDeadLetters(db, ago(PARKED_MS));
      await deleteOldRevokedTurns(db, ago(CAPS_MS));
    },
  };
}
