import { type AnnouncementLimits, announcementLimits } from '../../domain/announcement.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import { isUuid, LAST_UUID } from '../../domain/uuid.ts';
import { countReadersSoFar, findCorrectionNumber, findNewestOf, hasNotices } from '../../records/announcement-corrections.ts';
import {
  type Announcement,
  countAnnouncementFigures,
  insertAnnouncement,
  lockAnnouncement,
  lockNextAnnouncementNumber,
  markNoticesStopped,
  updateAnnouncement,
} from '../../records/announcements.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Db } from '../../records/database.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { admitSender, admitSenior, type NotAllowed } from './admission.ts';
import type { StaffCaller } from './staff.ts';

/** Who got an announcement is kept for longer than that (`office/retention.ts`), also of the correction of a correction. */
export const CORRECTED_WITHIN_DAYS = 14;

/** Nobody got it and nobody will; who got it may be known no more; a correction of which it is not yet known whom it is for. */
type NotCorrectable = { outcome: 'nobody' | 'too-old' | 'not-ready'; number: number };
/** `lastAt`: when the former words arrived last, '' where they did nowhere. `rest`: whether there are others, who get the new words at once. */
type Readers = { people: number; lastAt: string; rest: 'none' | 'counted' | 'more'; waiting: number };
/** Somebody else has corrected it meanwhile, by the announcement of that number. */
type Corrected = { outcome: 'corrected'; number: number; by: number };
/** Somebody else has changed its words in place meanwhile. */
type AlreadyRevised = { outcome: 'revised'; id: string; number: number };
/** What an announcement said when «Исправить» showed it. */
type AnnouncementShown = Pick<Announcement, 'words' | 'picture'>;

export type CorrectionOpened =
  | NotAllowed
  | { outcome: 'none' }
  | NotCorrectable
  | { outcome: 'open'; id: string; number: number; words: string; picture: string | null; limits: AnnouncementLimits };
export type CorrectionDrafted =
  | NotAllowed
  | { outcome: 'none' }
  | { outcome: 'same' }
  | { outcome: 'too-long-for-picture' }
  | NotCorrectable
  | AlreadyRevised
  | ({ outcome: 'drafted'; id: string } & Readers);
export type CorrectionSent =
  | NotAllowed
  | { outcome: 'none' }
  | NotCorrectable
  | Corrected
  | AlreadyRevised
  | { outcome: 'changed'; number: number }
  | { outcome: 'sending'; number: number; corrects: number };

