import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../../records/database.ts';
import type { MergePlan } from './plans.ts';
import { alike, isEmpty } from './refusals.ts';

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
 * Brings the accepted rows of `staged` into their table: removes what a replaced group no longer has, changes what differs, adds the rest.
 * `present` are the fields that the file's header has.
 */
export async function merge(trx: Trx, plan: MergePlan, present: ReadonlySet<string>, id: ImportId): Promise<Merged> {
  const values = plan.values.filter((value) => plan.absent === 'empties' || present.has(value.field));
  const table = sql.id(plan.table);
  if (!(await meets(trx, plan))) return { new: await add(trx, plan, values, id, sql``), changed: 0, removed: 0, restsOn: [] };

  const restsOn = await listMet(trx, plan);
  const removed = plan.whole ? await removeVanished(trx, plan, id) : 0;
  const changed = await change(trx, plan, values, id);
  if (removed > 0) await markShrunk(trx, plan, id);
  const unknown = sql`and not exists (select from ${table} as t where ${alike('t', 's', plan.key)})`;
  return { new: await add(trx, plan, values, id, unknown), changed, removed, restsOn };
}

/** Whether any group of the file is in the table already: a new month's charges need no comparing. */
async function meets(trx: Trx, plan: MergePlan): Promise<boolean> {
  const columns = sql.join(plan.group.map((column) => sql.ref(column)));
  const { rows } = await sql<{ meets: boolean }>`
    select exists (select from ${sql.id(plan.table)}) and exists (
      select from (select distinct ${columns} from staged where reason is null) as s
      where exists (select from ${sql.id(plan.table)} as t where ${alike('t', 's', plan.group)})
    ) as meets
  `.execute(trx);
  return rows[0]?.meets === true;
}

async function listMet(trx: Trx, plan: MergePlan): Promise<number[]> {
  const columns = sql.join(plan.group.map((column) => sql.ref(column)));
  const { rows } = await sql<{ id: number }>`
    select distinct t.import_id as id from ${sql.id(plan.table)} as t
    join (select distinct ${columns} from staged where reason is null) as s on ${alike('t', 's', plan.group)}
    where t.import_id is not null order by 1
  `.execute(trx);
  return rows.map((row) => row.id);
}

/** A group with a refused row keeps what the file no longer has: it may be what was refused. */
async function removeVanished(trx: Trx, plan: MergePlan, id: ImportId): Promise<number> {
  const columns = sql.join(plan.group.map((column) => sql.ref(column)));
  await sql`
    create temp table vanished on commit drop as
    select t.ctid as place, ${sql.join(plan.group.map((column) => sql.ref(`t.${column}`)))} from ${sql.id(plan.table)} as t
    join (select ${columns} from staged group by ${columns} having count(reason) = 0) as g on ${alike('t', 'g', plan.group)}
    where not exists (select from staged as s where ${alike('s', 't', plan.key)})
  `.execute(trx);
  if (await isEmpty(trx, 'vanished')) return 0;
  return keepBefore(
    trx,
    plan,
    id,
    sql`delete from ${sql.id(plan.table)} as t using vanished where t.ctid = vanished.place returning to_jsonb(t) as before`,
  );
}

/** What is left of a group that lost rows is of this import, too: whoever speaks of the group later rests on it. */
async function markShrunk(trx: Trx, plan: MergePlan, id: ImportId): Promise<void> {
  const columns = sql.join(plan.group.map((column) => sql.ref(column)));
  await keepBefore(
    trx,
    plan,
    id,
    sql`
      update ${sql.id(plan.table)} as t set import_id = ${id}
      from ${sql.id(plan.table)} as old join (select distinct ${columns} from vanished) as v on ${alike('old', 'v', plan.group)}
      where t.ctid = old.ctid and old.import_id is distinct from ${id} returning to_jsonb(old) as before`,
  );
}

async function change(trx: Trx, plan: MergePlan, values: MergePlan['values'], id: ImportId): Promise<number> {
  const sets = sql.join(values.map((value) => sql`${sql.id(value.column)} = ${given(value)}`));
  const held = sql.join(values.map((value) => sql.ref(`old.${value.column}`)));
  // The row is met twice: as it is changed, and as it was.
  return keepBefore(
    trx,
    plan,
    id,
    sql`
      update ${sql.id(plan.table)} as t set ${sets}, import_id = ${id} from staged as s, ${sql.id(plan.table)} as old
      where t.ctid = old.ctid and s.reason is null and ${alike('old', 's', plan.key)}
        and (${held}) is distinct from (${sql.join(values.map(given))})
      returning to_jsonb(old) as before`,
  );
}

/** Keeps what `statement` gives as `before`, a row each; how many these are. */
async function keepBefore(trx: Trx, plan: MergePlan, id: ImportId, statement: RawBuilder<unknown>): Promise<number> {
  const result = await sql`
    with gone as (${statement})
    insert into registry_previous_rows (import_id, relation, before) select ${id}::bigint, ${plan.table}::text, before from gone
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

async function add(
  trx: Trx,
  plan: MergePlan,
  values: MergePlan['values'],
  id: ImportId,
  unknown: RawBuilder<unknown>,
): Promise<number> {
  const columns = sql.join([...plan.key, ...values.map((value) => value.column), 'import_id'].map((column) => sql.id(column)));
  const keys = plan.key.map((column) => sql.ref(`s.${column}`));
  const result = await sql`
    insert into ${sql.id(plan.table)} (${columns})
    select ${sql.join([...keys, ...values.map(given), sql`${id}::bigint`])} from staged as s where s.reason is null ${unknown}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

function given(value: MergePlan['values'][number]): RawBuilder<unknown> {
  return value.expression === undefined ? sql.ref(`s.${value.field}`) : sql`(${sql.raw(value.expression)})`;
}
