import { sql } from 'kysely';
import type { Trx } from '../database.ts';
import { columnsEqualSql, placeColumns, type RegistryTable, columnsSql } from './table.ts';

/** What people look at before a registry is taken in: what its accepted rows speak of, and the first of the others. */
export type Contents = {
  accounts: number;
  /** The first and the last day, `YYYY-MM-DD`, of a period its first day; null where the rows speak of none. */
  from: string | null;
  to: string | null;
  /** In kopecks, by what was added up. */
  sums: Readonly<Record<string, number>>;
  firstRefused: readonly { line: number; reason: string }[];
};

const REFUSED_NAMED = 5;

/** Looks over `staged` once all refusals are known. */
export async function sumContents(trx: Trx, { account, dated, totals }: RegistryTable): Promise<Contents> {
  const day = dated === undefined ? sql`null` : sql.ref(dated.column);
  const added = Object.entries(totals).map(
    ([name, column]) => sql`, coalesce(sum(${sql.ref(column)}), 0)::bigint as ${sql.id(`sum ${name}`)}`,
  );
  const { rows } = await sql<Record<string, number | string | null>>`
    select count(distinct ${sql.ref(account)}) as accounts, min(${day})::date as "from", max(${day})::date as "to"
    ${sql.join(added, sql``)}
    from staged where refusal is null
  `.execute(trx);
  const firstRefused = await sql<{ line: number; reason: string }>`
    select line, refusal as reason from staged where refusal is not null order by line limit ${REFUSED_NAMED}
  `.execute(trx);
  const row = rows[0] ?? {};
  return {
    accounts: Number(row.accounts ?? 0),
    from: textOf(row.from),
    to: textOf(row.to),
    sums: Object.fromEntries(Object.keys(totals).map((name) => [name, Number(row[`sum ${name}`] ?? 0)])),
    firstRefused: firstRefused.rows,
  };
}

/** Rows that are to be looked at: how many, and the first lines of the file. */
export type LookedAt = { rows: number; lines: readonly number[] };

/**
 * New rows of `staged` beside which the table has one that differs in one column alone (`beside`), unless the file speaks of that one's group, too:
 * whoever wrote it knows of both. Before they are merged, and only where the file and the table meet in an account and day.
 */
export async function countBeside(trx: Trx, table: RegistryTable): Promise<LookedAt> {
  const { kind, key, group, beside } = table;
  const place = placeColumns(table);
  if (!beside || !place) return { rows: 0, lines: [] };
  const { rows } = await sql<{ rows: number; lines: number[] | null }>`
    with met as materialized (
      select ${columnsSql(place)} from (select distinct ${columnsSql(place)} from staged where refusal is null) as p
      where exists (select from ${sql.id(kind)} as t where ${columnsEqualSql('t', 'p', place)})
    )
    select count(*) as rows, (array_agg(line order by line))[:${sql.lit(REFUSED_NAMED)}] as lines
    from staged as s join met using (${columnsSql(place)})
    where refusal is null
      and not exists (select from ${sql.id(kind)} as same where ${columnsEqualSql('same', 's', key)})
      and exists (
        select from ${sql.id(kind)} as t
        where ${columnsEqualSql('t', 's', beside.same)} and ${sql.ref(`t.${beside.other}`)} <> ${sql.ref(`s.${beside.other}`)}
          and not exists (select from staged as known where ${columnsEqualSql('known', 't', group)})
      )
  `.execute(trx);
  return { rows: rows[0]?.rows ?? 0, lines: rows[0]?.lines ?? [] };
}

const textOf = (day: number | string | null | undefined): string | null => (typeof day === 'string' ? day : null);

/** Why rows were refused, those that differ in a value or a number only taken together: the commonest, each with its first row. */
export type RefusalCauses = {
  first: readonly { reason: string; line: number; rows: number }[];
  /** How many other causes there are, and of how many rows. */
  others: number;
  otherRows: number;
};

const CAUSES_NAMED = 10;

/** Adds up the refusals of `staged`. */
export async function countRefusalCauses(trx: Trx): Promise<RefusalCauses> {
  const { rows } = await sql<{ reason: string; line: number; rows: number; causes: number; all: number }>`
    select *, count(*) over () as causes, (sum(rows) over ())::bigint as "all" from (
      select (array_agg(refusal order by line))[1] as reason, min(line) as line, count(*) as rows
      from staged where refusal is not null
      group by regexp_replace(regexp_replace(refusal, 'стоит «[^»]*»', '', 'g'), '[0-9]+', '', 'g')
    ) as counted
    order by rows desc, line limit ${CAUSES_NAMED}
  `.execute(trx);
  const named = rows.reduce((sum, row) => sum + row.rows, 0);
  return {
    first: rows.map(({ reason, line, rows: count }) => ({ reason, line, rows: count })),
    others: (rows[0]?.causes ?? 0) - rows.length,
    otherRows: (rows[0]?.all ?? 0) - named,
  };
}
