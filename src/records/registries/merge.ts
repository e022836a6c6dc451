import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../database.ts';
import { isEmpty } from './refusals.ts';
import { columnsEqualSql, placeColumns, type RegistryTable, columnsSql } from './table.ts';

export type Merged = {
  new: number;
  changed: number;
  removed: number;
  /** Earlier imports that wrote rows of the groups which this one speaks of. */
  restsOn: readonly number[];
};

/** Whose import it is: every row that it writes names it, and what it changes or removes is kept under it. */
export type ImportId = number;

/**
 * Brings the accepted rows of `staged` into their table: removes what a group no longer has, changes what differs, adds the rest.
 * `values` are the columns besides the key that are written; with `removes` a group that the file has is replaced whole.
 */
export async function mergeStaged(
  trx: Trx,
  table: RegistryTable,
  values: readonly string[],
  id: ImportId,
  meeting: Meeting,
  removes: boolean,
): Promise<Merged> {
  if (!meeting.groups) return { new: await add(trx, table, values, id, sql``), changed: 0, removed: 0, restsOn: [] };

  const restsOn = await listMet(trx, table);
  const removed = removes ? await removeVanished(trx, table, id) : 0;
  const changed = await change(trx, table, values, id);
  if (removed > 0) await markShrunk(trx, table, id);
  const unknown = sql`and not exists (select from ${sql.id(table.kind)} as t where ${columnsEqualSql('t', 's', table.key)})`;
  return { new: await add(trx, table, values, id, unknown), changed, removed, restsOn };
}

/**
 * Whether any group of the file is in the table already, and whether anything is there of its accounts and their days (or months), where rows
 * beside others are told of.
 */
export type Meeting = { groups: boolean; places: boolean };

/** Looked up once a group or place, before the merge: a new month's charges need no comparing. */
export async function findMeeting(trx: Trx, table: RegistryTable): Promise<Meeting> {
  const place = placeColumns(table);
  if (!place) return { groups: await meets(trx, table, table.group), places: false };
  const places = await meets(trx, table, place);
  // Where a group is within a place, there is none without it.
  const isWithin = place.every((column) => table.group.includes(column));
  return { places, groups: (places || !isWithin) && (await meets(trx, table, table.group)) };
}

async function meets(trx: Trx, { kind }: RegistryTable, columns: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ meets: boolean }>`
    select exists (select from ${sql.id(kind)}) and exists (
      select from (select distinct ${columnsSql(columns)} from staged where refusal is null) as s
      where exists (select from ${sql.id(kind)} as t where ${columnsEqualSql('t', 's', columns)})
    ) as meets
  `.execute(trx);
  return rows[0]?.meets === true;
}

async function listMet(trx: Trx, { kind, group }: RegistryTable): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct t.import_id as id from ${sql.id(kind)} as t
    join (select distinct ${columnsSql(group)} from staged where refusal is null) as s on ${columnsEqualSql('t', 's', group)}
    where t.import_id is not null order by 1
  `.execute(trx);
  return rows.map((row) => row.id);
}

/** A group with a refused row keeps what the file no longer has: it may be what was refused. */
async function removeVanished(trx: Trx, table: RegistryTable, id: ImportId): Promise<number> {
  const { kind, group, key } = table;
  await sql`
    create temp table vanished on commit drop as
    select t.ctid as place, ${columnsSql(group, 't')} from ${sql.id(kind)} as t
    join (select ${columnsSql(group)} from staged group by ${columnsSql(group)} having count(refusal) = 0) as g on ${columnsEqualSql('t', 'g', group)}
    where not exists (select from staged as s where ${columnsEqualSql('s', 't', key)})
  `.execute(trx);
  if (await isEmpty(trx, 'vanished')) return 0;
  return keepBefore(
    trx,
    table,
    id,
    sql`delete from ${sql.id(kind)} as t using vanished where t.ctid = vanished.place returning to_jsonb(t) as before`,
  );
}

/** What is left of a group that lost rows is of this import, too: whoever speaks of the group later rests on it. */
async function markShrunk(trx: Trx, table: RegistryTable, id: ImportId): Promise<void> {
  const { kind, group } = table;
  await keepBefore(
    trx,
    table,
    id,
    sql`
      update ${sql.id(kind)} as t set import_id = ${id}
      from ${sql.id(kind)} as old join (select distinct ${columnsSql(group)} from vanished) as v on ${columnsEqualSql('old', 'v', group)}
      where t.ctid = old.ctid and old.import_id is distinct from ${id} returning to_jsonb(old) as before`,
  );
}

async function change(trx: Trx, table: RegistryTable, values: readonly string[], id: ImportId): Promise<number> {
  const { kind, key } = table;
  const sets = sql.join(values.map((column) => sql`${sql.id(column)} = ${sql.ref(`s.${column}`)}`));
  // The row is met twice: as it is changed, and as it was.
  return keepBefore(
    trx,
    table,
    id,
    sql`
      update ${sql.id(kind)} as t set ${sets}, import_id = ${id} from staged as s, ${sql.id(kind)} as old
      where t.ctid = old.ctid and s.refusal is null and ${columnsEqualSql('old', 's', key)}
        and (${columnsSql(values, 'old')}) is distinct from (${columnsSql(values, 's')})
      returning to_jsonb(old) as before`,
  );
}

/** Keeps what `statement` gives as `before`, a row each; how many these are. */
async function keepBefore(trx: Trx, { kind }: RegistryTable, id: ImportId, statement: RawBuilder<unknown>): Promise<number> {
  const result = await sql`
    with gone as (${statement})
    insert into registry_previous_rows (import_id, relation, before) select ${id}::bigint, ${kind}::text, before from gone
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

async function add(
  trx: Trx,
  { kind, key }: RegistryTable,
  values: readonly string[],
  id: ImportId,
  unknown: RawBuilder<unknown>,
): Promise<number> {
  const columns = [...key, ...values];
  const result = await sql`
    insert into ${sql.id(kind)} (${sql.join(columns.map((column) => sql.id(column)))}, import_id)
    select ${columnsSql(columns, 's')}, ${id}::bigint from staged as s where s.refusal is null ${unknown}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}
