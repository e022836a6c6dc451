import { sql } from 'kysely';
import type { Trx } from './database.ts';

/**
 * `refs`: a regular expression of Postgres for the references of messages whose numbers another bot gives again. `bot`: whose they were.
 */
export type FormerMessages = { refs: string; bot: string };

/** `telegram:701/55` becomes `4711@telegram:701/55`, wherever it is kept: a reference in a chat that nobody has. */
export async function updateMessagesFormer(trx: Trx, { refs, bot }: FormerMessages): Promise<void> {
  const mark = `${bot}@`;
  const one = (column: string) =>
    sql`case when ${sql.ref(column)} ~ ${refs} then ${mark} || ${sql.ref(column)} else ${sql.ref(column)} end`;
  const each = (column: string) => sql`array(
    select case when ref ~ ${refs} then ${mark} || ref else ref end from unnest(${sql.ref(column)}) with ordinality as there (ref, place)
    order by place)`;
  await sql`
    update request_messages set source = ${one('source')}, replies_to = ${one('replies_to')}, copy = ${one('copy')},
      more_copies = ${each('more_copies')}, former_copies = ${each('former_copies')}`.execute(trx);
  await sql`update requests set card = ${one('card')} where card ~ ${refs}`.execute(trx);
  await sql`update registry_orders set message = ${one('message')} where message ~ ${refs}`.execute(trx);
  await sql`update announcements set message = ${one('message')} where message ~ ${refs}`.execute(trx);
}

/** What the other bot can neither change nor take out: the group's list of requests, and messages that are to be deleted. */
export async function deleteFormerMessages(trx: Trx, { refs }: Pick<FormerMessages, 'refs'>): Promise<void> {
  await sql`delete from request_board where message ~ ${refs}`.execute(trx);
  await sql`delete from outbox where kind = 'deletion' and message ~ ${refs}`.execute(trx);
}
