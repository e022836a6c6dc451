import { createBell } from '../../src/runtime/bell.ts';
import { openLeads } from '../../src/adapters/postgres/leads.ts';
import { sleep } from '../../src/runtime/sleep.ts';
import { type Outbox, type OutboxOptions, startOutbox } from '../../src/delivery/outbox.ts';
import { createPaces } from '../../src/delivery/paces.ts';
import { TELEGRAM_PACE } from '../../src/channels/telegram/limits.ts';
import type { WaitedTime } from './waited-time.ts';

/** A pace as the product keeps it. */
export const telegramPace = () => createPaces({ telegram: TELEGRAM_PACE }, 'telegram');

export type LoneOutboxOptions = Pick<OutboxOptions, 'source'> &
  Partial<Omit<OutboxOptions, 'leads'>> & {
    url: string;
    /** By which it sleeps and keeps its pace; the machine's, unless given. */
    time?: WaitedTime;
  };

/**
 * The outbox as a process of its own has it, with a lead of its own; who stands by asks every two seconds. Unless it is told otherwise it keeps
 * Telegram's pace, knows of nothing that the group was sent before, and logs nothing. By the machine's time it looks twice a second, by waited time
 * as seldom as the product does.
 */
export function startLoneOutbox({ url, time, ...options }: LoneOutboxOptions): Outbox {
  const leads = openLeads({ url, leaseMs: 8_000, bell: createBell(sleep, () => false) });
  const outbox = startOutbox({
    pace: telegramPace(),
    paceClock: time?.clock ?? (() => new Date()),
    sleep: time?.sleep,
    groupSends: { keep: async () => {}, list: async () => [] },
    log: { info: () => {}, warn: () => {} },
    idleMs: time ? undefined : { heard: 500, deaf: 500 },
    ...options,
    leads,
  });
  return {
    async stop() {
      await outbox.stop();
      await leads.close();
    },
  };
}
