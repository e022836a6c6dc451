import { sql } from 'kysely';
import type { Db } from '../../../src/records/database.ts';

/** Residents who are signed in, `telegram:1000001` and on, each with an account of his own. */
export async function settleReaders(db: Db, readers: number): Promise<void> {
  const one = sql`generate_series(1, ${readers}) as n`;
  await sql`insert into accounts (number, owner_name, address)
    select (1000000 + n)::text, 'Иванов Иван', 'ул. Лесная, д. ' || n from ${one}`.execute(db);
  await sql`insert into residents (login, phone, password_hash, registered_at)
    select 'reader' || n, '+79' || lpad(n::text, 9, '0'), 'none', now() from ${one}`.execute(db);
  await sql`insert into sessions (resident_id, messenger_id, opened_at, seen_at)
    select id, 'telegram:' || (1000000 + substr(login, 7)::integer), now(), now() from residents`.execute(db);
  await sql`insert into links (resident_id, account, way, linked_at)
    select id, (1000000 + substr(login, 7)::integer)::text, 'sum', now() from residents`.execute(db);
  await sql`analyze`.execute(db);
}

/** The charges of a month (its first day) come in for all of them. */
export async function chargeReaders(db: Db, period: string): Promise<void> {
  await sql`insert into charges (account, period, service, opening_kopecks, charged_kopecks, due_kopecks)
    select number, ${period}::date, 'Отопление', 0, 123456, 123456 from accounts`.execute(db);
  await sql`insert into registry_imports
    (kind, file_name, started_at, finished_at, rows_read, rows_new, rows_changed, rows_unchanged, rows_refused)
    values ('charges', 'charges.csv', now(), now() - interval '1 minute', 0, 0, 0, 0, 0)`.execute(db);
}
