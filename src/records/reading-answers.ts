import { type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import type { Reading } from './readings.ts';

/** What billing said of a reading that went out, as its files say it; told are those who handed it in when `told_…` is the same. */
export type ReadingAnswersTable = {
  account: string;
  number: string;
  scale: Generated<string>;
  value: string;
  day: string;
  result: ReadingResult;
  reason: string | null;
  toldResult: Generated<ReadingResult | null>;
  toldReason: Generated<string | null>;
  /** The import that wrote the row last; null: none of those that can be undone. */
  importId: Generated<number | null>;
};

export type ReadingResult = 'accepted' | 'refused';

export type AnsweredReading = Pick<
  Reading,
  'id' | 'account' | 'number' | 'scale' | 'service' | 'submittedBy' | 'residentId' | 'reason'
> & {
  state: ReadingResult;
};

/**
 * Brings the answers that nobody knows of yet to their readings; those whose state they changed. An answer is on the export of this value
 * on its day, else on the last one before it; a reading that has been corrected since then waits for the answer on its own value.
 */
export async function updateAnsweredReadings(trx: Trx, now: Date): Promise<AnsweredReading[]> {
  const { rows } = await sql<AnsweredReading>`
    with fresh as (
      select * from reading_answers where (told_result, told_reason) is distinct from (result, reason)
    ),
    exported as (
      select f.*, r.id as reading_id,
        rank() over (partition by f.account, f.number, f.scale, f.value, f.day order by e.day desc) as place
      from fresh as f
      join readings as r on r.account = f.account and r.number = f.number and r.scale = f.scale
      join exported_readings as e on e.reading_id = r.id and e.value = f.value and e.day <= f.day
    ),
    answered as (
      select distinct on (reading_id) reading_id, value, result, case result when 'refused' then reason end as reason
      from exported where place = 1 order by reading_id, day desc
    ),
    told as (
      update reading_answers as a set told_result = a.result, told_reason = a.reason from fresh as f
      where a.account = f.account and a.number = f.number and a.scale = f.scale and a.value = f.value and a.day = f.day
    )
    update readings as r set state = a.result, reason = a.reason, refused_at = case a.result when 'refused' then ${now}::timestamptz end from answered as a
    where r.id = a.reading_id and r.value = a.value and r.state <> 'taken'
      and (r.state, r.reason) is distinct from (a.result, a.reason)
    returning r.id, r.account, r.number, r.scale, r.service, r.submitted_by, r.resident_id, r.state, r.reason
  `.execute(trx);
  return rows;
}

export async function deleteOldReadingAnswers(db: Db, before: string): Promise<void> {
  await db.deleteFrom('readingAnswers').where('day', '<', before).execute();
}
