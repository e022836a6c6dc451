/** A timer of Node's that is set further ahead rings at once. */
const FURTHEST_MS = 2 ** 31 - 1;

/** Rings once after so many milliseconds, unless it is stopped before. */
export function setAlarm(ms: number): { rings: Promise<void>; stop: () => void } {
  let handle: NodeJS.Timeout | undefined;
  const rings = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, Math.min(ms, FURTHEST_MS));
  });
  return { rings, stop: () => clearTimeout(handle) };
}
