import { closingReminder } from '../../domain/closing-reminder.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addDays, type LocalDay, localDay } from '../../domain/local-day.ts';
import { LISTED_ACCOUNTS, MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import { type WindowDays, windowOn } from '../../domain/readings-window.ts';
import {
  listReadersOfMeters,
  listUnreadAccounts,
  claimVerifications,
  type VerificationDue,
} from '../../records/metered-links.ts';
import type { OfficeEdges } from '../edges.ts';
import type { NewsScan } from './news-scans.ts';
import type { NewsItem } from './news-telling.ts';
import { listed, titleWords } from './news-texts.ts';
import type { NoticeDoor } from '../notices.ts';

/** So many days before a verification runs out it is told, each time once. */
const VERIFICATION_DAYS = [60, 14] as const;
/** So many days late it is told still, for instance when nothing was running. */
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
      const common = { account: null, subject: first, subjectSignedOut: first, words: { closes: last }, doors: HAND_IN };
      return { place, news: [...unread].map((residentId) => ({ residentId, ...common })) };
    },
  };
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
      const news = [...unread].map(([residentId, accounts]) => ({
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
      }));
      return { place, news };
    },
  };
}

function verification(today: LocalDay): NewsScan {
  const stages = VERIFICATION_DAYS.map((days) => ({ from: addDays(today, days - LATE_DAYS), to: addDays(today, days) }));
  return {
    name: `verification/${today}`,
    kind: 'verification',
    async find(trx, after, limit) {
      const due = await claimVerifications(trx, after, limit, stages);
      const place = due
        .map(({ residentId }) => residentId)
        .toSorted()
        .at(-1);
      if (place === undefined) return undefined;
      const news = [...groupBy(due, ({ residentId }) => residentId).values()].flatMap((own) =>
        own.length < MANY_ACCOUNTS ? own.map((each) => newsOfVerification(each, today)) : newsOfManyVerifications(own, today),
      );
      return { place, news };
    },
  };
}

const CONTACTS: NoticeDoor[] = [{ label: 'button-contacts', dialog: 'contacts' }];

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
    doors: CONTACTS,
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
          doors: CONTACTS,
        },
      ]
    : [];
}
