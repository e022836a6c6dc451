import { sql } from 'kysely';
import type { Db } from './database.ts';

/** Of several processes one does what `name` stands for, until then: by the server's clock. */
export type LeadsTable = { name: string; holder: string; until: Date };

/** Takes a lead that nobody has or whose time is over, or gives its holder the full time again; false: somebody else has it. */
export async function claimLead(db: Db, name: string, holder: string, leaseMs: number): Promise<boolean> {
  const until = sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 ms'`;
  const taken = await db
    .insertInto('leads')
    .values({ name, holder, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until })
        .where((e) => e.or([e('leads.holder', '=', holder), e('leads.until', '<', sql<Date>`clock_timestamp()`)])),
    )
    .returning('name')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Lets go of it, where it is still the holder's. */
export async function deleteLead(db: Db, name: string, holder: string): Promise<void> {
  await db.deleteFrom('leads').where('name', '=', name).where('holder', '=', holder).execute();
}

/** Whether some process leads in something at this moment, by the server's clock: a bot is at work. */
export async function hasLeads(db: Db): Promise<boolean> {
  const found = await db
    .selectFrom('leads')
    .select('name')
    .where('until', '>', sql<Date>`clock_timestamp()`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
