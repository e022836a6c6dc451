import { z } from 'zod';

/** The id of a row, as Postgres makes them. What comes by a button or a link may be anything: an id that is none would be an error of Postgres. */
export function isUuid(words: string): boolean {
  return Uuid.safeParse(words).success;
}
const Uuid = z.uuid();

/** The first of all ids, which no row has: a search that begins after it finds them all, one for it finds nothing. */
export const FIRST_UUID = '00000000-0000-0000-0000-000000000000';
/** The last of all ids, which no row has. */
export const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
