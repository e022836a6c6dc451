import { type ScheduledDeletions, scheduledDeletionLine } from '../../../src/delivery/deletions/line.ts';

/** Takes messages out of their chats as the outbox does, at once and at no pace. */
export function scheduledDeletionRunner(given: Pick<ScheduledDeletions, 'db' | 'clock' | 'messenger'>) {
  const pauses: Date[] = [];
  const pace = { refuse: (_chat: string, _now: Date, until: Date) => void pauses.push(until) };
  const line = scheduledDeletionLine({ ...given, pace, paceClock: given.clock, log: { info: () => {}, warn: () => {} } });

  /** All that is due is gone, unless the messenger wants to be left alone. */
  return async () => {
    pauses.length = 0;
    while (pauses.length === 0) {
      const loads = await line.take({ limit: 29, resting: [] });
      if (loads.length === 0) return;
      for (const load of loads) {
        const flight = await load.prepare();
        await (await flight?.go())?.write();
      }
    }
  };
}
