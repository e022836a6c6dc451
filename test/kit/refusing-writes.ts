import { sql } from 'kysely';
import type { Db } from '../../src/records/database.ts';

/**
 * A Postgres that answers and refuses to write, as a failover or a full disk leaves it; turns of chats, which may live elsewhere, go on.
 * `refused` counts what it refused.
 */
export async function refusingWrites(db: Db) {
  await sql`
    create sequence refusals;
    create function refuse_writes() returns trigger language plpgsql as $$
    begin
      perform nextval('refusals');
      raise exception 'cannot execute INSERT in a read-only transaction' using errcode = '25006';
    end $$;
  `.execute(db);
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename !~ '^(chat_|kysely|revoked_turns)'
  `.execute(db);
  const each = async (statement: (table: string) => string) => {
    for (const { name } of tables.rows) await sql.raw(statement(name)).execute(db);
  };
  return {
    on: () =>
      each((table) => `create trigger refuse before insert or update or delete on ${table} execute function refuse_writes()`),
    off: () => each((table) => `drop trigger refuse on ${table}`),
    async refused(): Promise<number> {
      const { rows } = await sql<{ count: string }>`select last_value - (not is_called)::int as count from refusals`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },
  };
}
