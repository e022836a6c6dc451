import { closingReminder } from '../../domain/closing-reminder.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { LISTED_ACCOUNTS } from '../../domain/many-accounts.ts';
import { type WindowDays, windowOn } from '../../domain/readings-window.ts';
import {
  listReadersOfMeters,
  listUnreadAccounts,
  saveToldVerifications,
  listToldVerifications,
  type UnreadAccount,
  type VerificationDue,
} from '../../records/metered-links.ts';
import type { Phrase } from '../../domain/text-args.ts';
import type { Db } from '../../records/database.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import type { OfficeEdges } from '../edges.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { listed, titleWords } from './news-texts.ts';
import { byResident } from './registry-news.ts';
import type { NoticeDoor } from '../notices.ts';

/** So many days before a verification runs out it is told, each time once. */
const VERIFICATION_DAYS = [60, 14] as const;
/** The first of them so many days late still, for instance when nothing was running; the last one until it runs out. */
const LATE_DAYS = 6;

const HAND_IN: NoticeDoor[] = [{ label: 'button-readings', dialog: 'readings' }];

/** What the calendar brings to tell: the window of readings opens and closes, verifications run out. */
export function meterScans({ clock, settings }: Pick<OfficeEdges, 'clock' | 'settings'>): NewsScan[] {
  const today = localDay(clock(), settings.timeZone);
  const window = windowOn(today, settings.readingsWindow);
  const reminder = closingReminder(window);
  const scans = [verification(today)];
  if (window.open) scans.push(reminder && today >= reminder ? closes(window) : opens(window));
  return scans;
}

function opens({ opens: first, closes: last }: WindowDays): NewsScan {
  return {
    name: `readings-open/${first}`,
    kind: 'readings-open',
    async find(trx, after, limit) {
      const residents = await listReadersOfMeters(trx, after, limit);
      const place = residents.at(-1);
      if (place === undefined) return undefined;
      // Residents who have handed in everything already are left out.
      const unread = new Set((await listUnreadAccounts(trx, residents, first)).map((each) => each.residentId));
      return { place, news: [...unread].map((residentId) => newsOfOpening(residentId, { opens: first, closes: last })) };
    },
  };
}

function newsOfOpening(residentId: string, { opens: first, closes }: WindowDays): NewsItem {
  return { residentId, account: null, subject: first, subjectSignedOut: first, words: { closes }, doors: HAND_IN };
}

type Edges = { clock: OfficeEdges['clock']; settings: Pick<OfficeEdges['settings'], 'timeZone' | 'readingsWindow'> };

/** The window that is open now, and what a resident has not handed in for it; undefined where none is open, or nothing is left. */
async function unreadNow(db: Db, residentId: string, { clock, settings }: Edges) {
  const window = windowOn(localDay(clock(), settings.timeZone), settings.readingsWindow);
  if (!window.open) return undefined;
  const unread = await listUnreadAccounts(db, [residentId], window.opens);
  return unread.length === 0 ? undefined : { window, unread };
}

/** What a resident is told at this moment of the window that opened on that day; undefined: it has closed, or nothing is left to hand in. */
export async function readingsOpenOf(db: Db, residentId: string, opened: LocalDay, edges: Edges): Promise<NewsItem | undefined> {
  const now = await unreadNow(db, residentId, edges);
  return now?.window.opens === opened ? newsOfOpening(residentId, now.window) : undefined;
}

/** The same of the window that closes on that day. */
export async function readingsCloseOf(db: Db, residentId: string, last: LocalDay, edges: Edges): Promise<NewsItem | undefined> {
  const now = await unreadNow(db, residentId, edges);
  return now?.window.closes === last ? newsOfClosing(residentId, now.unread, last) : undefined;
}

function closes({ opens: first, closes: last }: WindowDays): NewsScan {
  return {
    name: `readings-close/${last}`,
    kind: 'readings-close',
    async find(trx, after, limit) {
      const residents = await listReadersOfMeters(trx, after, limit);
      const place = residents.at(-1);
      if (place === undefined) return undefined;
      const unread = groupBy(await listUnreadAccounts(trx, residents, first), (each) => each.residentId);
      const news = [...unread].map(([residentId, accounts]) => newsOfClosing(residentId, accounts, last));
      return { place, news };
    },
  };
}

