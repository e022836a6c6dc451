import { randomBytes, randomInt } from 'node:crypto';
import type { Randomness } from '../office/edges.ts';

export const randomness: Randomness = {
  integer: (below) => randomInt(below),
  id: () => randomBytes(16).toString('base64url'),
};
