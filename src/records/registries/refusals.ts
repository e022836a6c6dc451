import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../database.ts';
import { columnsEqualSql, type RegistryTable, columnsSql } from './table.ts';

/** Refuses staged rows that only the base can refuse, and answers how many. */
export type MarkRefused = (trx: Trx) => Promise<number>;

/** Whether a temporary table has no rows. */
export async function isEmpty(trx: Trx, table: string): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from ${sql.id(table)}) as empty`.execute(trx);
  return rows[0]?.empty === true;
}

/** From here to the end of the transaction no account can go, and charges need not be checked one by one (`migrations/0004_charges_and_payments.ts`). */
export async function markUnknownAccountsRefused(trx: Trx, { account: column }: RegistryTable): Promise<number> {
  await sql`lock table accounts in share mode`.execute(trx);
  await sql`set local registries.accounts_checked = 'yes'`.execute(trx);
  const account = sql.ref(column);
  await sql`
    create temp table strangers on commit drop as
    select number from (select distinct ${account} as number from staged where refusal is null) as named
    where not exists (select from accounts where accounts.number = named.number)
  `.execute(trx);
  if (await isEmpty(trx, 'strangers')) return 0;
  const result = await sql`
    update staged set refusal = 'лицевой счёт ' || stranger.number || ' не найден' || coalesce(
      ', а ' || stranger.known || ' отличается от него только нулями в начале: Excel их теряет',
      ': сначала загрузите его в реестре лицевых счетов'
    )
    from (
      select strangers.number, known.number as known from strangers
      left join (select ltrim(number, '0') as bare, max(number) as number from accounts group by 1) as known
        on known.bare = ltrim(strangers.number, '0')
    ) as stranger
    where refusal is null and ${account} = stranger.number
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/**
 * Refuses a new account that is a known one but for leading zeros; of two in one file the shorter, which has lost them. One that is known by
 * itself is taken.
 */
