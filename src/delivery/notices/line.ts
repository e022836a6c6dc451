import { later, MINUTE_MS } from '../../domain/durations.ts';
import { isNight } from '../../domain/quiet-hours.ts';
import { countNoticesWaiting, updateNoticeReleased, claimNotices } from '../../records/notices.ts';
import type { Line } from '../line.ts';
import { LEASE_MS } from '../outbox.ts';
import { type NoticeDelivery, deliver } from './deliver.ts';

/** What is taken now may arrive so much later, and must not do so at night. */
const ON_ITS_WAY_MS = MINUTE_MS;

/** Notices as the outbox takes them. `timeZone`: whose nights are kept free of news. */
export function noticeLine(noticeDelivery: NoticeDelivery, timeZone: string): Line {
  const { db, clock } = noticeDelivery;
  const isNightSoon = (now: Date) => isNight(now, timeZone) || isNight(later(now, ON_ITS_WAY_MS), timeZone);
  return {
    name: 'notices',
    async take({ limit, resting }) {
      const now = clock();
      const taken = await claimNotices(db, { limit, resting, until: later(now, LEASE_MS), night: isNightSoon(now) }, now);
      return taken.map((notice) => ({
        key: `notice ${notice.id}`,
        addressee: notice.addressee,
        prepare: async () => ({ messages: 1, go: () => deliver(noticeDelivery, notice) }),
        release: () => updateNoticeReleased(db, notice.id),
      }));
    },
    countWaiting: () => countNoticesWaiting(db, isNightSoon(clock()), clock()),
  };
}
