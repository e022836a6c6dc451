import { type RawBuilder, sql } from 'kysely';
import type { Trx } from './database.ts';

/** Under the import by which they went: payments as they were, of which somebody who has the account had been told. */
export const FORMER_PAYMENTS = 'told_payments';

/**
 * Payments as they were before a file that corrected them, or before an import was undone; their `entry` is that of the same payment now
 * at most. `news`: it was recent when it came, so whoever had the account was told; `untold`: the links that had not come to it yet.
 */
export const formerPaymentsSql = sql`(
  select was.source, was.operation, was.sum_kopecks < 0 as reversal, was.account, was.day, was.sum_kopecks, was.entry,
    coalesce(was.news, true) as news, was.untold
  from registry_imports as i
  join registry_previous_rows as b on b.import_id = i.id and b.relation = ${FORMER_PAYMENTS}
  cross join jsonb_to_record(b.before) as was (
    source text, operation text, account text, day date, sum_kopecks bigint, entry bigint, news boolean, untold jsonb
  )
  where i.kind = 'payments'
)`;

/** The newest entry that concerns each account on which a payment stood before, whatever account it stands on now. */
export const movedEntriesSql = sql`(
  select was.account, max(p.entry) as entry from ${formerPaymentsSql} as was
  join payments as p on (p.source, p.operation, p.reversal) = (was.source, was.operation, was.reversal)
  group by was.account
)`;

/** The newest entry that concerns an account. */
export const lastEntrySql = (account: string) => sql<number>`(
  select coalesce(greatest(max(entry), (select moved.entry from ${movedEntriesSql} as moved where moved.account = ${account})), 0)
  from payments where account = ${account}
)`;

/** Payments that an import has corrected, as they were before it. */
const correctedBy = (id: number) => sql`
  select was.* from registry_previous_rows as b
  cross join jsonb_to_record(b.before) as was (
    source text, operation text, reversal boolean, account text, day date, sum_kopecks bigint, entry bigint, import_id bigint
  )
  join payments as p on (p.source, p.operation, p.reversal) = (was.source, was.operation, was.reversal)
  where b.import_id = ${id} and b.relation = 'payments' and (p.account, p.sum_kopecks) is distinct from (was.account, was.sum_kopecks)
`;

/**
 * Keeps what payments were whose account or sum an import has corrected: whoever was told of that is told what they are. A payment is news up to
 * `recentDays` after its day.
 */
export async function insertCorrectedPayments(trx: Trx, id: number, recentDays: number): Promise<void> {
  await keepFormer(trx, id, correctedBy(id), recentDays);
}

/** Gives payments whose account or sum an import has corrected a new place. */
export async function updateCorrectedEntries(trx: Trx, id: number): Promise<void> {
  await sql`
    update payments as p set entry = ${NEXT_ENTRY} from (${correctedBy(id)}) as was
    where (p.source, p.operation, p.reversal) = (was.source, was.operation, was.reversal)
  `.execute(trx);
}

/** Keeps what the payments of an import are that is about to be undone: what comes in their place is told against that. */
export async function insertFormerPayments(trx: Trx, id: number, recentDays: number): Promise<void> {
  await keepFormer(trx, id, sql`select * from payments where import_id = ${id}`, recentDays);
}

/** Gives payments that are again as they were before an undone import a new place where somebody was told what they were in between. */
export async function updateRestoredEntries(trx: Trx, id: number): Promise<void> {
  await sql`
    update payments as p set entry = ${NEXT_ENTRY} from registry_previous_rows as b
    cross join jsonb_to_record(b.before) as was (source text, operation text, sum_kopecks bigint, entry bigint)
    where b.import_id = ${id} and b.relation = ${FORMER_PAYMENTS}
      and (p.source, p.operation, p.reversal) = (was.source, was.operation, was.sum_kopecks < 0) and was.entry > p.entry
  `.execute(trx);
}

const NEXT_ENTRY = sql`nextval(pg_get_serial_sequence('payments', 'entry'))`;

/** Of those that nobody was told of nothing is kept. */
async function keepFormer(trx: Trx, id: number, going: RawBuilder<unknown>, recentDays: number): Promise<void> {
  await sql`
    with going as materialized (${going}),
    -- Whoever has the account on which it stands, or one on which it stood.
    concerned as (
      select going.source, going.operation, going.reversal, l.id as link, l.payments_told >= going.entry as told
      from (
        select source, operation, reversal, entry, account from going
        union
        select g.source, g.operation, g.reversal, g.entry, was.account from going as g
        join ${formerPaymentsSql} as was on (was.source, was.operation, was.reversal) = (g.source, g.operation, g.reversal)
      ) as going
      join links as l on l.account = going.account and l.ended_at is null
    ),
    known as (
      select source, operation, reversal, coalesce(jsonb_agg(link) filter (where not told), '[]') as untold
      from concerned group by source, operation, reversal having bool_or(told)
    )
    insert into registry_previous_rows (import_id, relation, before)
    select ${id}::bigint, ${FORMER_PAYMENTS}::text, jsonb_build_object(
      'source', g.source, 'operation', g.operation, 'account', g.account, 'day', g.day, 'sum_kopecks', g.sum_kopecks, 'entry', g.entry,
      'news', i.finished_at is null or g.day >= i.finished_at::date - ${recentDays}::integer, 'untold', known.untold
    )
    from going as g
    join known on (known.source, known.operation, known.reversal) = (g.source, g.operation, g.reversal)
    left join registry_imports as i on i.id = g.import_id
  `.execute(trx);
}
