import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** What was put off because the group could not be reached is tried at once. */
export async function updateDeliveriesToStaffDue(trx: Trx, now: Date): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ run_at: now, attempts: 0 })
    .where('addressee', '=', 'staff')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('attempts', '>', 0)
    .where('run_at', '>', now)
    .execute();
}

/** What the bot says in a thread because its resident did something. */
const OF_RESIDENTS: readonly string[] = ['staff-request-rated', 'staff-request-reopened'];

/**
 * What waits for staff of these residents' doing in these requests does not go out any more: their words, files and edits, their ratings. How
 * many words and files that were.
 */
export async function markDeliveriesOfResidentsDropped(trx: Trx, requestIds: readonly string[], now: Date): Promise<number> {
  if (requestIds.length === 0) return 0;
  const { rows } = await sql<{ kind: string; message_id: number | null }>`
    update deliveries e set done_at = ${now}, locked_until = null, saying = null
    where e.addressee = 'staff' and e.request_id = any(${[...requestIds]}::uuid[]) and e.done_at is null and e.failed_at is null
      and (
        (e.kind in ('relay', 'edit')
          and exists (select from request_messages m where m.id = e.message_id and m.side = 'resident'))
        or (e.kind = 'say' and e.saying ->> 'text' = any(${[...OF_RESIDENTS]}))
      )
    returning e.kind, e.message_id
  `.execute(trx);
  const messages = rows.flatMap(({ kind, message_id: id }) => (kind === 'relay' && id !== null ? [id] : []));
  if (messages.length > 0)
    await trx
      .updateTable('request_messages')
      .set({ undelivered: 'not heard' })
      .where('id', 'in', messages)
      .where('copy', 'is', null)
      .execute();
  return messages.length;
}
