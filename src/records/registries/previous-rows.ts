import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from '../database.ts';
import type { RegistryKind } from './imports.ts';
import { lock } from '../locks.ts';
import { TOLD_ANSWERS } from '../reading-answers.ts';
import { FORMER_PAYMENTS } from '../former-payments.ts';

/** What an import changed or took away, as it was before: rows of its own table whole, of others the key with what it was and became. */
export type RegistryPreviousRowsTable = { importId: number; relation: string; before: ColumnType<unknown, string, never> };

/** Forgets what was before imports that ended before `end`: these cannot be undone any more. */
export async function deleteOldPreviousRows(db: Db, end: Date): Promise<void> {
  await sql`
    delete from registry_previous_rows where import_id <= (select max(id) from registry_imports where finished_at < ${end})
  `.execute(db);
}

export type ImportToUndo = {
  id: number;
  kind: RegistryKind;
  fileName: string;
  startedAt: Date;
  finishedAt: Date;
  rowsNew: number;
  restsOn: number[] | null;
  undoneAt: Date | null;
};

/** An import by its number; nobody takes a registry in, or undoes one, until the transaction ends. */
export async function lockImport(trx: Trx, id: number): Promise<ImportToUndo | undefined> {
  await lock(trx, 'registries');
  return trx
    .selectFrom('registryImports')
    .select(['id', 'kind', 'fileName', 'startedAt', 'finishedAt', 'rowsNew', 'restsOn', 'undoneAt'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The first later import that met rows of this one and was not undone. */
export async function findImportResting(trx: Trx, id: number): Promise<number | undefined> {
  const found = await trx
    .selectFrom('registryImports')
    .select('id')
    .where(sql<boolean>`${id}::bigint = any(rests_on)`)
    .where('undoneAt', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return found?.id;
}

export async function markImportUndone(trx: Trx, id: number, by: string, now: Date): Promise<void> {
  await trx.updateTable('registryImports').set({ undoneAt: now, undoneBy: by }).where('id', '=', id).execute();
}

/** Forgets what was before an import, once it is undone; what was told of it is needed still: it may come again. */
export async function deletePreviousRowsOf(trx: Trx, id: number): Promise<void> {
  await trx
    .deleteFrom('registryPreviousRows')
    .where('importId', '=', id)
    .where('relation', 'not in', [FORMER_PAYMENTS, TOLD_ANSWERS])
    .execute();
}

/** The newest import of a kind that is not undone has found this day. */
export async function updateDataDay(trx: Trx, kind: RegistryKind, day: string | null): Promise<void> {
  await sql`
    update registry_imports set data_day = ${day}::date
    where id = (select max(id) from registry_imports where kind = ${kind} and undone_at is null)
  `.execute(trx);
}

/** Puts rows of a table to which no other refers back as they were: those of the import go, those that it found come again. How many came. */
export async function restoreRows(trx: Trx, kind: Exclude<RegistryKind, 'accounts'>, id: number): Promise<number> {
  await sql`delete from ${sql.table(kind)} where import_id = ${id}`.execute(trx);
  // An account cannot go while this lasts: what was there is not looked up row by row.
  await sql`lock table accounts in share mode`.execute(trx);
  await sql`set local registries.accounts_checked = 'yes'`.execute(trx);
  const names = await columnsOf(trx, kind);
  const back = await sql`
    insert into ${sql.table(kind)} (${sql.join(names.map((name) => sql.id(name)))}) overriding system value
    select ${sql.join(names.map((name) => sql.ref(`was.${name}`)))} from registry_previous_rows as b, jsonb_populate_record(null::${sql.table(kind)}, b.before) as was
    where b.import_id = ${id} and b.relation = ${kind}
  `.execute(trx);
  return Number(back.numAffectedRows ?? 0);
}

/** Whatever columns a table has that can be written. */
async function columnsOf(trx: Trx, table: RegistryKind): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
  `.execute(trx);
  return rows.map(({ name }) => name);
}

/** Accounts that came with the import, held until the transaction ends: nothing can be attached to them meanwhile. */
export async function lockNewAccounts(trx: Trx, id: number): Promise<number> {
  await sql`
    create temp table new_accounts on commit drop as
    select number from accounts where import_id = ${id}
      and not exists (
        select from registry_previous_rows as b where b.import_id = ${id} and b.relation = 'accounts' and b.before ->> 'number' = number
      )
    for update
  `.execute(trx);
  const { rows } = await sql<{ count: number }>`select count(*) as count from new_accounts`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** What accounts that came with the import are used by: a table, one of the accounts, and the import that brought the row, if one did. */
export async function findUseOfNewAccounts(
  trx: Trx,
): Promise<{ table: string; account: string; importId: number | null } | undefined> {
  const { rows: tables } = await sql<{ name: string; column: string; imported: boolean }>`
    select c.conrelid::regclass::text as name, a.attname as column,
      exists (select from pg_attribute i where i.attrelid = c.conrelid and i.attname = 'import_id' and not i.attisdropped) as imported
    from pg_constraint as c join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'accounts'::regclass
    union all select 'charges', 'account', true
    union all select 'card_payment_lines', 'account', false
    order by 3 desc, 1
  `.execute(trx);
  for (const { name, column, imported } of tables) {
    const number = sql.ref(`t.${column}`);
    const { rows } = await sql<{ account: string; importId: number | null }>`
      select ${number} as account, ${imported ? sql`t.import_id` : sql`null::bigint`} as "importId"
      from ${sql.table(name)} as t join new_accounts as n on n.number = ${number}
      order by ${imported ? sql`t.import_id desc nulls last` : number} limit 1
    `.execute(trx);
    if (rows[0]) return { table: name, ...rows[0] };
  }
  return undefined;
}

/** The accounts that the import changed, with their owners before and now. */
export async function listOwnersBefore(trx: Trx, id: number): Promise<{ number: string; before: string; now: string }[]> {
  const { rows } = await sql<{ number: string; before: string; now: string }>`
    select a.number, b.before ->> 'owner_name' as before, a.owner_name as now
    from registry_previous_rows as b join accounts as a on a.number = b.before ->> 'number'
    where b.import_id = ${id} and b.relation = 'accounts' and a.owner_name <> b.before ->> 'owner_name'
  `.execute(trx);
  return rows;
}

/** The accounts that the import closed and that are closed still; before they are restored. */
export async function listAccountsClosedBy(trx: Trx, id: number): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select a.number from registry_previous_rows as b join accounts as a on a.number = b.before ->> 'number'
    where b.import_id = ${id} and b.relation = 'accounts' and a.closed and not (b.before ->> 'closed')::boolean order by 1
  `.execute(trx);
  return rows.map(({ number }) => number);
}

/** The meters that the import took away, all their scales; before they are restored. */
export async function listMetersTakenBy(trx: Trx, id: number): Promise<{ account: string; number: string }[]> {
  const { rows } = await sql<{ account: string; number: string }>`
    select distinct before ->> 'account' as account, before ->> 'number' as number from registry_previous_rows as b
    where import_id = ${id} and relation = 'meters'
      and not exists (select from meters as m where m.account = b.before ->> 'account' and m.number = b.before ->> 'number')
  `.execute(trx);
  return rows;
}

/** A live link to one of these accounts that was made after a moment. */
export async function findLinkSince(trx: Trx, accounts: readonly string[], since: Date): Promise<string | undefined> {
  const { rows } = await sql<{ account: string }>`
    select account from links where account = any(${[...accounts]}::text[]) and ended_at is null and linked_at >= ${since}
    order by account limit 1
  `.execute(trx);
  return rows[0]?.account;
}

/** Puts accounts back as they were, whatever columns they have. */
export async function restoreAccounts(trx: Trx, id: number): Promise<number> {
  const names = (await columnsOf(trx, 'accounts')).filter((name) => name !== 'number');
  const back = await sql`
    update accounts as a set (${sql.join(names.map((name) => sql.id(name)))}) =
      row(${sql.join(names.map((name) => sql.ref(`was.${name}`)))})
    from registry_previous_rows as b, jsonb_populate_record(null::accounts, b.before) as was
    where b.import_id = ${id} and b.relation = 'accounts' and a.number = was.number
  `.execute(trx);
  return Number(back.numAffectedRows ?? 0);
}

/** Those that `lockNewAccounts` has found go. */
export async function deleteNewAccounts(trx: Trx): Promise<void> {
  await sql`delete from accounts using new_accounts as n where accounts.number = n.number`.execute(trx);
}

/** Opens links again that the import ended by a change of owner; those whose residents have the account again stay ended. */
export async function updateLinksReopened(trx: Trx, id: number): Promise<{ id: string; account: string; residentId: string }[]> {
  const { rows } = await sql<{ id: string; account: string; residentId: string }>`
    update links as l set ended_at = null, ended_why = null from registry_previous_rows as b
    where b.import_id = ${id} and b.relation = 'links' and l.id = (b.before ->> 'id')::uuid and l.ended_why = 'owner-changed'
      and not exists (
        select from links as other
        where other.resident_id = l.resident_id and other.account = l.account and other.ended_at is null
      )
    returning l.id, l.account, l.resident_id
  `.execute(trx);
  return rows;
}

/** The same of passwords to accounts that would still be good. */
export async function updatePasswordsReopened(trx: Trx, id: number, now: Date): Promise<void> {
  await sql`
    update account_passwords as p set ended_at = null, ended_why = null from registry_previous_rows as b
    where b.import_id = ${id} and b.relation = 'accountPasswords' and p.id = (b.before ->> 'id')::uuid
      and p.ended_why = 'owner-changed' and p.expires_at > ${now}
      and not exists (select from account_passwords as other where other.account = p.account and other.ended_at is null)
  `.execute(trx);
}

/** What the import of meters wrote down of their values goes again. */
export async function restoreMeterValues(trx: Trx, id: number): Promise<void> {
  await sql`
    with was as (
      select found.* from registry_previous_rows, jsonb_to_record(before) as found (account text, number text, scale text, day date, value numeric)
      where import_id = ${id} and relation = 'meter_values'
    ),
    gone as (
      delete from meter_values as v using was
      where was.value is null and (v.account, v.number, v.scale, v.day) = (was.account, was.number, was.scale, was.day)
    )
    update meter_values as v set value = was.value from was
    where was.value is not null and (v.account, v.number, v.scale, v.day) = (was.account, was.number, was.scale, was.day)
  `.execute(trx);
}

/**
 * Payments of the bot that the import brought are under way again, unless something happened to them since; their numbers. Staff are told anew of
 * what was late before it: when it came, that was over.
 */
export async function restoreCardPaymentLines(trx: Trx, id: number): Promise<string[]> {
  const { rows } = await sql<{ operation: string }>`
    update card_payment_lines as l set posted_at = was.posted_at, trouble = nullif(was.trouble, 'late')
    from registry_previous_rows as b, jsonb_to_record(b.before) as was (
      operation text, posted_at timestamptz, trouble text, posted_at_after timestamptz, trouble_after text
    )
    where b.import_id = ${id} and b.relation = 'card_payment_lines' and l.operation = was.operation
      and (l.posted_at, l.trouble) is not distinct from (was.posted_at_after, was.trouble_after)
    returning l.operation
  `.execute(trx);
  return rows.map(({ operation }) => operation);
}

/** Readings wait for their answer again, unless they were handed in anew since; which ones. */
export async function restoreReadings(trx: Trx, id: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update readings as r set state = was.state, reason = was.reason, refused_at = was.refused_at
    from registry_previous_rows as b, jsonb_to_record(b.before) as was (
      id uuid, state text, reason text, refused_at timestamptz, state_after text, reason_after text
    )
    where b.import_id = ${id} and b.relation = 'readings' and r.id = was.id
      and (r.state, r.reason) is not distinct from (was.state_after, was.reason_after)
    returning r.id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/** Accounts whose charges or payments the import wrote; before they are restored. */
export async function listTouched(trx: Trx, kind: 'charges' | 'payments', id: number): Promise<string[]> {
  const { rows } = await sql<{ account: string }>`
    select account from ${sql.table(kind)} where import_id = ${id}
    union select before ->> 'account' from registry_previous_rows where import_id = ${id} and relation = ${kind}
  `.execute(trx);
  return rows.map(({ account }) => account);
}
