/**
 * Gathers what is met within so many milliseconds, and hands all of it on at once; what fails is handed on with the next. Without a time
 * each is handed on at once, and waited for.
 */
export function openGathering<T>(
  ms: number,
  hand: (gathered: readonly T[]) => Promise<void>,
): (one: T) => Promise<void> | undefined {
  const gathered = new Set<T>();
  let timer: NodeJS.Timeout | undefined;

  async function handOn(): Promise<void> {
    const all = [...gathered];
    gathered.clear();
    timer = undefined;
    try {
      await hand(all);
    } catch {
      for (const one of all) gathered.add(one);
    }
  }

  return (one) => {
    if (ms === 0) return hand([one]);
    gathered.add(one);
    timer ??= setTimeout(() => void handOn(), ms).unref();
    return undefined;
  };
}
