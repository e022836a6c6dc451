import { sql } from 'kysely';
import { findWaitingReadings } from './exported-readings.ts';
import type { ExportKind } from './exports.ts';
import type { OutboxKind } from './outbox.ts';
import type { RegistryKind } from './registries/imports.ts';
import type { Db } from './database.ts';

/** So many wait, the oldest of them since then. */
export type LineStanding = { count: number; since: Date | null };

/** What is due in the outbox at this moment and at no end, by what it is; at night, without what is for the day. */
export async function listOutboxBacklog(db: Db, night: boolean, now: Date): Promise<(LineStanding & { kind: OutboxKind })[]> {
  return db
    .selectFrom('outbox')
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('runAt', '<=', now)
    .where(sql<boolean>`not (daytime and ${night})`)
    .groupBy('kind')
    .select((e) => ['kind', e.fn.countAll<number>().as('count'), e.fn.min<Date | null>('runAt').as('since')])
    .execute();
}

/** Updates that wait for their turn, and dead letters. */
export async function listInboxBacklog(db: Db): Promise<(LineStanding & { state: 'waiting' | 'failed' | 'stuck' })[]> {
  return db
    .selectFrom('updateInbox')
    .groupBy('state')
    .select((e) => ['state', e.fn.countAll<number>().as('count'), e.fn.min<Date | null>('at').as('since')])
    .execute();
}

/** Since when the open requests wait that wait longest: residents' requests, and the bot's own escalations. */
export async function findOldestWaits(db: Db): Promise<{ request: Date | null; escalation: Date | null }> {
  return db
    .selectFrom('requests')
    .where('state', '!=', 'closed')
    .select([
      sql<Date | null>`min(waiting_since) filter (where kind = 'request')`.as('request'),
      sql<Date | null>`min(opened_at) filter (where kind <> 'request')`.as('escalation'),
    ])
    .executeTakeFirstOrThrow();
}

/** The newest import of each kind that was not undone. */
export async function listLastImports(
  db: Db,
): Promise<{ kind: RegistryKind; id: number; finishedAt: Date; dataDay: string | null; rowsRefused: number }[]> {
  return db
    .selectFrom('registryImports')
    .distinctOn('kind')
    .where('undoneAt', 'is', null)
    .select(['kind', 'id', 'finishedAt', 'dataDay', 'rowsRefused'])
    .orderBy('kind')
    .orderBy('id', 'desc')
    .execute();
}

/** What the next export would write. */
export async function findExportBacklog(db: Db): Promise<{ [Kind in ExportKind]: LineStanding }> {
  const { rows } = await sql<{ kind: ExportKind; count: number; since: Date | null }>`
    select 'readings' as kind, count(*) as count, min(w.taken_at) as since from (${findWaitingReadings(db).select('r.takenAt')}) as w
    union all
    select 'payments', count(*), min(p.paid_at) from card_payment_lines l join card_payments p on p.id = l.payment_id
    where l.export_number is null and l.posted_at is null and l.settled_at is null and l.other_account is null
      and p.refunded_at is null
  `.execute(db);
  const of = (kind: ExportKind): LineStanding => rows.find((row) => row.kind === kind) ?? { count: 0, since: null };
  return { readings: of('readings'), payments: of('payments') };
}
