import { type Kysely, sql } from 'kysely';

/** Papers that the messenger has already, so that the same one is neither drawn nor sent up again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sent_papers (
      key text collate "C" primary key,
      send text not null check (send in ('document', 'photo')),
      file text not null check (file <> ''),
      kept_at timestamptz not null
    );
    create index sent_papers_kept_at on sent_papers (kept_at);
  `.execute(db);
}
