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
  verificationDue: string | null;
  /** The last value that billing has, a decimal as text. */
  value: string | null;
  /** `YYYY-MM-DD`. */
  valueDay: string | null;
  /** The import that wrote the row last; null: none of those that can be undone. */
  importId: Generated<number | null>;
};

export type MeterScale = Omit<Selectable<MetersTable>, 'account' | 'importId'>;

/** All scales of an account's meters. */
export async function listMeters(db: Db, account: string): Promise<MeterScale[]> {
  return db
    .selectFrom('meters')
    .select(['number', 'scale', 'service', 'digits', 'verificationDue', 'value', 'valueDay'])
    .where('account', '=', account)
    .orderBy('service')
    .orderBy('number')
    .orderBy('scale')
    .execute();
}
