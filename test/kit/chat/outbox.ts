import { setTimeout as pause } from 'node:timers/promises';
import { telegramAddress } from '../../../src/channels/telegram/bot-address.ts';
import { isRefusedByDatabase } from '../../../src/delivery/database-refusal.ts';
import type { Deliveries } from '../../../src/delivery/requests/run.ts';
import { deliveryHabits } from '../../../src/delivery/requests/step.ts';
import { preparing } from '../../../src/delivery/source.ts';
import { claimOutbox, updateOutboxReleased } from '../../../src/records/outbox.ts';

/** Runs deliveries and deletions as the outbox does, at once and at no pace. Notices are left in line. `givenUp` takes the kind of each that was. */
export function outboxRunner(
  given: Pick<Deliveries, 'db' | 'clock' | 'texts' | 'messenger' | 'centre' | 'timeZone'> &
    Partial<Pick<Deliveries, 'albumRestMs'>> & { givenUp?: string[] },
) {
  const held = new Set<string>();
  const hold = (chat: string) => void held.add(chat);
  const room = {
    bot: telegramAddress('inkomus_bot'),
    ...deliveryHabits(),
    albumRestMs: 0,
    ...given,
    paceClock: given.clock,
    pace: { hold, refuse: hold, waitMs: () => 0 },
    log: { info: () => {}, warn: () => {} },
    onGivenUp: (kind?: string) => void given.givenUp?.push(kind ?? 'deletion'),
    asOfNow: () => Promise.reject(new Error('notices are left in line')),
    send: () => Promise.reject(new Error('notices are left in line')),
  };
  const prepare = preparing({ notices: room, deliveries: room, deletions: room });

  /** All that is due is done, but for whom the messenger wants left alone. `isKilled`: what came of a call is written down no more, as by kill -9. */
  return async (isKilled = () => false) => {
    held.clear();
    const notices: number[] = [];
    for (let rounds = 0; rounds < 500; rounds += 1) {
      const until = new Date(given.clock().getTime() + 60_000);
      const taken = await claimOutbox(given.db, { limit: 29, resting: [...held], until, night: false }, given.clock());
      if (taken.length === 0) {
        for (const id of notices) await updateOutboxReleased(given.db, id);
        return;
      }
      for (const row of taken) {
        if (row.kind === 'notice') {
          notices.push(row.id);
          continue;
        }
        if (held.has(row.addressee)) {
          await updateOutboxReleased(given.db, row.id);
          continue;
        }
        const flight = await prepare(row);
        const verdict = await flight?.go();
        if (isKilled()) return;
        await verdict?.write().catch((error: unknown) => {
          if (!isRefusedByDatabase(error)) throw error;
          return verdict.giveUp?.('refused');
        });
        await verdict?.afterwards?.();
      }
      await pause(0);
    }
    throw new Error('the outbox has no end');
  };
}
