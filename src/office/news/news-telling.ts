import { groupBy } from '../../domain/group-by.ts';
import type { NewsKind } from '../../domain/news.ts';
import type { Trx } from '../../records/database.ts';
import { listNewsReaders, type NewsReader } from '../../records/news-readers.ts';
import { insertNotices, type NewNotice } from '../../records/notices.ts';
import { newsText, SIGNED_OUT_DOORS } from './news-texts.ts';
import type { PersonNotice } from '../notices.ts';

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
};

export type Found = { kind: NewsKind; news: readonly NewsItem[] };

/** Puts news in line for all who read them; how many notices that makes. */
export async function tellNews(trx: Trx, { kind, news }: Found, now: Date): Promise<number> {
  const residents = [...new Set(news.map(({ residentId }) => residentId))];
  const readers = groupBy(await listNewsReaders(trx, kind, residents, now), (reader) => reader.residentId);
  const notices = news.flatMap((messagePart) =>
    (readers.get(messagePart.residentId) ?? []).map((reader) => noticeTo(reader, kind, messagePart, now)),
  );
  return insertNotices(trx, notices, now);
}

function noticeTo({ messengerId, signedIn }: NewsReader, kind: NewsKind, messagePart: NewsItem, now: Date): NewNotice {
  const { residentId, account, words, doors } = messagePart;
  const common = { addressee: messengerId, runAt: now, daytime: true };
  if (signedIn) {
    const key = `${kind}/${messagePart.subject}/${messengerId}`;
    return { ...common, text: messagePart.text ?? newsText(kind, true), words, doors, key, news: { kind, residentId, account } };
  }
  const key = `${kind}/signed-out/${messagePart.subjectSignedOut}/${messengerId}`;
  const news = { kind, residentId, account: null };
  return { ...common, text: newsText(kind, false), words: {}, doors: SIGNED_OUT_DOORS, key, news };
}
