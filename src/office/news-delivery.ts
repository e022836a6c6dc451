import { isBeingSent } from '../records/announcements.ts';
import type { Db } from '../records/database.ts';
import { newsStanding } from '../records/news-readers.ts';
import type { NoticeRow } from '../records/notices.ts';
import { NEWS_TEXTS, SIGNED_OUT_DOORS } from './news-texts.ts';

type Said = Pick<NoticeRow, 'text' | 'words' | 'doors'>;

/**
 * A notice as it may be said at this moment. News may have waited for the morning: without figures to who has signed out meanwhile,
 * undefined to who has switched it off or unlinked the account, and of an announcement that was stopped.
 */
export async function asOfNow(db: Db, notice: NoticeRow, now: Date): Promise<Said | undefined> {
  const { news: kind, resident_id, account, addressee: messenger_id } = notice;
  if (kind === null || resident_id === null) return notice;
  if (notice.announcement_id !== null && !(await isBeingSent(db, notice.announcement_id))) return undefined;
  const { wanted, signed_in } = await newsStanding(db, { kind, resident_id, messenger_id, account }, now);
  if (!wanted) return undefined;
  if (signed_in) return notice;
  const words = kind === 'announcements' ? notice.words : {};
  return { text: NEWS_TEXTS[kind].signedOut, words, doors: [...SIGNED_OUT_DOORS] };
}
