/** Rings once after so many milliseconds, unless it is stopped before. */
export function setAlarm(ms: number): { rings: Promise<void>; stop: () => void } {
  let handle: NodeJS.Timeout | undefined;
  const rings = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, ms);
  });
  return { rings, stop: () => clearTimeout(handle) };
}
