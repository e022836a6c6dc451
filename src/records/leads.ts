import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Of several processes one does what `name` stands for, until then: by the server's clock. */
export type LeadsTable = { name: string; holder: string; until: Date };

/** Whose a lead is now: ours, or for so long at least somebody else's; null: a moment ago it was nobody's. */
export type LeadStanding = { name: string; ours: boolean; forMs: number | null };

/** Takes those of these leads that nobody has or whose time is over, and gives those that are `holder`'s the full time again. */
export async function claimLeads(db: Db, names: readonly string[], holder: string, leaseMs: number): Promise<LeadStanding[]> {
  const { rows } = await sql<LeadStanding>`
    with asked as (select unnest(${[...names].sort()}::text[]) as name),
    taken as (
      insert into leads (name, holder, until)
      select name, ${holder}, clock_timestamp() + ${leaseMs} * interval '1 ms' from asked
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where leads.holder = excluded.holder or leads.until < clock_timestamp()
      returning name
    )
    select a.name, t.name is not null as ours,
      greatest(0, extract(epoch from l.until - clock_timestamp()) * 1000)::integer as "forMs"
    from asked a left join taken t on t.name = a.name left join leads l on l.name = a.name
  `.execute(db);
  return rows;
}

/** Lets go of it, where it is still the holder's. */
export async function deleteLead(db: Db, name: string, holder: string): Promise<void> {
  await db.deleteFrom('leads').where('name', '=', name).where('holder', '=', holder).execute();
}

/** Lets go of all that are still the holder's. */
export async function deleteLeadsOf(db: Db, holder: string): Promise<void> {
  await db.deleteFrom('leads').where('holder', '=', holder).execute();
}

/** Whether some process leads in something at this moment, by the server's clock: a bot is at work. */
export async function hasLeads(db: Db | Trx): Promise<boolean> {
  const found = await db
    .selectFrom('leads')
    .select('name')
    .where('until', '>', sql<Date>`clock_timestamp()`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
