/** Whether the same was not met a moment ago: within so many milliseconds, at most twice as many. */
export function openLately(ms: number, nowMs: () => number = () => performance.now()): (key: string) => boolean {
  let newer = new Set<string>();
  let older = new Set<string>();
  let turnsAt = 0;
  return (key) => {
    const now = nowMs();
    if (now >= turnsAt) {
      older = now < turnsAt + ms ? newer : new Set();
      newer = new Set();
      turnsAt = now + ms;
    }
    const isNew = !newer.has(key) && !older.has(key);
    if (isNew) newer.add(key);
    return isNew;
  };
}
