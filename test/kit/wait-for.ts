import { vi } from 'vitest';

/** Only tells a hang from work: vitest's own second is too short for a machine that is busy with other things. */
const PATIENCE_MS = 180_000;

/** Until it throws no more; what it returned. It throws what it threw last. */
export const waitFor = <T>(holds: () => T | Promise<T>, interval = 20): Promise<T> =>
  vi.waitFor(holds, { timeout: PATIENCE_MS, interval });

/** Until it says something that is true; that. */
export const waitUntil = <T>(says: () => T | Promise<T>, interval = 20) => vi.waitUntil(says, { timeout: PATIENCE_MS, interval });
