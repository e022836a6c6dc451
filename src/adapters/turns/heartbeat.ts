import { openRoster } from '../../runtime/roster.ts';

/** Renews the locks of turns that take long, all of them on one timer. */
export type Heartbeat = {
  /** From now on `turn` is renewed, until `release` is called. */
  hold: (turn: HeldTurn) => { release: () => void; isHeld: () => boolean | Promise<boolean> };
  stop: () => void;
};

export type HeldTurn = {
  /** False when the lock is no longer ours; an error when nobody can tell. */
  renew: () => Promise<boolean>;
  /** Called once when the lock is lost. */
  onLost: () => void;
};

type Beaten = HeldTurn & { since: number; safeUntil: number; release: () => void; over: boolean; lost: boolean };

/** The store began to count a little before we hear of it. */
const SURELY = 0.9;

/** A turn is given up when its lock is refused, has run out while the store was away, or `longestMs` are over. */
export function openHeartbeat(lockMs: number, longestMs: number): Heartbeat {
  const held = openRoster<Beaten>();
  let timer: NodeJS.Timeout | undefined;

  const lose = (turn: Beaten): void => {
    if (turn.over) return;
    turn.release();
    turn.lost = true;
    turn.onLost();
  };

  const beat = async (turn: Beaten): Promise<void> => {
    const asked = performance.now();
    if (asked - turn.since > longestMs) return lose(turn);
    try {
      if (!(await turn.renew())) return lose(turn);
      turn.safeUntil = asked + lockMs * SURELY;
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
      const turn: Beaten = {
        renew,
        onLost,
        since,
        safeUntil: since + lockMs * SURELY,
        over: false,
        lost: false,
        release: () => {},
      };
      const leave = held.enter(turn);
      turn.release = () => {
        turn.over = true;
        leave();
      };
      timer ??= setInterval(beatAll, lockMs / 3).unref();
      return {
        release: turn.release,
        isHeld: () => {
          if (turn.lost) return false;
          if (turn.over || performance.now() < turn.safeUntil) return true;
          // The process was paused for longer than the lock lasts: somebody else may have the chat.
          return beat(turn).then(() => !turn.lost);
        },
      };
    },
    stop: () => {
      clearInterval(timer);
      for (const turn of held.present()) turn.release();
    },
  };
}
