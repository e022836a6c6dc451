import type { Db } from './database.ts';

/** What a scale showed on a day, as registries of meters had it then; kept by a trigger on `meters`. */
export type MeterValuesTable = {
  account: string;
  number: string;
  scale: string;
  day: string;
  /** A decimal as text. */
  value: string;
};

/** All that is known of an account's meters from a day on. */
export async function listMeterValues(
  db: Db,
  account: string,
  from: string,
): Promise<{ number: string; scale: string; day: string; value: string }[]> {
  return db
    .selectFrom('meterValues')
    .select(['number', 'scale', 'day', 'value'])
    .where('account', '=', account)
    .where('day', '>=', from)
    .execute();
}

export async function deleteOldMeterValues(db: Db, before: string): Promise<void> {
  await db.deleteFrom('meterValues').where('day', '<', before).execute();
}
