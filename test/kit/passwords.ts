import { createPasswordHasher } from '../../src/adapters/passwords.ts';
import type { Keyring, PasswordHasher } from '../../src/office/edges.ts';

/** The least that argon2 takes. What the bot itself pays is seen in `adapters/passwords.test.ts`, and in every test of the whole program. */
const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

/** The bot's hasher at a cost at which a test may register hundreds. */
export const cheapHasher = (keyring: Keyring): PasswordHasher => createPasswordHasher(keyring, { cost: CHEAP });
