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
import { deleteUnpaidPaymentOrders } from '../records/payment-orders.ts';
import { deleteOldProofs } from '../records/proofs.ts';
import { deleteOldReadingAnswers } from '../records/reading-answers.ts';
import { deleteOldReadings } from '../records/readings.ts';
import { deleteOldPreviousRows } from '../records/registries/previous-rows.ts';
import { deleteOldRegistryOrders } from '../records/registries/orders.ts';
import { deleteOldScheduledExports } from '../records/scheduled-exports.ts';
import { deleteOldRequests } from '../records/request-wiping.ts';
import { deleteOldRevokedTurns } from '../records/revoked-turns.ts';
import { deleteOldSentPapers } from '../records/sent-papers.ts';
import { deleteOldSumAttempts } from '../records/sum-attempts.ts';
import { deleteOldSumFailures, updateSumFailuresForgotten } from '../records/sum-failures.ts';
import { deleteOldSumWayClosings } from '../records/sum-way-closings.ts';
import { deleteOldRateLimitHits } from '../records/rate-limit-hits.ts';
import { deleteOldDeadLetters } from '../records/update-inbox.ts';
import type { Db } from '../records/database.ts';
import { probeWriting } from '../records/write-probe.ts';
import { eachByItself } from './each-by-itself.ts';
import type { OfficeEdges } from './edges.ts';
import { UNDONE_WITHIN_DAYS } from './registries/undo.ts';

/** Dead letters hold personal data: they are looked at within two weeks or not at all. */
const DEAD_LETTERS_MS = 14 * DAY_MS;
/** Longer than a messenger repeats an update: a day at most. */
const IDEMPOTENCY_KEYS_MS = 3 * DAY_MS;
/** Longer than any cap or lock counts. */
const RATE_LIMITS_MS = 2 * DAY_MS;
/** A consent that no registration followed: nothing was kept by it. */
const UNUSED_CONSENTS_MS = 2 * DAY_MS;
/** Long after the last day on which a messenger tells of a payment. */
const UNPAID_ORDERS_MS = 60 * DAY_MS;
const OUTBOX_MS = 30 * DAY_MS;
/** Two months of payment documents: older ones are asked for seldom, and drawn again then. */
const SENT_PAPERS_MS = 60 * DAY_MS;
/** What became of registry files that came through the chat; the registries' own trace is kept. */
const REGISTRY_ORDERS_MS = 60 * DAY_MS;
/** As long as a charge can be disputed (ст. 196 ГК РФ). */
const DISPUTED_MS = 3 * 366 * DAY_MS;
/** Longer than a window of readings is open. A scan of the last registry that is repeated finds that all was told. */
const NEWS_SCANS_MS = 40 * DAY_MS;

/** The moments before which what is older goes. */
type Ages = { now: Date; ago: (ms: number) => Date; day: (ms: number) => string };

type RetentionStep = { name: string; forget: (db: Db, ages: Ages) => Promise<void> };

