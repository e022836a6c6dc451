import { sql } from 'kysely';
import type { BookedLine } from '../domain/unbilled.ts';
import { creditedAtSql } from './card-payment-lines.ts';
import type { Db } from './database.ts';

/**
 * What was paid in the bot for accounts and a registry has brought, dated within the newest month that was charged or before it; from the
 * newest. What was reversed is not among it.
 */
export async function listBookedLines(
  db: Db,
  accounts: readonly string[],
  { paidSince }: { paidSince: Date },
): Promise<(BookedLine & { account: string })[]> {
  return db
    .selectFrom('cardPaymentLines as l')
    .innerJoin('cardPayments as p', 'p.id', 'l.paymentId')
    .innerJoinLateral(
      (e) =>
        e
          .selectFrom('charges as c')
          .leftJoin('registryImports as i', 'i.id', 'c.importId')
          .whereRef('c.account', '=', 'l.account')
          .select([
            'c.period',
            sql<number | null>`max(c.import_id)`.as('importId'),
            // When they were brought in by an import that is not known any more, nothing is claimed of what came before them.
            sql<Date>`max(coalesce(i.finished_at, 'infinity'))`.as('broughtIn'),
            sql<number>`sum(opening_kopecks + charged_kopecks + recalculated_kopecks - benefit_kopecks + penalty_kopecks - due_kopecks)`.as(
              'paidKopecks',
            ),
          ])
          .groupBy('c.period')
          .orderBy('c.period', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      (e) =>
        e
          .selectFrom('payments as r')
          .whereRef('r.account', '=', 'l.account')
          .whereRef('r.operation', '=', 'l.operation')
          .where(sql<boolean>`r.day < newest.period + interval '1 month'`)
          .select([
            sql<number | null>`sum(r.sum_kopecks)::bigint`.as('sumKopecks'),
            sql<number | null>`max(r.import_id)`.as('importId'),
            sql<string | null>`min(r.day)`.as('day'),
          ])
          .as('booked'),
      (join) => join.onTrue(),
    )
    .where('l.postedAt', 'is not', null)
    .where('p.refundedAt', 'is', null)
    .where((e) => e(creditedAtSql('l.operation', 'p.paidAt'), '>', paidSince))
    .where((e) => e('l.account', '=', e.fn.any(e.val([...accounts]))))
    .whereRef('booked.sumKopecks', '=', 'l.sumKopecks')
    .select([
      'l.account',
      'l.sumKopecks',
      'p.paidAt',
      sql<boolean>`${creditedAtSql('l.operation', 'p.paidAt')} > newest.brought_in`.as('isPaidAfterCharges'),
      sql<boolean>`coalesce(booked.import_id > newest.import_id, false)`.as('isBookedAfterCharges'),
      sql<number>`(
        select count(*) from payments as x
        where x.account = l.account and x.sum_kopecks = - l.sum_kopecks and x.day >= booked.day and x.operation <> l.operation
          and not exists (
            select from payments as y where y.source = x.source and y.operation = x.operation and y.account = x.account and not y.reversal
          )
      )::int`.as('reversals'),
      sql<number>`(
        select coalesce(sum(m.sum_kopecks), 0) - newest.paid_kopecks from payments as m
        where m.account = l.account and m.day >= newest.period and m.day < newest.period + interval '1 month'
      )::bigint`.as('missingKopecks'),
    ])
    .orderBy('p.paidAt', 'desc')
    .orderBy('l.operation')
    .execute();
}
