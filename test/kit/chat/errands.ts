import { setTimeout as pause } from 'node:timers/promises';
import { type Errands, prepareErrand } from '../../../src/adapters/errands/run.ts';
import { errandHabits } from '../../../src/adapters/errands/step.ts';
import { updateErrandReleased, claimErrands } from '../../../src/records/errands.ts';

export type ErrandRunner = ReturnType<typeof errandRunner>;

/** Runs errands as the outbox does, at once and at no pace. */
export function errandRunner(
  given: Pick<Errands, 'db' | 'clock' | 'texts' | 'messenger' | 'centre' | 'timeZone'> & Partial<Pick<Errands, 'albumRestMs'>>,
) {
  const held = new Set<string>();
  const errands: Errands = {
    botName: 'inkomus_bot',
    ...errandHabits(),
    albumRestMs: 0,
    ...given,
    paceClock: given.clock,
    pace: { hold: (chat) => void held.add(chat), pause: () => void held.add('everybody') },
    log: { info: () => {}, warn: () => {} },
  };

  /** All that is due is done, but for whom the messenger wants left alone. */
  return async () => {
    held.clear();
    for (let rounds = 0; rounds < 500; rounds += 1) {
      const until = new Date(given.clock().getTime() + 60_000);
      const taken = await claimErrands(given.db, { limit: 29, resting: [...held], until }, given.clock());
      if (taken.length === 0) return;
      for (const errand of taken) {
        if (held.has('everybody') || held.has(errand.addressee)) {
          await updateErrandReleased(given.db, errand.id);
          continue;
        }
        const flight = await prepareErrand(errands, errand);
        const verdict = await flight?.go();
        await verdict?.write();
        await verdict?.afterwards?.();
      }
      if (held.has('everybody')) return;
      await pause(0);
    }
    throw new Error('errands have no end');
  };
}
