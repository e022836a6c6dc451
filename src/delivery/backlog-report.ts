import { MINUTE_MS } from '../domain/durations.ts';
import type { Clock } from '../office/edges.ts';
import type { WorkerLog } from '../runtime/worker-log.ts';
import type { OutboxSource } from './flight.ts';

/** Tells the operator how far a long line has come; whom it is for and what it says is in nobody's log. */
export type BacklogReport = {
  /** One has arrived. */
  sent(): void;
  /** Between two takings; `empty`: there was nothing to take. */
  look(empty: boolean): Promise<void>;
};

/** A shorter line is not worth a word. */
const LONG = 100;
const EVERY_MS = MINUTE_MS / 2;

export function createBacklogReport(log: WorkerLog, clock: Clock, source: Pick<OutboxSource, 'countWaiting'>): BacklogReport {
  let sent = 0;
  let toldAt = 0;

  return {
    sent() {
      if (sent === 0) toldAt = clock().getTime();
      sent += 1;
    },
    async look(empty) {
      if (sent === 0) return;
      const now = clock().getTime();
      if (!empty && now - toldAt < EVERY_MS) return;
      const waiting = await source.countWaiting();
      if (sent + waiting >= LONG) log.info({ sent, waiting }, `messages: ${sent} of ${sent + waiting} sent`);
      toldAt = now;
      if (empty) sent = 0;
    },
  };
}