/** «Исправить» of an announcement that is being sent or was: other words to exactly those who got the first, and at once to those who wait. Any senior may. */
export function createAnnouncementCorrections(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'> & { settings: Pick<OfficeEdges['settings'], 'textLimits'> },
) {
  const { db, clock, staff, settings } = edges;
  const limits = announcementLimits(settings.textLimits);

  return {
    /** What its readers were told last: the announcement of the button, or the newest correction of it. */
    async open(caller: StaffCaller, id: string): Promise<CorrectionOpened> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      const newest = isUuid(id) ? await findNewestOf(db, id) : undefined;
      if (!newest || newest.number === null) return { outcome: 'none' };
      const { number, words, picture } = newest;
      const stands = await standingOf(db, newest, clock());
      if (stands.how === 'not') return { outcome: stands.why, number };
      return { outcome: 'open', id: newest.id, number, words, picture, limits };
    },

    /** Keeps the new words, and counts who has read the former ones (`shown`: those that they were written for); nothing is sent. */
    async draft(
      caller: StaffCaller,
      { of, words, picture, shown }: { of: string; words: string; picture: string | null; shown: AnnouncementShown },
    ): Promise<CorrectionDrafted> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      if (picture !== null && words.length > limits.underPicture) return { outcome: 'too-long-for-picture' };
      if (!isUuid(of)) return { outcome: 'none' };
      return idempotent(edges, caller, 'announcements.draft-correction', async (trx): Promise<CorrectionDrafted> => {
        const corrected = await lockAnnouncement(trx, of);
        if (!corrected || corrected.number === null) return { outcome: 'none' };
        if (!saysStill(corrected, shown)) return { outcome: 'revised', id: of, number: corrected.number };
        if (saysStill(corrected, { words, picture })) return { outcome: 'same' };
        const stands = await standingOf(trx, corrected, clock());
        if (stands.how === 'not') return { outcome: stands.why, number: corrected.number };
        const { target, place } = corrected;
        const draft = { messengerId: caller.messengerId, byName: caller.name, target, place, words, picture, corrects: of };
        const id = await insertAnnouncement(trx, draft, clock());
        return { outcome: 'drafted', id, ...(await readersOf(trx, corrected)) };
      });
    },

    /**
     * «Отправить»: one's own draft; once. Where no notice of the former words is in line yet, they are changed and nothing else is sent; otherwise what
     * waits with them is stopped, and the correction goes to whom they reached, and to those besides whom they were still to reach. Where it says
     * no longer what it was `shown` to say, somebody else's words are not written over unseen.
     */
    async send(caller: StaffCaller, id: string, shown: AnnouncementShown): Promise<CorrectionSent> {
      const admitted = await admitSender(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      if (!isUuid(id)) return { outcome: 'none' };
      return idempotent(edges, caller, 'announcements.correct', async (trx): Promise<CorrectionSent> => {
        const draft = await lockAnnouncement(trx, id);
        if (!draft || draft.messengerId !== caller.messengerId || draft.corrects === null) return { outcome: 'none' };
        const corrected = await lockAnnouncement(trx, draft.corrects);
        if (!corrected || corrected.number === null) return { outcome: 'none' };
        const corrects = corrected.number;
        if (draft.number !== null) return { outcome: 'sending', number: draft.number, corrects };
        const by = await findCorrectionNumber(trx, corrected.id);
        if (by !== undefined) return { outcome: 'corrected', number: corrects, by };
        if (!saysStill(corrected, shown)) {
          // One's own words, sent once more.
          if (saysStill(corrected, draft)) return { outcome: 'changed', number: corrects };
          return { outcome: 'revised', id: corrected.id, number: corrects };
        }
        const stands = await standingOf(trx, corrected, clock());
        if (stands.how === 'not') return { outcome: stands.why, number: corrects };
        const journal = (details: Record<string, number>) =>
          insertAuditEntry(trx, { who: caller.messengerId, name: caller.name, what: 'announcements.correct', details }, clock());

        const { words, picture } = draft;
        if (stands.how === 'in-place') {
          await updateAnnouncement(trx, corrected.id, { words, picture }, clock());
          const details = { corrects, delivered: 0 };
          await journal(details);
          return { outcome: 'changed', number: corrects };
        }
        const { people, waiting } = await readersOf(trx, corrected);
        const takesOver = corrected.state === 'sending';
        if (takesOver) {
          await updateAnnouncement(trx, corrected.id, { state: 'stopped', inLine: true, stoppedAt: clock() }, clock());
          await markNoticesStopped(trx, corrected.id, clock());
        }
        const number = await lockNextAnnouncementNumber(trx);
        // Whoever was gone through already is a reader of the former words or waits for them.
        const reached = takesOver && !corrected.inLine ? corrected.reached : LAST_UUID;
        await updateAnnouncement(trx, id, { state: 'sending', number, takesOver, reached }, clock());
        const details = { number, corrects, delivered: people, waiting };
        await journal(details);
        return { outcome: 'sending', number, corrects };
      });
    },
  };
}

const saysStill = ({ words, picture }: AnnouncementShown, shown: AnnouncementShown): boolean =>
  words === shown.words && picture === shown.picture;

type Correctability = { how: 'not'; why: NotCorrectable['outcome'] } | { how: 'in-place' | 'by-correction' };

async function standingOf(db: Db, announcement: Announcement, now: Date): Promise<Correctability> {
  const { id, state, corrects, inLine, sendAt, madeAt } = announcement;
  if ((sendAt ?? madeAt) < later(now, -CORRECTED_WITHIN_DAYS * DAY_MS)) return { how: 'not', why: 'too-old' };
  if (state === 'sending' && !(await hasNotices(db, id))) return { how: 'in-place' };
  if (state === 'sending' && corrects !== null && !inLine) return { how: 'not', why: 'not-ready' };
  const isForSomebody = state === 'sending' || (await countReadersSoFar(db, id)).people > 0;
  return isForSomebody ? { how: 'by-correction' } : { how: 'not', why: 'nobody' };
}

async function readersOf(db: Db, { id, state, inLine }: Announcement): Promise<Readers> {
  const { people, lastAt } = await countReadersSoFar(db, id);
  const { waiting } = await countAnnouncementFigures(db, id);
  const isUnderWay = state === 'sending' && (waiting > 0 || !inLine);
  return {
    people,
    lastAt: lastAt?.toISOString() ?? '',
    rest: !isUnderWay ? 'none' : inLine ? 'counted' : 'more',
    waiting: isUnderWay ? waiting : 0,
  };
}
