import { sql } from 'kysely';
import type { Trx } from '../database.ts';

/** The accounts of `staged` whose owner is written in another way there than in the base. */
export async function listOwnersStaged(trx: Trx): Promise<{ number: string; before: string; after: string }[]> {
  const { rows } = await sql<{ number: string; before: string; after: string }>`
    select a.number, a.owner_name as before, s.owner_name as after
    from staged as s join accounts as a using (number) where s.refusal is null and a.owner_name <> s.owner_name
  `.execute(trx);
  return rows;
}

/** How many accounts there are, and how many live links lead to these. */
export async function countAccountsAndLinks(trx: Trx, accounts: readonly string[]): Promise<{ of: number; links: number }> {
  const { rows } = await sql<{ of: number; links: number }>`
    select (select count(*) from accounts) as of,
      (select count(*) from links where ended_at is null and account = any(${[...accounts]}::text[])) as links
  `.execute(trx);
  return rows[0] ?? { of: 0, links: 0 };
}

/** How many accounts that are open `staged` closes, of how many accounts, and how many of them are in somebody's cabinet. */
export async function countAccountsClosing(trx: Trx): Promise<{ closing: number; of: number; linked: number }> {
  const { rows } = await sql<{ closing: number; of: number; linked: number }>`
    select count(*) as closing, (select count(*) from accounts) as of,
      count(*) filter (where exists (select from links as l where l.account = a.number and l.ended_at is null)) as linked
    from staged as s join accounts as a using (number) where s.refusal is null and s.closed and not a.closed
  `.execute(trx);
  return rows[0] ?? { closing: 0, of: 0, linked: 0 };
}
