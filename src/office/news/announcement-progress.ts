import { isNight } from '../../domain/quiet-hours.ts';
import { countReadersSoFar, findAnnouncementNumber, findCorrectionNumber } from '../../records/announcement-corrections.ts';
import { type Announcement, type AnnouncementFigures, countAnnouncementFigures } from '../../records/announcements.ts';
import type { Db } from '../../records/database.ts';

/** What an announcement is called, and for whom it is: words of `announcement-title` and `announcement-whom`. */
export async function announcementTitle(db: Db, { number, target, place, corrects, takesOver }: Announcement) {
  return {
    number: number ?? 0,
    target,
    place,
    corrects: corrects === null ? 0 : ((await findAnnouncementNumber(db, corrects)) ?? 0),
    rest: corrects === null || takesOver,
  };
}

/** How far an announcement has come, in the words of `announcement-progress`, and what may be done about it. */
export async function announcementProgress(db: Db, announcement: Announcement, timeZone: string, now: Date) {
  const { id, state, inLine, sendAt, stoppedAt } = announcement;
  const isPlanned = state === 'sending' && sendAt !== null && sendAt > now;
  const { waiting, delivered, undelivered, unsent } = await figuresOf(db, announcement);
  const correctedBy = (await findCorrectionNumber(db, id)) ?? 0;
  const halted = correctedBy > 0 ? 'corrected' : 'halted';
  const words = {
    ...(await announcementTitle(db, announcement)),
    correctedBy,
    state: isPlanned ? 'planned' : state === 'over' && stoppedAt ? halted : state,
    sendAt: sendAt?.toISOString() ?? '',
    counted: inLine,
    night: waiting > 0 && isNight(now, timeZone),
    waiting,
    delivered,
    undelivered,
    unsent,
  };
  // Of what nobody got, or what is corrected already, there is nothing to correct. Who got what a correction corrects still reads that.
  const correctable = correctedBy === 0 && (state === 'sending' || (await countReadersSoFar(db, id)).people > 0);
  return { words, correctable, stoppable: state === 'sending' };
}

/** Those of the end are kept when the notices themselves are forgotten. */
async function figuresOf(db: Db, announcement: Announcement): Promise<AnnouncementFigures> {
  const { id, state, delivered, undelivered, unsent } = announcement;
  if (state !== 'over') return countAnnouncementFigures(db, id);
  return { delivered: delivered ?? 0, undelivered: undelivered ?? 0, unsent: unsent ?? 0, waiting: 0 };
}