function newsOfClosing(residentId: string, accounts: readonly UnreadAccount[], last: LocalDay): NewsItem {
  return {
    residentId,
    account: null,
    subject: last,
    subjectSignedOut: last,
    words: {
      closes: last,
      accounts: accounts.slice(0, LISTED_ACCOUNTS).map((each) => ({ text: 'account-title', words: titleWords(each) })),
      more: Math.max(0, accounts.length - LISTED_ACCOUNTS),
    },
    doors: accounts.length === 1 ? HAND_IN.map((door) => ({ ...door, ref: accounts[0]?.link ?? '' })) : HAND_IN,
  };
}

function verification(today: LocalDay): NewsScan {
  const stages = VERIFICATION_DAYS.map((days, i) => ({
    // A meter may become known, or an account be linked, in the last days.
    from: i === VERIFICATION_DAYS.length - 1 ? today : addDays(today, days - LATE_DAYS),
    to: addDays(today, days),
  }));
  return {
    name: `verification/${today}`,
    kind: 'verification',
    async find(trx, after, limit) {
      const due = await saveToldVerifications(trx, after, limit, stages);
      const place = due
        .map(({ residentId }) => residentId)
        .toSorted()
        .at(-1);
      if (place === undefined) return undefined;
      const news = await byResident(trx, due, {
        each: (one) => newsOfVerification(one, today),
        together: (own) => newsOfManyVerifications(own, today),
      });
      return { place, news };
    },
  };
}

/** A piece of news that waits. */
type WaitingNotice = Pick<OutboxRow, 'account' | 'words'> & { residentId: string };

/**
 * What a resident is told at this moment of the verifications that a notice speaks of; undefined: they run out of none of those meters any more, they
 * are over, or he has the accounts no more.
 */
export async function verificationOf(
  db: Db,
  { residentId, account, words }: WaitingNotice,
  { clock, settings }: Edges,
): Promise<NewsItem | undefined> {
  const today = localDay(clock(), settings.timeZone);
  // Without figures it is of no account: of any.
  const of = account ?? (typeof words.accounts === 'string' ? words.accounts : '');
  const accounts = of === '' ? undefined : of.split(',');
  const numbers = Array.isArray(words.meters)
    ? (words.meters as readonly Phrase[]).map((meter) => meter.words?.number)
    : undefined;
  const due = (await listToldVerifications(db, residentId, today))
    .filter((each) => accounts === undefined || accounts.includes(each.account))
    .map((each) => ({ ...each, meters: each.meters.filter(({ number }) => numbers === undefined || numbers.includes(number)) }))
    .filter(({ meters }) => meters.length > 0);
  const [first, second] = due;
  if (!first) return undefined;
  return second ? newsOfManyVerifications(due, today)[0] : newsOfVerification(first, today);
}

const WRITE_US: NoticeDoor[] = [{ label: 'button-write-us', dialog: 'request' }];

function newsOfVerification(due: VerificationDue, today: LocalDay): NewsItem {
  return {
    residentId: due.residentId,
    account: due.account,
    // The meters are in it: one that comes later with the same day is other news.
    subject: `${due.account}/${due.due}/${due.stage}/${due.meters.map(({ number }) => number).join(',')}`,
    subjectSignedOut: today,
    words: {
      ...titleWords(due),
      due: due.due,
      count: due.meters.length,
      meters: due.meters.map((words) => ({ text: 'notice-verification-meter', words })),
    },
    doors: WRITE_US,
  };
}

/** One message for all of a resident's meters, what runs out first at the top. */
function newsOfManyVerifications(own: readonly VerificationDue[], today: LocalDay): NewsItem[] {
  const [first] = own;
  const lines = own
    .toSorted((a, b) => (`${a.due}/${a.account}` < `${b.due}/${b.account}` ? -1 : 1))
    .flatMap((each) =>
      each.meters.map((meter) => ({
        text: 'notice-verification-line',
        words: { ...titleWords(each), ...meter, due: each.due },
      })),
    );
  return first
    ? [
        {
          residentId: first.residentId,
          account: null,
          text: 'notice-verification-many',
          subject: `many/${today}`,
          subjectSignedOut: today,
          words: listed(own, lines),
          doors: WRITE_US,
        },
      ]
    : [];
}
