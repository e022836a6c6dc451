import type { Generated, Selectable } from 'kysely';
import type { Db } from './database.ts';

/** One scale (zone) of a meter as billing's newest registry of meters has it. */
export type MetersTable = {
  account: string;
  number: string;
  /** «день», «ночь», …; empty for a meter with one scale. */
  scale: Generated<string>;
  service: string;
  /** Digits before the decimal point: after 9999 a meter of 4 shows 0. */
  digits: number | null;
  /** `YYYY-MM-DD`: the day by which it has to be verified. */
  verification_due: string | null;
  /** The last value that billing has, a decimal as text. */
  value: string | null;
  /** `YYYY-MM-DD`. */
  value_day: string | null;
  /** The import that wrote the row last; null: none of those that can be undone. */
  import_id: Generated<number | null>;
};

export type MeterScale = Omit<Selectable<MetersTable>, 'account' | 'import_id'>;

/** All scales of an account's meters. */
export async function listMeters(db: Db, account: string): Promise<MeterScale[]> {
  return db
    .selectFrom('meters')
    .select(['number', 'scale', 'service', 'digits', 'verification_due', 'value', 'value_day'])
    .where('account', '=', account)
    .orderBy('service')
    .orderBy('number')
    .orderBy('scale')
    .execute();
}
