import { createBell } from '../../src/adapters/bell.ts';
import { openLeads } from '../../src/adapters/postgres/leads.ts';
import { sleep } from '../../src/adapters/sleep.ts';
import { type Outbox, type OutboxOptions, startOutbox } from '../../src/delivery/outbox.ts';
import { createPaces } from '../../src/delivery/paces.ts';
import { TELEGRAM_PACE } from '../../src/channels/telegram/limits.ts';

/** A pace as the product keeps it. */
export const telegramPace = () => createPaces({ telegram: TELEGRAM_PACE }, 'telegram');

/** The outbox as a process of its own has it, with a lead of its own; who stands by asks every two seconds. */
export function startLoneOutbox({ url, ...options }: Omit<OutboxOptions, 'leads'> & { url: string }): Outbox {
  const leads = openLeads({ url, leaseMs: 8_000, bell: createBell(sleep, () => false) });
  const outbox = startOutbox({ idleMs: { heard: 500, deaf: 500 }, ...options, leads });
  return {
    async stop() {
      await outbox.stop();
      await leads.close();
    },
  };
}
