import { sql } from 'kysely';
import type { Db } from './database.ts';

/** Something that happened with an account; `sum` in kopecks of a payment, `number` of a request. */
export type AccountEvent = { kind: AccountEventKind; at: Date; sum: number | null; number: number | null };

export type AccountEventKind =
  | 'linked'
  | 'link-ended'
  | 'password-issued'
  | 'sum-way-reopened'
  | 'payment'
  | 'reading'
  | 'guest-reading'
  | 'request';

/** The newest of what happened, up to `limit`; a payment's day begins when it does in `timeZone`. Nothing says who it was. */
export async function listAccountEvents(db: Db, account: string, timeZone: string, limit: number): Promise<AccountEvent[]> {
  const { rows } = await sql<AccountEvent>`
    select kind, at, sum, number from (
      select 'linked' as kind, linked_at as at, null::bigint as sum, null::bigint as number from links where account = ${account}
      union all
      select 'link-ended', ended_at, null, null from links where account = ${account} and ended_at is not null
      union all
      select 'password-issued', issued_at, null, null from account_passwords where account = ${account}
      union all
      select 'sum-way-reopened', at, null, null from sum_reopenings where account = ${account}
      union all
      select 'payment', day::timestamp at time zone ${timeZone}, sum_kopecks, null from payments where account = ${account}
      union all
      select case submitted_by when 'resident' then 'reading' else 'guest-reading' end, max(taken_at), null, null
      from readings where account = ${account} group by 1, day
      union all
      select 'request', opened_at, null, number from requests where account = ${account} and kind = 'request'
    ) events
    order by at desc, kind, number desc nulls last limit ${limit}`.execute(db);
  return rows;
}
