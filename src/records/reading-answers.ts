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

/** Those of these readings of which billing has said something. */
export async function listAnsweredReadings(trx: Trx, ids: readonly string[]): Promise<AnsweredReading[]> {
  if (ids.length === 0) return [];
  const found = trx
    .selectFrom('readings')
    .select(['id', 'account', 'number', 'scale', 'service', 'submittedBy', 'residentId', 'state', 'reason'])
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`);
  return (await found.execute()).flatMap(({ state, ...reading }) =>
    state === 'accepted' || state === 'refused' ? [{ ...reading, state }] : [],
  );
}

/** Under an undone import: what it said of readings, and who had not been told of it. */
export const TOLD_ANSWERS = 'told_answers';

/**
 * Keeps, of an import whose readings have just been restored, its answers on these: when they come again they are no news but to `untold`,
 * residents and guests.
 */
export async function insertToldAnswers(
  trx: Trx,
  importId: number,
  answers: readonly { id: string; untold: readonly string[] }[],
): Promise<void> {
  await sql`
    insert into registry_previous_rows (import_id, relation, before)
    select ${importId}::bigint, ${TOLD_ANSWERS}::text,
      jsonb_build_object('id', r.id, 'value', r.value, 'state', was.state_after, 'reason', was.reason_after, 'untold', a.untold)
    from registry_previous_rows as b
    cross join jsonb_to_record(b.before) as was (id uuid, state text, state_after text, reason_after text)
    join readings as r on r.id = was.id and r.state = was.state
    join jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as a (id uuid, untold jsonb) on a.id = r.id
    where b.import_id = ${importId} and b.relation = 'readings'
      and was.state_after in ('accepted', 'refused')
  `.execute(trx);
}

/**
 * Forgets what an undone import had said of these readings, as something is said of them anew; the readings of which it is the same, with those
 * who had not been told.
 */
export async function deleteToldAnswers(
  trx: Trx,
  answered: readonly AnsweredReading[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (answered.length === 0) return new Map();
  const said = JSON.stringify(answered.map(({ id, state, reason }) => ({ id, state, reason })));
  const { rows } = await sql<{ id: string; same: boolean; untold: string[] }>`
    delete from registry_previous_rows as b using registry_imports as i, jsonb_to_recordset(${said}::jsonb) as said (id uuid, state text, reason text), readings as r
    where i.kind = 'reading_answers' and i.undone_at is not null and b.import_id = i.id and b.relation = ${TOLD_ANSWERS}
      and (b.before ->> 'id')::uuid = said.id and r.id = said.id
    returning said.id, coalesce(b.before -> 'untold', '[]') as untold, (b.before ->> 'state', b.before ->> 'reason', (b.before ->> 'value')::numeric) is not distinct from (said.state, said.reason, r.value) as same
  `.execute(trx);
  return new Map(rows.filter(({ same }) => same).map(({ id, untold }) => [id, untold]));
}

export async function deleteOldReadingAnswers(db: Db, before: string): Promise<void> {
  await db.deleteFrom('readingAnswers').where('day', '<', before).execute();
}
