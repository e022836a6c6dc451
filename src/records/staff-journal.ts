import type { ColumnType, GeneratedAlways } from 'kysely';
import type { Db, Trx } from './database.ts';

/** What staff did and who saw what; append-only by the database itself. */
export type StaffJournalTable = {
  id: GeneratedAlways<number>;
  at: ColumnType<Date, Date, never>;
  /** A messenger id, or `command line`. */
  who: ColumnType<string, string, never>;
  name: ColumnType<string | null, string | null, never>;
  /** A verb of the office. */
  what: ColumnType<string, string, never>;
  account: ColumnType<string | null, string | null, never>;
  resident_id: ColumnType<string | null, string | null, never>;
  request_number: ColumnType<number | null, number | null, never>;
  /** No secret and no name of a resident. */
  details: ColumnType<Readonly<Record<string, unknown>>, string, never>;
};

/** People to whose requests staff do not listen for a while, or at all. */
export type SilencedTable = { messenger_id: string; until: Date | null; by: string; at: Date };

export type JournalEntry = {
  who: string;
  name?: string;
  what: string;
  account?: string;
  residentId?: string;
  requestNumber?: number;
  details?: Readonly<Record<string, string | number | boolean>>;
};

export async function writeJournal(trx: Db | Trx, entry: JournalEntry, now: Date): Promise<void> {
  await trx
    .insertInto('staff_journal')
    .values({
      at: now,
      who: entry.who,
      name: entry.name ?? null,
      what: entry.what,
      account: entry.account ?? null,
      resident_id: entry.residentId ?? null,
      request_number: entry.requestNumber ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
