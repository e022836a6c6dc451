import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../../records/database.ts';
import type { MergePlan } from './plans.ts';
import { alike } from './refusals.ts';

export type Merged = { new: number; changed: number; removed: number };

/**
 * Brings the accepted rows of `staged` into their table: removes what a replaced group no longer has, changes what differs, adds the rest.
 * `present` are the fields that the file's header has.
 */
export async function merge(trx: Trx, plan: MergePlan, present: ReadonlySet<string>): Promise<Merged> {
  const values = plan.values.filter((value) => plan.absent === 'empties' || present.has(value.field));
  const table = sql.id(plan.table);
  if (!(await meets(trx, plan))) return { new: await add(trx, plan, values, sql``), changed: 0, removed: 0 };

  const removed = plan.whole ? await removeVanished(trx, plan) : 0;
  const changed = await change(trx, plan, values);
  const unknown = sql`and not exists (select from ${table} as t where ${alike('t', 's', plan.key)})`;
  return { new: await add(trx, plan, values, unknown), changed, removed };
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

/** A group with a refused row keeps what the file no longer has: it may be what was refused. */
async function removeVanished(trx: Trx, plan: MergePlan): Promise<number> {
  const columns = sql.join(plan.group.map((column) => sql.ref(column)));
  const result = await sql`
    delete from ${sql.id(plan.table)} as t
    using (select ${columns} from staged group by ${columns} having count(reason) = 0) as g
    where ${alike('t', 'g', plan.group)}
      and not exists (select from staged as s where ${alike('s', 't', plan.key)})
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

async function change(trx: Trx, plan: MergePlan, values: MergePlan['values']): Promise<number> {
  const sets = sql.join(values.map((value) => sql`${sql.id(value.column)} = ${given(value)}`));
  const held = sql.join(values.map((value) => sql.ref(`t.${value.column}`)));
  const result = await sql`
    update ${sql.id(plan.table)} as t set ${sets} from staged as s
    where s.reason is null and ${alike('t', 's', plan.key)} and (${held}) is distinct from (${sql.join(values.map(given))})
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

async function add(trx: Trx, plan: MergePlan, values: MergePlan['values'], unknown: RawBuilder<unknown>): Promise<number> {
  const columns = sql.join([...plan.key, ...values.map((value) => value.column)].map((column) => sql.id(column)));
  const keys = plan.key.map((column) => sql.ref(`s.${column}`));
  const result = await sql`
    insert into ${sql.id(plan.table)} (${columns})
    select ${sql.join([...keys, ...values.map(given)])} from staged as s where s.reason is null ${unknown}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

function given(value: MergePlan['values'][number]): RawBuilder<unknown> {
  return value.expression === undefined ? sql.ref(`s.${value.field}`) : sql`(${sql.raw(value.expression)})`;
}
