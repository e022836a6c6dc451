import { whyAway } from '../../runtime/name-of-error.ts';
import { openTimeLimit, within } from '../../runtime/time-limit.ts';

/** Something without which the work cannot be done; throws, or says in a word or two that hold no data, what is wrong with it. */
export type ReadinessCheck = { name: string; look: () => Promise<string | undefined> | string | undefined };

export type Readiness = {
  /** From now on it is looked at, too. */
  watch: (check: ReadinessCheck) => void;
  /** The start cannot go on before this neighbour answers. */
  waitFor: (neighbour: string) => void;
  /** All is opened. */
  open: () => void;
  /** No more work is taken. */
  close: () => void;
  /** What is wrong at this moment: `postgres: 25006`; nothing where all is well. Never throws, and is back within five seconds. */
  faults: () => Promise<string[]>;
};

const LOOK_MS = 4_000;
/** Whoever asks more often gets what was found last. */
const FRESH_MS = 1_000;

export function createReadiness(nowMs: () => number = () => performance.now()): Readiness {
  const checks: ReadinessCheck[] = [];
  const limit = openTimeLimit(LOOK_MS);
  let state: 'starting' | 'open' | 'stopping' = 'starting';
  let awaited: string | undefined;
  let last: { at: number; found: Promise<string[]> } | undefined;

  async function look({ name, look: ask }: ReadinessCheck): Promise<string | undefined> {
    try {
      const wrong = await within(limit, Promise.resolve().then(ask), () => 'no answer');
      return wrong === undefined ? undefined : `${name}: ${wrong}`;
    } catch (error) {
      return `${name}: ${whyAway(error)}`;
    }
  }

  function lookNow(): Promise<string[]> {
    if (!last || nowMs() - last.at >= FRESH_MS) last = { at: nowMs(), found: lookAtAll() };
    return last.found;
  }
  const lookAtAll = async () => (await Promise.all(checks.map(look))).filter((fault) => fault !== undefined);

  return {
    watch: (check) => void checks.push(check),
    waitFor: (neighbour) => {
      awaited = neighbour;
    },
    open: () => {
      state = 'open';
    },
    close: () => {
      state = 'stopping';
    },
    async faults() {
      if (state === 'starting') {
        const start = awaited === undefined ? 'starting' : `starting: ${awaited} does not answer`;
        return [start, ...(await lookNow())];
      }
      return state === 'open' ? lookNow() : [state];
    },
  };
}
