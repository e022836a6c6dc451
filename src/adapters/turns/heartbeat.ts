import { openRoster } from '../roster.ts';

/** Renews the locks of turns that take long, all of them on one timer. */
export type Heartbeat = {
  /** From now on `turn` is renewed, until what is handed back is called. */
  hold: (turn: HeldTurn) => () => void;
  stop: () => void;
};

export type HeldTurn = {
  /** False when the lock is no longer ours; an error when nobody can tell. */
  renew: () => Promise<boolean>;
  /** Called once when the lock is lost. */
  onLost: () => void;
};

type Beaten = HeldTurn & { since: number; safeUntil: number; letGo: () => void; over: boolean };

/** A turn is given up when its lock is refused, has run out while the store was away, or `longestMs` are over. */
export function openHeartbeat(lockMs: number, longestMs: number): Heartbeat {
  const held = openRoster<Beaten>();
  let timer: NodeJS.Timeout | undefined;

  const lose = (turn: Beaten): void => {
    if (turn.over) return;
    turn.letGo();
    turn.onLost();
  };

  const beat = async (turn: Beaten): Promise<void> => {
    const asked = performance.now();
    if (asked - turn.since > longestMs) return lose(turn);
    try {
      if (!(await turn.renew())) return lose(turn);
      turn.safeUntil = asked + lockMs;
    } catch {
      if (performance.now() > turn.safeUntil) lose(turn);
    }
  };

  const beatAll = (): void => {
    const now = performance.now();
    for (const turn of held.present()) if (now - turn.since > lockMs / 4) void beat(turn);
  };

  return {
    hold: ({ renew, onLost }) => {
      const since = performance.now();
      const turn: Beaten = { renew, onLost, since, safeUntil: since + lockMs, over: false, letGo: () => {} };
      const leave = held.enter(turn);
      turn.letGo = () => {
        turn.over = true;
        leave();
      };
      timer ??= setInterval(beatAll, lockMs / 3).unref();
      return turn.letGo;
    },
    stop: () => {
      clearInterval(timer);
      for (const turn of held.present()) turn.letGo();
    },
  };
}
