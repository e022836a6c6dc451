import { newsSubjectOf } from '../../domain/notice-key.ts';
import type { Db } from '../../records/database.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import type { MessengerId } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { chargesOf } from './news-charges.ts';
import { dueDayOf } from './news-due-day.ts';
import { asOfNow, type SaidNow } from './news-delivery.ts';
import { readingsCloseOf, readingsOpenOf, verificationOf } from './news-meters.ts';
import { paymentsOf } from './news-payments.ts';
import { newsText } from './news-texts.ts';
import { doorsTo, type NewsItem } from './news-telling.ts';
import { isStillSo } from './still-so.ts';
import { withThoseAlike } from './told-together.ts';

/** What it takes to say news as they are at this moment. */
export type NewsEdges = Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & {
  settings: Pick<OfficeEdges['settings'], 'timeZone' | 'readingsWindow' | 'payee' | 'cards'>;
};

/**
 * Every notice is judged once more when it goes out: it may have waited for the morning, behind thousands of others, or for the messenger. First
 * whether this reader may hear it still, and with figures (`asOfNow`), then whether what it says is so still.
 */
export function createNoticeJudge(edges: NewsEdges) {
  const { db, clock } = edges;
  return {
    /** As it is to be said now, with others of its kind where they are many; undefined: not at all any more. */
    async asOfNow(notice: OutboxRow): Promise<SaidNow | undefined> {
      const said = await saidAlone(notice);
      return said && withThoseAlike(db, notice, said, saidAlone, clock());
    },
  };

  async function saidAlone(notice: OutboxRow): Promise<SaidNow | undefined> {
    const said = await asOfNow(db, notice, clock());
    if (!said || !(await isStillSo(db, notice, clock()))) return undefined;
    const anew = await saidAnew(db, notice, edges);
    if (anew === 'as it was') return said;
    if (anew === undefined) return undefined;
    const { news } = notice;
    // Without figures it says no more than that there is something. With them it is about the accounts that its reader has still.
    if (news === null || said.text === newsText(news, false)) return said;
    return {
      text: anew.text ?? newsText(news, true),
      words: anew.words,
      doors: [...doorsTo(notice.addressee as MessengerId, anew)],
    };
  }
}

type Anew = Pick<NewsItem, 'text' | 'words' | 'doors' | 'payDoors'>;

/** News with the figures of this moment; undefined where nothing of them is left to tell. */
async function saidAnew(db: Db, notice: OutboxRow, edges: NewsEdges): Promise<Anew | undefined | 'as it was'> {
  const { news, residentId } = notice;
  if (news === null || residentId === null) return 'as it was';
  switch (news) {
    case 'due-day':
      return dueDayOf(db, residentId, newsSubjectOf(notice.key ?? ''), edges);
    case 'readings-open':
      return readingsOpenOf(db, residentId, newsSubjectOf(notice.key ?? ''), edges);
    case 'readings-close':
      return readingsCloseOf(db, residentId, newsSubjectOf(notice.key ?? ''), edges);
    case 'verification':
      return verificationOf(db, { ...notice, residentId }, edges);
    case 'charges':
      return chargesOf(db, { ...notice, residentId }, edges);
    case 'payments':
      return paymentsOf(db, { ...notice, residentId }, edges);
    // What staff wrote and did; what becomes of it since is looked at in `isStillSo` and `isBeingSent`.
    case 'requests':
    case 'announcements':
      return 'as it was';
  }
}
