import { HOUR_MS, later } from '../../domain/durations.ts';
import { addDays, type LocalDay, localDay, localMoment } from '../../domain/local-day.ts';
import { hasInOutbox } from '../../records/outbox.ts';
import { countDeskState, countDeskWork, listLateNumbers } from '../../records/request-figures.ts';
import { hasRequests } from '../../records/requests.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice } from '../notices.ts';
import { deskHours, lateText, normMs } from './hours.ts';

/** Who was not there in the morning needs no summary of it in the evening. */
const MORNING_MS = 4 * HOUR_MS;
/** Who works around the clock is not woken by it. */
const MORNING_MINUTE = 6 * 60;
/** How many of those who wait too long are named. */
const NAMED = 10;
/** The longest pause between two days of work is shorter. */
const FARTHEST_DAYS = 60;

/** Section 5: how things stand, told to the group when a day of work begins. */
export function createDigest(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre' | 'settings'>) {
  const { db, clock, centre, settings } = edges;
  const hours = deskHours(edges);

  return {
    /** Once a day of work, in the morning, from the first request ever; whether it was put in line now. */
    async tell(): Promise<boolean> {
      const now = clock();
      const today = localDay(now, settings.timeZone);
      const opens = hours.spansOf(today)[0]?.from;
      const morning = opens && latest(opens, localMoment(today, MORNING_MINUTE, settings.timeZone));
      if (!morning || now < morning || now > later(morning, MORNING_MS)) return false;
      const key = `digest/${today}`;
      if (await hasInOutbox(db, 'notice', key)) return false;
      // No digest before the first request.
      if (!(await hasRequests(db))) return false;
      const { text, basis } = lateText('desk-digest', hours, today);
      const words = { ...(await figures(now, opens, today)), ...basis };
      await db.transaction().execute((trx) => postNotice(trx, { to: 'staff', text, words, key }, now));
      return true;
    },
  };

  /** What stands open now, and what was done since the last day of work began. */
  async function figures(now: Date, opens: Date, today: LocalDay): Promise<Record<string, string | number>> {
    const lateSince = hours.waitingSince(now, normMs(edges));
    const since = lastOpening(today) ?? later(opens, -24 * HOUR_MS);
    const { late, answered: replied, ...state } = await countDeskState(db, lateSince);
    const named = await listLateNumbers(db, lateSince, NAMED);
    const work = await countDeskWork(db, since, opens);
    return {
      ...state,
      replied,
      open: state.new + state.taken + replied,
      late,
      numbers: named.map((number) => `№ ${number}`).join(', '),
      unnamed: late - named.length,
      hours: centre.requests.answerWithinHours,
      since: localDay(since, settings.timeZone),
      ...work,
      rating: Math.round(work.rating * 10) / 10,
    };
  }

  function lastOpening(today: LocalDay): Date | undefined {
    for (let days = 1; days <= FARTHEST_DAYS; days += 1) {
      const opened = hours.spansOf(addDays(today, -days))[0]?.from;
      if (opened) return opened;
    }
    return undefined;
  }
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
