import { type RawBuilder, sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * The last month (its first day) in which anything was paid for an account, before `before` when that is given, and how much in all; only what
 * was paid later than the day `after` counts. Reversals are taken off. What was paid through the bot, whose name in registries is `botSource`, is
 * left out with its reversals: anybody can pay a sum of his own choosing there. A month of which nothing is left has no payments.
 */
export async function findLastPaidMonth(
  db: Db,
  account: string,
  { botSource, before, after }: { botSource: string; before?: string | undefined; after?: string | undefined },
): Promise<{ month: string; sum: number } | undefined> {
  const { rows } = await sql<{ month: string; sum: number }>`
    select date_trunc('month', p.day)::date as month, sum(p.sum_kopecks)::bigint as sum
    from payments as p
    where p.account = ${account} and p.day < ${before ?? 'infinity'}::date and p.day > ${after ?? '-infinity'}::date
      and not (${isOfBot('p', botSource)} or ${isOfBotUnnamed} or ${isReversalOfBot(botSource)})
    group by 1 having sum(p.sum_kopecks) > 0
    order by 1 desc limit 1
  `.execute(db);
  return rows[0];
}

/**
 * By the source, or by a number of the bot's, whatever billing calls the source and whichever account it names: it may have taken the wrong one,
 * and so may staff who passed on money that the bot could credit to none.
 */
const isOfBot = (row: string, botSource: string): RawBuilder<boolean> => sql`(
  ${sql.ref(`${row}.source`)} = ${botSource}
  or exists (select from card_payment_lines as l where l.operation = ${sql.ref(`${row}.operation`)})
  or exists (select from card_payments as c where c.operation = ${sql.ref(`${row}.operation`)})
  or exists (select from card_payments as c where c.provider_charge_id = ${sql.ref(`${row}.operation`)})
)`;

/**
 * Billing was told of a payment, by an export or by a senior who settled it, and has none under its number: the same sum within two months is
 * taken for it.
 */
const isOfBotUnnamed = sql<boolean>`exists (
  select from card_payment_lines as l join card_payments as c on c.id = l.payment_id
  where l.account = p.account and l.posted_at is null and (l.export_number is not null or l.settled_at is not null)
    and l.sum_kopecks = p.sum_kopecks and p.day >= c.paid_day and p.day < c.paid_day + interval '2 months'
)`;

/** A reversal with a number of its own is of the bot's payment of that sum, if there is one before it. */
const isReversalOfBot = (botSource: string): RawBuilder<boolean> => sql`(
  p.reversal
  and not exists (select from payments as own where own.source = p.source and own.operation = p.operation and not own.reversal)
  and exists (
    select from payments as b
    where b.account = p.account and b.sum_kopecks = - p.sum_kopecks and b.day <= p.day and ${isOfBot('b', botSource)}
  )
)`;
