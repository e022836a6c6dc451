import { DAY_MS, later } from '../../domain/durations.ts';
import { isUuid } from '../../domain/uuid.ts';
import { findNewestOf } from '../../records/announcement-corrections.ts';
import { type Announcement, listSentAnnouncements } from '../../records/announcements.ts';
import type { OfficeEdges } from '../edges.ts';
import { announcementProgress, announcementTitle } from '../news/announcement-progress.ts';
import { admitSenior, type NotAllowed } from './admission.ts';
import { CORRECTED_WITHIN_DAYS } from './announcement-corrections.ts';
import type { StaffCaller } from './staff.ts';

const MOST_LISTED = 10;

type Title = Awaited<ReturnType<typeof announcementTitle>>;
type Progress = Awaited<ReturnType<typeof announcementProgress>>;
/** `at`: when it went out, or is to. */
export type SentAnnouncement = { id: string; at: string; title: Title };

/** What was announced lately, whoever of the seniors did it: each of them may stop and correct it. */
export function createSentAnnouncements(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> },
) {
  const { db, clock, staff, settings } = edges;

  return {
    /** Of the last two weeks, from the newest; of what was corrected its correction. */
    async list(caller: StaffCaller): Promise<NotAllowed | { outcome: 'listed'; announcements: SentAnnouncement[] }> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      const announcements: SentAnnouncement[] = [];
      for (const announcement of await listSentAnnouncements(db, sentSince(clock()), MOST_LISTED)) {
        const { id, sendAt, madeAt } = announcement;
        announcements.push({ id, at: (sendAt ?? madeAt).toISOString(), title: await announcementTitle(db, announcement) });
      }
      return { outcome: 'listed', announcements };
    },

    /** Its words, how far it has come, and what may be done about it. */
    async look(
      caller: StaffCaller,
      id: string,
    ): Promise<NotAllowed | { outcome: 'none' } | ({ outcome: 'found'; id: string; said: string } & Progress)> {
      const admitted = await admitSenior(staff, caller);
      if (admitted.outcome !== 'open') return admitted;
      const found: Announcement | undefined = isUuid(id) ? await findNewestOf(db, id) : undefined;
      if (!found) return { outcome: 'none' };
      const progress = await announcementProgress(db, found, settings.timeZone, clock());
      return { outcome: 'found', id: found.id, said: found.words, ...progress };
    },
  };
}

/** Announcements since then may be corrected. */
export const sentSince = (now: Date): Date => later(now, -CORRECTED_WITHIN_DAYS * DAY_MS);
