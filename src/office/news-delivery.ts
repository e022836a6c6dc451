import { isBeingSent } from '../records/announcements.ts';
import type { Db } from '../records/database.ts';
import { noticeStanding } from '../records/news-readers.ts';
import type { NoticeRow } from '../records/notices.ts';
import { NEWS_TEXTS, SIGNED_OUT_DOORS } from './news-texts.ts';

type Said = Pick<NoticeRow, 'text' | 'words' | 'doors'>;

/**
 * A notice as it may be said at this moment: it may have waited for the morning. What a resident is told is said without figures to who has
 * signed out meanwhile, and undefined is said to who has switched it off, has not the account any more, or has withdrawn the consent, to a
 * messenger account that is no longer his, and of an announcement that was stopped.
 */
export async function asOfNow(db: Db, notice: NoticeRow, now: Date): Promise<Said | undefined> {
  const { news: kind, resident_id, account, addressee: messenger_id, signed_out: instead } = notice;
  if (resident_id === null) return notice;
  if (notice.announcement_id !== null && !(await isBeingSent(db, notice.announcement_id))) return undefined;
  const standing = await noticeStanding(db, { kind, resident_id, messenger_id, account }, now);
  if (!standing.wanted) return undefined;
  // Of what happened to the login itself its former messenger accounts hear, too.
  if (standing.signed_in || (kind === null && instead === null)) return notice;
  if (!standing.known) return undefined;
  if (kind === null) return instead === null ? undefined : { ...instead, words: {} };
  const words = kind === 'announcements' ? notice.words : {};
  return { text: NEWS_TEXTS[kind].signedOut, words, doors: [...SIGNED_OUT_DOORS] };
}
