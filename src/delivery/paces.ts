import { messengerOf } from '../office/caller.ts';
import { createPace, type Figures, type Pace, STAFF, THREADS } from './pace.ts';

/** Nothing is held in hand through a longer pause. */
export const LONG_PAUSE_MS = 5000;

/**
 * Each messenger's own pace: one that wants to be left alone stops none of the others. Addressees are named by it (`telegram:7`); one that is
 * to be left alone for long is among those that rest, by its own name. `groupsAt`: where the staff group is.
 */
export function createPaces<Messenger extends string>(figures: Readonly<Record<Messenger, Figures>>, groupsAt: Messenger): Pace {
  const home = createPace(figures[groupsAt], (chat) => chat === STAFF || chat === THREADS);
  const paces = new Map<string, Pace>([[groupsAt, home]]);
  for (const [messenger, own] of Object.entries<Figures>(figures))
    if (messenger !== groupsAt)
      paces.set(
        messenger,
        createPace(own, () => false),
      );

  const of = (chat: string): Pace => paces.get(messengerOf(chat)) ?? home;
  const isPaused = (pace: Pace, now: Date) => pace.waitMs('', now) > LONG_PAUSE_MS;

  return {
    perSecond: [...paces.values()].reduce((sum, { perSecond }) => sum + perSecond, 0),
    waitMs: (chat, now) => of(chat).waitMs(chat, now),
    resting: (now) =>
      [...paces].flatMap(([messenger, pace]) => [
        ...(isPaused(pace, now) ? [messenger, ...(pace === home ? [STAFF, THREADS] : [])] : []),
        ...pace.resting(now),
      ]),
    restedInMs: (now) =>
      Math.min(...[...paces.values()].map((pace) => (isPaused(pace, now) ? pace.waitMs('', now) : pace.restedInMs(now)))),
    restMs: (chat, now, messages) => of(chat).restMs(chat, now, messages),
    note: (chat, now, messages) => of(chat).note(chat, now, messages),
    hold: (chat, until) => of(chat).hold(chat, until),
    refuse: (chat, now, until) => of(chat).refuse(chat, now, until),
    taken: (chat) => of(chat).taken(chat),
  };
}
