/** How long ago something that should go on did its last step. */
export type Pulse = { beat: () => void; ageSeconds: () => number };

/** Counts from now on, by a clock that nobody sets. */
export function openPulse(nowMs: () => number = () => performance.now()): Pulse {
  let last = nowMs();
  return {
    beat: () => {
      last = nowMs();
    },
    ageSeconds: () => Math.floor((nowMs() - last) / 1000),
  };
}
