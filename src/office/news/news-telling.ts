import { noticeKey, partOfNoticeKey, SIGNED_OUT } from '../../domain/notice-key.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { NewsKind } from '../../domain/news.ts';
import type { Trx } from '../../records/database.ts';
import { listNewsReaders, type NewsReader } from '../../records/news-readers.ts';
import { updateWaitingNotices, insertNotices, type NewNotice } from '../../records/notices.ts';
import type { MessengerId } from '../caller.ts';
import type { PersonNotice } from '../notices.ts';
import { newsText, SIGNED_OUT_DOORS } from './news-texts.ts';
import type { DoorsOfReader } from './pay-notice-doors.ts';

/** Something to be told to a resident. */
export type NewsItem = {
  residentId: string;
  /** Null where it is about all that the resident has. */
  account: string | null;
  /** What is said to whoever is signed in, where it is not the text of its kind. */
  text?: string;
  /** What it is about; the same whenever it is found again, an idempotency key with the kind and the reader. */
  subject: string;
  /** The same for readers without figures, who are told once for several accounts. */
  subjectSignedOut: string;
  words: NonNullable<PersonNotice['words']>;
  doors: NonNullable<PersonNotice['doors']>;
  /** Below these. */
  payDoors?: DoorsOfReader;
};

export type Found = { kind: NewsKind; news: readonly NewsItem[] };

/** Puts news in line for all who read them; how many notices that makes. */
export async function tellNews(trx: Trx, { kind, news }: Found, now: Date): Promise<number> {
  const residents = [...new Set(news.map(({ residentId }) => residentId))];
  const readers = groupBy(await listNewsReaders(trx, kind, residents, now), (reader) => reader.residentId);
  const notices = news.flatMap((messagePart) =>
    (readers.get(messagePart.residentId) ?? []).map((reader) => noticeTo(reader, kind, messagePart, now)),
  );
  const signedOut = groupBy(notices.filter(isAboutMore), ({ key }) => key);
  const told = notices.flatMap((notice) => {
    if (!isAboutMore(notice)) return [notice];
    const alike = signedOut.get(notice.key) ?? [];
    return alike[0] === notice ? [inOne(notice, alike)] : [];
  });
  await updateWaitingNotices(
    trx,
    told.filter(isAboutMore).map(({ key, words }) => ({ key, ...words })),
  );
  return insertNotices(trx, told, now);
}

/** Without figures, but it says unseen of which accounts it is. */
type AboutMore = NewNotice & { key: string; words: { accounts: string; toldBefore: string } };

const isAboutMore = (notice: NewNotice): notice is AboutMore =>
  notice.key !== null && partOfNoticeKey(notice.key, 'subject') === SIGNED_OUT && 'toldBefore' in notice.words;

/** The first of several, about the accounts of all. */
function inOne(first: AboutMore, notices: readonly AboutMore[]): AboutMore {
  const of = (word: 'accounts' | 'toldBefore') => notices.map(({ words }) => words[word]).join(',');
  return { ...first, words: { accounts: of('accounts'), toldBefore: of('toldBefore') } };
}

/** What its reader can do where he reads it. */
export function doorsTo(reader: MessengerId, { doors, payDoors }: Pick<NewsItem, 'doors' | 'payDoors'>): NewsItem['doors'] {
  return [...doors, ...(payDoors?.(reader) ?? [])];
}

function noticeTo({ messengerId, signedIn }: NewsReader, kind: NewsKind, messagePart: NewsItem, now: Date): NewNotice {
  const { residentId, account, words } = messagePart;
  const common = { addressee: messengerId, runAt: now, daytime: true };
  if (signedIn) {
    const doors = doorsTo(messengerId as MessengerId, messagePart);
    const key = noticeKey(kind, messagePart.subject, messengerId);
    return { ...common, text: messagePart.text ?? newsText(kind, true), words, doors, key, news: { kind, residentId, account } };
  }
  const key = noticeKey(kind, SIGNED_OUT, messagePart.subjectSignedOut, messengerId);
  const news = { kind, residentId, account: null };
  const { toldBefore } = words;
  const unseen = toldBefore === undefined ? {} : { accounts: account ?? words.accounts ?? '', toldBefore };
  return { ...common, text: newsText(kind, false), words: unseen, doors: SIGNED_OUT_DOORS, key, news };
}
