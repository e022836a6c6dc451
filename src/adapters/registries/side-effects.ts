import { sql } from 'kysely';
import { DAY_MS, later } from '../../domain/durations.ts';
import type { Trx } from '../../records/database.ts';
import type { RegistryKind } from '../../records/registry-imports.ts';
import type { ImportId } from './merge.ts';

/** Longer than a posted payment is looked at again. */
const POSTED_MS = 200 * DAY_MS;

/**
 * Watches what an import of this kind does outside its own table; `keep` then keeps how it was, for undoing. Of people's rows the keys alone
 * are kept.
 */
export async function watchSideEffects(trx: Trx, kind: RegistryKind, now: Date): Promise<{ keep(id: ImportId): Promise<void> }> {
  switch (kind) {
    case 'meters':
      await sql`
        create temp table watched on commit drop as
        select s.account, s.number, s.scale, s.value_day as day, v.value from staged as s
        left join meter_values as v on v.account = s.account and v.number = s.number and v.scale = s.scale and v.day = s.value_day
        where s.reason is null and s.value is not null and s.value_day is not null
      `.execute(trx);
      return {
        keep: keeping(
          trx,
          'meter_values',
          sql`
            select to_jsonb(watched) as before from watched join meter_values as v using (account, number, scale, day)
            where v.value is distinct from watched.value`,
        ),
      };
    case 'payments':
      await sql`
        create temp table watched on commit drop as
        select operation, posted_at, trouble from card_payment_lines
        where posted_at is null or posted_at > ${later(now, -POSTED_MS)}
      `.execute(trx);
      return {
        keep: keeping(
          trx,
          'card_payment_lines',
          sql`
            select to_jsonb(watched) || jsonb_build_object('posted_at_after', l.posted_at, 'trouble_after', l.trouble) as before
            from watched join card_payment_lines as l using (operation)
            where (l.posted_at, l.trouble) is distinct from (watched.posted_at, watched.trouble)`,
        ),
      };
    case 'reading_answers':
      await sql`
        create temp table watched on commit drop as
        select id, state, reason, refused_at from readings where account in (select account from staged where reason is null)
      `.execute(trx);
      return {
        keep: keeping(
          trx,
          'readings',
          sql`
            select to_jsonb(watched) || jsonb_build_object('state_after', r.state, 'reason_after', r.reason) as before
            from watched join readings as r using (id) where (r.state, r.reason) is distinct from (watched.state, watched.reason)`,
        ),
      };
    case 'accounts':
    case 'charges':
      return { keep: async () => {} };
  }
}

/** Links and passwords that end because their accounts have another owner now; to be kept before they do. */
export async function keepWhatOwnersLose(trx: Trx, id: ImportId, accounts: readonly string[]): Promise<void> {
  for (const relation of ['links', 'account_passwords'])
    await sql`
      insert into registry_previous_rows (import_id, relation, before)
      select ${id}::bigint, ${relation}::text, jsonb_build_object('id', t.id) from ${sql.id(relation)} as t
      where ended_at is null and account = any(${accounts}::text[])
    `.execute(trx);
}

function keeping(trx: Trx, relation: string, changed: ReturnType<typeof sql>) {
  return async (id: ImportId): Promise<void> => {
    await sql`
      insert into registry_previous_rows (import_id, relation, before) select ${id}::bigint, ${relation}::text, before from (${changed}) as c
    `.execute(trx);
  };
}
