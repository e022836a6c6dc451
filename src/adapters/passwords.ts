import { hash, verify } from '@node-rs/argon2';
import type { Keyring, PasswordHasher } from '../office/edges.ts';

/** OWASP Password Storage: argon2id (the library's own choice), 19 MiB, t=2, p=1. About 10 ms. */
const PASSWORD_COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Memory in KiB, passes over it, threads. */
export type PasswordCost = Readonly<Record<keyof typeof PASSWORD_COST, number>>;

/** Forty hashes at once fill libuv's pool and stall DNS for half a second: two work, the rest wait, and beyond this many nobody waits. */
const AT_ONCE = 2;
const WAITING = 100;

/** So many passwords wait to be hashed that another one would wait for seconds. */
export class HashingOverloaded extends Error {
  override name = 'Overloaded';
}

/**
 * Hashes passwords with argon2id after keying them, so that a stolen table is worth nothing without `SECRET_KEY`.
 * A password hashed under an older key of the list still verifies; how long that takes depends on the list alone.
 */
export function createPasswordHasher(
  keyring: Keyring,
  { waiting = WAITING, cost = PASSWORD_COST }: { waiting?: number; cost?: PasswordCost } = {},
): PasswordHasher {
  const take = createQueue(AT_ONCE, waiting);
  let dummy: Promise<string> | undefined;

  /** The newest keyed form, and all of them that fit: every key is tried, whichever fits. */
  const compare = async (kept: string | undefined, password: string) => {
    dummy ??= hash(keyring.fingerprint('password', 'nobody has this password'), cost);
    const against = kept ?? (await dummy);
    const fitting: string[] = [];
    for (const keyed of keyring.fingerprints('password', password)) {
      if (await verify(against, keyed)) fitting.push(keyed);
    }
    const newest = keyring.fingerprint('password', password);
    return { right: fitting.length > 0 && kept !== undefined, newest, isOfNewest: fitting.includes(newest) };
  };

  return {
    hash: (password) => take(() => hash(keyring.fingerprint('password', password), cost)),
    verify: (kept, password) => take(async () => (await compare(kept, password)).right),
    check: (kept, password) =>
      take(async () => {
        const { right, newest, isOfNewest } = await compare(kept, password);
        // Longer for a right password alone, which the answer tells anyhow.
        return { right, renewed: right && !isOfNewest ? await hash(newest, cost) : undefined };
      }),
  };
}

/** Runs at most `atOnce` pieces of work, in the order in which they came; throws `Overloaded` when `waiting` others wait already. */
function createQueue(atOnce: number, waiting: number) {
  const line: (() => void)[] = [];
  let running = 0;

  return async <A>(work: () => Promise<A>): Promise<A> => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw new HashingOverloaded(`${waiting} passwords wait to be hashed already`);
      await new Promise<void>((go) => line.push(go));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back, so that nobody slips in between.
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
