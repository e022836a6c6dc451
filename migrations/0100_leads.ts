import { type Kysely, sql } from 'kysely';

/** Who of several processes does what only one may do, and until when; and a row to find out whether anything can be written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table leads (
      name text primary key,
      holder text not null,
      until timestamptz not null
    );

    create table write_probe (
      id boolean primary key default true check (id),
      at timestamptz not null
    );
    insert into write_probe (at) values (clock_timestamp());
  `.execute(db);
}
