import { noticeKey } from '../../domain/notice-key.ts';
import { placeKey, streetAndHouseOf } from '../../domain/address.ts';
import { FIRST_UUID } from '../../domain/uuid.ts';
import {
  type Announcement,
  countAnnouncementFigures,
  lockAnnouncement,
  listOpenAnnouncements,
  updateAnnouncement,
  listNextLinks,
  listNextResidents,
  markNoticesStopped,
} from '../../records/announcements.ts';
import {
  type CorrectedReader,
  findCorrectionNumber,
  hasUnsettledBefore,
  listNextCorrectedReaders,
} from '../../records/announcement-corrections.ts';
import type { Db, Trx } from '../../records/database.ts';
import { listNewsReaders, type NewsReader } from '../../records/news-readers.ts';
import { insertNotices, type NewNotice } from '../../records/notices.ts';
import { messengerOf } from '../caller.ts';
import { eachByItself } from '../each-by-itself.ts';
import type { OfficeEdges } from '../edges.ts';
import { announcementTitle } from './announcement-progress.ts';
import { newsText, SIGNED_OUT_DOORS } from './news-texts.ts';
import { postNotice } from '../notices.ts';

/** Residents or links of one transaction, and transactions of one call. */
const PACE = { step: 500, steps: 20 };

type Target = Pick<Announcement, 'target' | 'place'>;

/** Who of the next residents is meant, and how far that is; undefined at the end. */
async function nextMeant(
  db: Db,
  { target, place }: Target,
  after: string,
  limit: number,
): Promise<{ residents: string[]; reached: string } | undefined> {
  if (target === 'all') {
    const rows = await listNextResidents(db, after, limit);
    const last = rows.at(-1);
    return last && { residents: rows.map((row) => row.residentId), reached: last.place };
  }
  const key = placeKey(place);
  const rows = await listNextLinks(db, after, limit);
  const last = rows.at(-1);
  const meant = rows.filter(({ address }) => placeKey(streetAndHouseOf(address)[target] ?? '') === key);
  return last && { residents: [...new Set(meant.map((row) => row.residentId))], reached: last.place };
}

/** In how many messenger accounts it would be read now, each counted once. */
export async function countReaders(db: Db, target: Target, now: Date): Promise<number> {
  const readers = new Set<string>();
  let after = FIRST_UUID;
  for (;;) {
    const found = await nextMeant(db, target, after, PACE.step);
    if (!found) return readers.size;
    for (const reader of await listNewsReaders(db, 'announcements', found.residents, now)) readers.add(reader.messengerId);
    after = found.reached;
  }
}

export type Announcing = ReturnType<typeof createAnnouncing>;

/** What happens to an announcement once it is to be sent: everybody's notice is put in line, some at a time, and its end is told to staff. */
export function createAnnouncing({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>, pace = PACE) {
  async function putNextInLine(trx: Trx, announcement: Announcement): Promise<void> {
    const { id, reached } = announcement;
    if (announcement.corrects !== null && (await putReadersInLine(trx, announcement))) return;
    const found = await nextMeant(trx, announcement, reached ?? FIRST_UUID, pace.step);
    if (!found) return updateAnnouncement(trx, id, { inLine: true }, clock());
    const readers = await listNewsReaders(trx, 'announcements', found.residents, clock());
    await insertNotices(
      trx,
      readers.map((reader) => noticeTo(reader, announcement, clock())),
      clock(),
    );
    await updateAnnouncement(trx, id, { reached: found.reached }, clock());
  }

  /** Of a correction, those come first who have read what it corrects; whether there were any left. */
  async function putReadersInLine(trx: Trx, correction: Announcement): Promise<boolean> {
    const readers = await listNextCorrectedReaders(trx, correction, keyOf(correction.id, ''), pace.step);
    const notices = readers.map((reader) => correctionTo(reader, correction, clock()));
    await insertNotices(trx, notices, clock());
    return readers.length > 0;
  }

  /** Told to the group once nothing of it is in line any more. */
  async function finish(trx: Trx, announcement: Announcement): Promise<boolean> {
    const { id, byName: by, stoppedAt } = announcement;
    const { waiting, ...figures } = await countAnnouncementFigures(trx, id);
    if (waiting > 0) return false;
    await updateAnnouncement(trx, id, { state: 'over', inLine: true, ...figures }, clock());
    const words = {
      ...(await announcementTitle(trx, announcement)),
      by,
      correctedBy: (await findCorrectionNumber(trx, id)) ?? 0,
      stopped: Boolean(stoppedAt),
      ...figures,
    };
    await postNotice(
      trx,
      { to: 'staff', text: 'staff-announcement-over', words, key: noticeKey('announcement', id, 'over') },
      clock(),
    );
    return true;
  }

  /** One step, in a transaction of its own: what was broken off goes on where it was. */
  async function step(id: string): Promise<'more' | 'enough'> {
    return db.transaction().execute(async (trx) => {
      const announcement = await lockAnnouncement(trx, id);
      if (!announcement || announcement.state === 'draft' || announcement.state === 'over') return 'enough';
      if (announcement.state === 'sending' && announcement.sendAt !== null && announcement.sendAt > clock()) return 'enough';
      // Until what it corrects has come to its end, nobody knows whom that reached.
      if (announcement.state === 'sending' && announcement.corrects !== null && (await hasUnsettledBefore(trx, id)))
        return 'enough';
      if (announcement.state === 'sending' && !announcement.inLine) {
        await putNextInLine(trx, announcement);
        return 'more';
      }
      // A worker that had some in hand has let go of them.
      if (announcement.state === 'stopped') await markNoticesStopped(trx, id, clock());
      await finish(trx, announcement);
      return 'enough';
    });
  }

  return {
    /** As far as one call goes; the next call goes on. Any number of processes may call it. Whether there are any. */
    async goOn(): Promise<boolean> {
      let stepsLeft = pace.steps;
      const open = await listOpenAnnouncements(db);
      await eachByItself(open, async ({ id, state }) => {
        if (state === 'over') return;
        for (let came: 'more' | 'enough' = 'more'; came === 'more' && stepsLeft > 0; stepsLeft -= 1) came = await step(id);
      });
      return open.length > 0;
    },
  };
}

/** A key for each messenger account: who has several accounts in that street is told once. */
const keyOf = (id: string, messengerId: string) => noticeKey('announcement', id, messengerId);

function noticeTo({ residentId, messengerId, signedIn }: NewsReader, announcement: Announcement, now: Date): NewNotice {
  const { id, words, picture, messengerId: announcer } = announcement;
  return {
    addressee: messengerId,
    text: newsText('announcements', signedIn),
    words: { words },
    doors: signedIn ? [] : SIGNED_OUT_DOORS,
    key: keyOf(id, messengerId),
    runAt: now,
    daytime: true,
    news: { kind: 'announcements', residentId, account: null },
    announcement: id,
    ...(picture !== null && { paper: { kind: 'picture' as const, data: { file: picture, of: messengerOf(announcer) } } }),
  };
}

/** Who has read what is corrected is told so; who has not reads the new words as if they were the first. Whether he is signed in is looked at when it is sent. */
function correctionTo({ gotAt, ...reader }: CorrectedReader, correction: Announcement, now: Date): NewNotice {
  const notice = noticeTo({ ...reader, signedIn: true }, correction, now);
  if (gotAt === null) return notice;
  return { ...notice, text: 'notice-announcement-correction', words: { ...notice.words, at: gotAt.toISOString() } };
}
