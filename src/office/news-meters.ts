import { closingReminder } from '../domain/closing-reminder.ts';
import { groupBy } from '../domain/history.ts';
import { addDays, type LocalDay, localDay } from '../domain/local-day.ts';
import { type WindowDays, windowOn } from '../domain/readings-window.ts';
import { listReadersOfMeters, listUnreadAccounts, listVerifications } from '../records/metered-links.ts';
import type { OfficeEdges } from './edges.ts';
import type { Round } from './news-rounds.ts';
import { titleWords } from './news-texts.ts';

/** So many days before a verification runs out it is told, each time once. */
const VERIFICATION_DAYS = [60, 14] as const;
/** So many days late it is told still, for instance when nothing was running. */
const LATE_DAYS = 6;

const HAND_IN = [{ label: 'button-readings', dialog: 'readings' }];

/** What the calendar brings to tell: the window of readings opens and closes, verifications run out. */
export function meterRounds({ clock, settings }: Pick<OfficeEdges, 'clock' | 'settings'>): Round[] {
  const today = localDay(clock(), settings.timeZone);
  const window = windowOn(today, settings.readingsWindow);
  const reminder = closingReminder(window);
  const rounds = [verification(today)];
  if (window.open) rounds.push(reminder && today >= reminder ? closes(window) : opens(window));
  return rounds;
}

function opens({ opens: first, closes: last }: WindowDays): Round {
  return {
    name: `readings-open/${first}`,
    kind: 'readings-open',
    async find(trx, after, limit) {
      const residents = await listReadersOfMeters(trx, after, limit);
      const place = residents.at(-1);
      if (place === undefined) return undefined;
      // Who has handed in everything before he is told needs no telling.
      const unread = new Set((await listUnreadAccounts(trx, residents, first)).map((each) => each.resident_id));
      const common = { account: null, subject: first, subjectSignedOut: first, words: { closes: last }, doors: HAND_IN };
      return { place, news: [...unread].map((residentId) => ({ residentId, ...common })) };
    },
  };
}

function closes({ opens: first, closes: last }: WindowDays): Round {
  return {
    name: `readings-close/${last}`,
    kind: 'readings-close',
    async find(trx, after, limit) {
      const residents = await listReadersOfMeters(trx, after, limit);
      const place = residents.at(-1);
      if (place === undefined) return undefined;
      const unread = groupBy(await listUnreadAccounts(trx, residents, first), (each) => each.resident_id);
      const news = [...unread].map(([residentId, accounts]) => ({
        residentId,
        account: null,
        subject: last,
        subjectSignedOut: last,
        words: {
          closes: last,
          accounts: accounts.map((each) => ({ text: 'account-title', words: titleWords(each) })),
        },
        doors: accounts.length === 1 ? HAND_IN.map((door) => ({ ...door, ref: accounts[0]?.link ?? '' })) : HAND_IN,
      }));
      return { place, news };
    },
  };
}

function verification(today: LocalDay): Round {
  const stages = VERIFICATION_DAYS.map((days) => ({ from: addDays(today, days - LATE_DAYS), to: addDays(today, days) }));
  return {
    name: `verification/${today}`,
    kind: 'verification',
    async find(trx, after, limit) {
      const links = await listVerifications(trx, after, limit, stages);
      const place = links.at(-1)?.link;
      if (place === undefined) return undefined;
      const news = links.map((each) => ({
        residentId: each.resident_id,
        account: each.account,
        subject: `${each.account}/${each.due}/${each.stage}`,
        subjectSignedOut: today,
        words: {
          ...titleWords(each),
          due: each.due,
          count: each.meters.length,
          meters: each.meters.map((words) => ({ text: 'notice-verification-meter', words })),
        },
        doors: [{ label: 'button-contacts', dialog: 'contacts' }],
      }));
      return { place, news };
    },
  };
}