const STEPS: readonly RetentionStep[] = [
  { name: 'announcement drafts', forget: (db, { ago }) => deleteOldAnnouncementDrafts(db, ago(RATE_LIMITS_MS)) },
  { name: 'registry orders', forget: (db, { ago }) => deleteOldRegistryOrders(db, ago(REGISTRY_ORDERS_MS)) },
  { name: 'rows before imports', forget: (db, { ago }) => deleteOldPreviousRows(db, ago(UNDONE_WITHIN_DAYS * DAY_MS)) },
  { name: 'idempotency keys', forget: (db, { ago }) => deleteOldIdempotencyKeys(db, ago(IDEMPOTENCY_KEYS_MS)) },
  { name: 'outbox', forget: (db, { ago }) => deleteOldOutbox(db, ago(OUTBOX_MS)) },
  { name: 'what was told last', forget: (db, { ago }) => deleteOldLastTold(db, ago(OUTBOX_MS)) },
  { name: 'codes', forget: (db, { ago }) => deleteOldCodes(db, ago(RATE_LIMITS_MS)) },
  { name: 'password tries', forget: (db, { ago }) => deleteOldTries(db, ago(RATE_LIMITS_MS)) },
  { name: 'rate limits', forget: (db, { ago }) => deleteOldRateLimitHits(db, ago(RATE_LIMITS_MS)) },
  { name: 'password drafts', forget: (db, { now }) => deleteOldDrafts(db, now) },
  { name: 'awaited secrets', forget: (db, { now }) => deleteOldAwaitedSecrets(db, now) },
  { name: 'proofs', forget: (db, { now }) => deleteOldProofs(db, now) },
  { name: 'unused consents', forget: (db, { ago }) => deleteUnusedConsents(db, ago(UNUSED_CONSENTS_MS)) },
  { name: 'guest lookups', forget: (db, { ago }) => deleteOldGuestLookups(db, ago(RATE_LIMITS_MS)) },
  { name: 'link proofs', forget: (db, { now }) => deleteOldLinkProofs(db, now) },
  { name: 'access offers', forget: (db, { ago }) => deleteOldAccessOffers(db, ago(RATE_LIMITS_MS)) },
  { name: 'sum attempts', forget: (db, { now }) => deleteOldSumAttempts(db, now) },
  {
    name: 'sum failures',
    async forget(db, { now }) {
      await updateSumFailuresForgotten(db, now);
      await deleteOldSumFailures(db, now);
    },
  },
  { name: 'closings of the way by sum', forget: (db, { ago }) => deleteOldSumWayClosings(db, ago(DISPUTED_MS)) },
  { name: 'sent papers', forget: (db, { ago }) => deleteOldSentPapers(db, ago(SENT_PAPERS_MS)) },
  { name: 'requests', forget: (db, { ago }) => deleteOldRequests(db, ago(DISPUTED_MS)) },
  { name: 'readings', forget: (db, { day }) => deleteOldReadings(db, day(DISPUTED_MS)) },
  { name: 'answers on readings', forget: (db, { day }) => deleteOldReadingAnswers(db, day(DISPUTED_MS)) },
  { name: 'exports', forget: (db, { ago }) => deleteOldExports(db, ago(DISPUTED_MS)) },
  { name: 'scheduled exports', forget: (db, { day }) => deleteOldScheduledExports(db, day(REGISTRY_ORDERS_MS)) },
  { name: 'meter values', forget: (db, { day }) => deleteOldMeterValues(db, day(DISPUTED_MS)) },
  { name: 'unpaid orders', forget: (db, { ago }) => deleteUnpaidPaymentOrders(db, ago(UNPAID_ORDERS_MS)) },
  { name: 'news scans', forget: (db, { ago }) => deleteOldNewsScans(db, ago(NEWS_SCANS_MS)) },
  { name: 'dead letters', forget: (db, { ago }) => deleteOldDeadLetters(db, ago(DEAD_LETTERS_MS)) },
  { name: 'revoked turns', forget: (db, { ago }) => deleteOldRevokedTurns(db, ago(RATE_LIMITS_MS)) },
];

/** What is forgotten by itself, step by step, as logs and metrics name it. */
export const RETENTION_STEPS: readonly string[] = STEPS.map(({ name }) => name);

type RetentionWays = {
  onFailed?: (step: string, error: unknown) => void;
  /** Whether it may be that the database is away. */
  isOutage?: (error: unknown) => boolean;
};

const answers = (db: Db): Promise<boolean> =>
  probeWriting(db).then(
    () => true,
    () => false,
  );

export type Retention = ReturnType<typeof createRetention>;

/**
 * Retention: deletes what is no longer needed. Idempotent, safe to run in several processes. A step that fails hides none of those after it:
 * `onFailed` hears of each, and at the end all are thrown as one. Where the database is away the rest is left for the next time, and that is
 * thrown alone: each step would wait for it anew.
 */
export function createRetention({
  db,
  clock,
  onFailed = () => undefined,
  isOutage = () => false,
}: Pick<OfficeEdges, 'db' | 'clock'> & RetentionWays) {
  return {
    /** Ends between two steps once `stop` is aborted. */
    async deleteExpired(stop?: AbortSignal): Promise<void> {
      const now = clock();
      const ago = (ms: number) => later(now, -ms);
      const ages: Ages = { now, ago, day: (ms) => ago(ms).toISOString().slice(0, 10) };
      let isAway = false;
      await eachByItself(
        STEPS,
        async ({ forget }) => {
          try {
            await forget(db, ages);
          } catch (error) {
            // A step may also be too long for its time or in somebody's way, with all the others in order.
            isAway = isOutage(error) && !stop?.aborted && !(await answers(db));
            throw error;
          }
        },
        ({ name }, error) => void (isAway || onFailed(name, error)),
        () => !isAway && !stop?.aborted,
      );
    },
  };
}
