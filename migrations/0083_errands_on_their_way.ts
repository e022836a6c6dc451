import { type Kysely, sql } from 'kysely';

/**
 * Several words of one request go to staff as one message, a long answer reaches a resident as several, and what the group was sent a moment
 * ago is known to the next process.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table request_messages drop constraint request_messages_copy_key;
    create index request_messages_copy on request_messages (copy) where copy is not null;
    -- Where it did not fit into one message: the further ones, in order.
    alter table request_messages add more_copies text[] not null default '{}';

    -- How much of it is done already: a long answer's parts, a file that was left out.
    alter table errands add progress jsonb not null default '{}';

    create table group_sends (
      at timestamptz not null,
      messages smallint not null check (messages > 0)
    );
    create index group_sends_at on group_sends (at);

    -- The staff group became a supergroup, and has another id than the settings say.
    create table group_moves (
      moved_from bigint primary key,
      moved_to bigint not null,
      at timestamptz not null
    );
  `.execute(db);
}
