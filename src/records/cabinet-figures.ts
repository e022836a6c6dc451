import { sql } from 'kysely';
import type { ActionsOfDay } from '../domain/cabinet-chart.ts';
import type { Db } from './database.ts';

/** What residents did from `from` on and before `to`, by days of the zone; a payment that was given back is none. */
export async function listActionsOfDays(db: Db, from: Date, to: Date, timeZone: string): Promise<ActionsOfDay[]> {
  const { rows } = await sql<ActionsOfDay>`
    select to_char(actions.at at time zone ${timeZone}, 'YYYY-MM-DD') as day, actions.action, count(*)::integer as count
    from (
      select 'registered' as action, registered_at as at from residents
      union all select 'linked', linked_at from links
      union all select 'readings', taken_at from readings
      union all select 'payments', taken_at from card_payments where refunded_at is null
    ) as actions
    where actions.at >= ${from} and actions.at < ${to}
    group by 1, 2
  `.execute(db);
  return rows;
}

/** How things stand with the cabinet: residents, accounts that somebody has in it, all accounts that are not closed; what was paid by card since. */
export type CabinetState = { residents: number; linkedAccounts: number; accounts: number; paidKopecks: number };

export async function countCabinetState(db: Db, since: Date): Promise<CabinetState> {
  const { rows } = await sql<CabinetState>`
    select
      (select count(*)::integer from residents) as residents,
      (select count(distinct account)::integer from links where ended_at is null) as linked_accounts,
      (select count(*)::integer from accounts where not closed) as accounts,
      (select coalesce(sum(total_kopecks), 0)::bigint from card_payments
        where refunded_at is null and currency = 'RUB' and taken_at >= ${since}) as paid_kopecks
  `.execute(db);
  const [state] = rows;
  if (!state) throw new Error('a count has no row');
  return state;
}
