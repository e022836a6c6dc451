import type { Background } from '../office/edges.ts';

/** Work that goes on after its answer: `settled` waits for all of it, `failed` hears what broke. */
export function createBackground(failed: (error: unknown) => void): { run: Background; settled: () => Promise<void> } {
  const under = new Set<Promise<void>>();

  return {
    run(work) {
      const done: Promise<void> = work()
        .catch(failed)
        .finally(() => under.delete(done));
      under.add(done);
    },
    async settled() {
      while (under.size > 0) await Promise.all(under);
    },
  };
}