export async function markLostZerosRefused(trx: Trx): Promise<number> {
  const result = await sql`
    with brought as (
      select distinct number, ltrim(number, '0') as bare from staged
      where refusal is null and not exists (select from accounts where accounts.number = staged.number)
    ),
    others as (
      select number, ltrim(number, '0') as bare, true as known from accounts where exists (select from brought)
      union all select number, bare, false from brought
    ),
    shortened as (
      select distinct on (brought.number) brought.number, others.number as other from brought join others using (bare)
      where others.number <> brought.number and (known or length(others.number) > length(brought.number))
      order by brought.number, known desc, length(others.number) desc
    )
    update staged set refusal = '«ЛС»: ' || staged.number || ' отличается от ' || other || ' только нулями в начале: Excel их теряет'
    from shortened where shortened.number = staged.number and refusal is null
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/** Refuses answers on readings that no export has told billing of. */
export async function markUnexportedRefused(trx: Trx): Promise<number> {
  const result = await sql`
    update staged set refusal = 'такое показание не выгружалось: проверьте номер счётчика, шкалу, показание и дату'
    where refusal is null and not exists (
      select from readings as r join exported_readings as e on e.reading_id = r.id
      where r.account = staged.account and r.number = staged.number and r.scale = staged.scale
        and e.value = staged.value and e.day <= staged.day
    )
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/** The second row of a key is refused when it says something else; when it says the same, it is dropped (or refused, where the table says so). */
export async function markRepeatsRefused(
  trx: Trx,
  { columns, key, refusesAlike, totals, repeat }: RegistryTable,
): Promise<{ refused: number; dropped: number }> {
  const others = columns.map(({ column }) => column).filter((column) => !key.includes(column));
  const rest = columnsSql(others);
  const sums = columnsSql(Object.values(totals));
  const { what, differs, sumsDiffer = differs } = repeat;
  await sql`
    create temp table repeats on commit drop as
    select line, first_line, said = first_said as same, sums = first_sums as same_sums, ${sql.raw(refusesAlike ? 'false' : 'said = first_said')} as alike from (
      select line, said, sums, first_value(line) over same as first_line, first_value(said) over same as first_said,
        first_value(sums) over same as first_sums
      from (
        select line, ${columnsSql(key)}, row(${rest})::text as said, row(${sums})::text as sums from staged where refusal is null
      ) as rows
      window same as (partition by ${columnsSql(key)} order by line)
    ) as ranked
    where line > first_line
  `.execute(trx);
  const refused = await sql`
    update staged set refusal = ${what}::text || ' уже есть в строке ' || first_line || case
      when same then ' с теми же данными' when same_sums then ${`, ${differs}`}::text else ${`, ${sumsDiffer}`}::text
    end
    from repeats where repeats.line = staged.line and not alike
  `.execute(trx);
  const dropped = await sql`delete from staged using repeats where repeats.line = staged.line and alike`.execute(trx);
  return { refused: Number(refused.numAffectedRows ?? 0), dropped: Number(dropped.numAffectedRows ?? 0) };
}

/**
 * What takes back more than was paid under its number, or on another account, can only be a slip: no payment becomes less than nothing. Nor is a
 * reversal replaced by what is another one.
 */
export async function markReversalsRefused(trx: Trx): Promise<number> {
  const second = await markSecondReversalsRefused(trx);
  return second + (await markOverdrawingRefused(trx));
}

/** A payment has one reversal under its number: another sum of the same day, or the whole sum, corrects it; any other is a second one. */
async function markSecondReversalsRefused(trx: Trx): Promise<number> {
  const result = await sql`
    update staged as s set refusal = 'отмена этого платежа уже есть: −' || replace((-was.sum_kopecks / 100.0)::numeric(20, 2)::text, '.', ',')
      || ' от ' || to_char(was.day, 'DD.MM.YYYY') || '; если это ещё одна, дайте ей свой номер'
    from payments as was
    where s.refusal is null and s.reversal and was.reversal and (was.source, was.operation) = (s.source, s.operation)
      and was.sum_kopecks <> s.sum_kopecks and was.day <> s.day
      and not exists (
        select from payments as p
        where (p.source, p.operation) = (s.source, s.operation) and not p.reversal and p.sum_kopecks = -s.sum_kopecks
          and not exists (
            select from staged as n
            where (n.source, n.operation) = (s.source, s.operation) and not n.reversal and n.refusal is null
          )
        union all
        select from staged as n
        where (n.source, n.operation) = (s.source, s.operation) and not n.reversal and n.refusal is null
          and n.sum_kopecks = -s.sum_kopecks
      )
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

async function markOverdrawingRefused(trx: Trx): Promise<number> {
  const result = await sql`
    update staged as s set refusal = case
        when c.account <> s.account then 'под этим номером операции стоит платёж другого лицевого счёта: ' || c.account
        when s.reversal then 'снимается больше, чем оплачено под этим номером операции: ' || replace((c.sum / 100.0)::numeric(20, 2)::text, '.', ',')
        else 'под этим номером операции снято больше: ' || replace((-c.sum / 100.0)::numeric(20, 2)::text, '.', ',')
      end
    from (
      select r.line, coalesce(n.account, p.account) as account, coalesce(n.sum_kopecks, p.sum_kopecks) as sum
      from staged as r
      left join staged as n on n.source = r.source and n.operation = r.operation and not n.reversal and n.refusal is null
      left join payments as p on p.source = r.source and p.operation = r.operation and not p.reversal
      where r.reversal and r.refusal is null and (n.line is not null or p.operation is not null)
      union all
      select r.line, p.account, p.sum_kopecks
      from payments as p
      join staged as r on r.source = p.source and r.operation = p.operation and not r.reversal and r.refusal is null
      where p.reversal and not exists (
        select from staged as n where n.source = p.source and n.operation = p.operation and n.reversal and n.refusal is null
      )
    ) as c
    where c.line = s.line and (c.account <> s.account or s.sum_kopecks + c.sum < 0)
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/** A refused row takes its group along; where its own cells do not tell which, every group that it may belong to. */
export async function markGroupsRefused(trx: Trx, { group }: RegistryTable): Promise<number> {
  const [first, ...others] = group as [string, ...string[]];
  const result = await sql`
    update staged set refusal = 'не загружено вместе со строкой ' || refused.line || ': она отклонена, а период лицевого счёта заменяется целиком'
    from (
      select min(line) as line, ${columnsSql(group)} from staged
      where refusal is not null and ${sql.ref(first)} is not null group by ${columnsSql(group)}
    ) as refused
    where staged.refusal is null and ${columnsEqualSql('refused', 'staged', [first])} and ${maybeAlike('refused', 'staged', others)}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/** Alike in what of `one` could be read. */
const maybeAlike = (one: string, other: string, columns: readonly string[]): RawBuilder<boolean> =>
  sql.join(
    columns.map((column) => sql`(${sql.ref(`${one}.${column}`)} is null or ${columnsEqualSql(one, other, [column])})`),
    sql` and `,
  );
