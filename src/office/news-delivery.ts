import { isBeingSent } from '../records/announcements.ts';
import type { Db } from '../records/database.ts';
import { listLinkedAccounts } from '../records/links.ts';
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
  if (signed_in)
    return (await isAllLinked(db, notice)) ? notice : { text: `notice-${kind}-plain`, words: {}, doors: notice.doors };
  const words = kind === 'announcements' ? notice.words : {};
  return { text: NEWS_TEXTS[kind].signedOut, words, doors: [...SIGNED_OUT_DOORS] };
}

/** Whether the resident still has all accounts that a message about many of them speaks of. */
async function isAllLinked(db: Db, { words: { accounts }, resident_id }: NoticeRow): Promise<boolean> {
  if (typeof accounts !== 'string' || resident_id === null) return true;
  const linked = new Set((await listLinkedAccounts(db, resident_id)).map(({ account }) => account));
  return accounts.split(',').every((account) => linked.has(account));
}
