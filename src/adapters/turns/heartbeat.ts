/** Renews the locks of turns that take long, all of them on one timer. */
export type Heartbeat = {
  /** From now on `turn` is renewed until it is let go of. */
  hold: (turn: HeldTurn) => void;
  letGo: (turn: HeldTurn) => void;
  stop: () => void;
};

export type HeldTurn = {
  /** False when the lock is no longer ours; an error when nobody can tell. */
  renew: () => Promise<boolean>;
  /** Called once when the lock is lost. */
  onLost: () => void;
};

/** A turn is given up when its lock is refused, has run out while the store was away, or `longestMs` are over. */
export function openHeartbeat(lockMs: number, longestMs: number): Heartbeat {
  const held = new Map<HeldTurn, { since: number; safeUntil: number }>();
  let timer: NodeJS.Timeout | undefined;

  const lose = (turn: HeldTurn): void => {
    if (held.delete(turn)) turn.onLost();
  };

  const beat = async (turn: HeldTurn, times: { since: number; safeUntil: number }): Promise<void> => {
    const asked = performance.now();
    if (asked - times.since > longestMs) return lose(turn);
    try {
      if (!(await turn.renew())) return lose(turn);
      times.safeUntil = asked + lockMs;
    } catch {
      if (performance.now() > times.safeUntil) lose(turn);
    }
  };

  const beatAll = (): void => {
    const now = performance.now();
    for (const [turn, times] of held) if (now - times.since > lockMs / 4) void beat(turn, times);
  };

  return {
    hold: (turn) => {
      const since = performance.now();
      held.set(turn, { since, safeUntil: since + lockMs });
      timer ??= setInterval(beatAll, lockMs / 3).unref();
    },
    letGo: (turn) => void held.delete(turn),
    stop: () => {
      clearInterval(timer);
      held.clear();
    },
  };
}
