import { type ColumnType, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { AuditActor } from '../domain/audit-actors.ts';
import type { Db, Trx } from './database.ts';
import { hasWords } from './has-words.ts';

/** What staff did and who saw what; append-only by the database itself. */
export type AuditLogTable = {
  id: GeneratedAlways<number>;
  at: ColumnType<Date, Date, never>;
  /** A messenger id of staff, or what else acts (`domain/audit-actors.ts`): no entry is ever deleted, so no resident's is among them. */
  who: ColumnType<string, string, never>;
  name: ColumnType<string | null, string | null, never>;
  /** `subject.verb`: what was done, seen or asked for; its words for people are in `commands/journal`. */
  what: ColumnType<string, string, never>;
  account: ColumnType<string | null, string | null, never>;
  residentId: ColumnType<string | null, string | null, never>;
  requestNumber: ColumnType<number | null, number | null, never>;
  /** No secret and no name of a resident. */
  details: ColumnType<Readonly<Record<string, unknown>>, string, never>;
};

/** Staff have a name beside their messenger id. A resident's caller has none: it is written down as `RESIDENT`. */
export type AuditActing = { who: string; name: string } | { who: AuditActor; name?: string };

export type AuditEntry = AuditActing & {
  what: string;
  account?: string;
  residentId?: string;
  requestNumber?: number;
  details?: Readonly<Record<string, string | number | boolean>>;
};

export async function insertAuditEntry(trx: Db | Trx, entry: AuditEntry, now: Date): Promise<void> {
  await trx
    .insertInto('auditLog')
    .values({
      at: now,
      who: entry.who,
      name: entry.name ?? null,
      what: entry.what,
      account: entry.account ?? null,
      residentId: entry.residentId ?? null,
      requestNumber: entry.requestNumber ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}

/** What is looked for; what is left out is not asked. */
export type AuditSearch = {
  /** What was done about it, and whatever it was seen in: `accounts` of the details, with spaces between. */
  account?: string | undefined;
  /** A messenger id as it is, the number of one, or a part of a name. */
  who?: string | undefined;
  /** A verb, or the beginning of one up to a dot: `desk` finds `desk.answer`. */
  what?: string | undefined;
  requestNumber?: number | undefined;
  from?: Date | undefined;
  before?: Date | undefined;
};

export type JournalLine = Omit<Selectable<AuditLogTable>, 'residentId'>;

/** The newest entries that fit, the newest first, and how many there are in all. */
export async function listAuditEntries(
  db: Db,
  search: AuditSearch,
  limit: number,
): Promise<{ entries: JournalLine[]; found: number }> {
  const { account, who, what, requestNumber, from, before } = search;
  let fitting = db.selectFrom('auditLog');
  if (account !== undefined) {
    fitting = fitting.where((e) =>
      e.or([e('account', '=', account), sql<boolean>`${account} = any(string_to_array(details ->> 'accounts', ' '))`]),
    );
  }
  if (requestNumber !== undefined) fitting = fitting.where('requestNumber', '=', requestNumber);
  if (from !== undefined) fitting = fitting.where('at', '>=', from);
  if (before !== undefined) fitting = fitting.where('at', '<', before);
  if (what !== undefined) fitting = fitting.where((e) => e.or([e('what', '=', what), e('what', 'like', `${literal(what)}.%`)]));
  if (who !== undefined) {
    fitting = fitting.where((e) => e.or([e('who', '=', who), e('who', 'like', `%:${literal(who)}`), hasWords('name', [who])]));
  }
  const { found } = await fitting.select((e) => e.fn.countAll<number>().as('found')).executeTakeFirstOrThrow();
  const entries = await fitting
    .select(['id', 'at', 'who', 'name', 'what', 'account', 'requestNumber', 'details'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return { entries, found };
}

/** When somebody last did this; undefined: never. */
export async function findLastDone(db: Db, { who, what }: { who: AuditActor; what: string }): Promise<Date | undefined> {
  const found = await db
    .selectFrom('auditLog')
    .select('at')
    .where('who', '=', who)
    .where('what', '=', what)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.at;
}

const HELD_FOR = sql`string_to_array(details ->> 'held', ' ')`;

/** A registry that was not taken in for what it would have done to owners or to open accounts, by the number that it had, and for which of them. */
export async function findHeldImport(
  trx: Trx,
  number: number,
): Promise<{ at: Date; name: string; isOwners: boolean; isClosing: boolean } | undefined> {
  return (
    trx
      .selectFrom('auditLog')
      .select(['at', sql<string>`details ->> 'name'`.as('name')])
      // An entry of an earlier version does not say for what: it names the accounts that would close, or it was for owners.
      .select(sql<boolean>`coalesce('owners' = any(${HELD_FOR}), not details ? 'closing')`.as('isOwners'))
      .select(sql<boolean>`coalesce('closings' = any(${HELD_FOR}), details ? 'closing')`.as('isClosing'))
      .where('what', '=', 'registries.held')
      .where(sql<boolean>`details ->> 'number' = ${String(number)}`)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  );
}

/** Its letters stand for themselves in a pattern. */
function literal(words: string): string {
  return words.replace(/[\\%_]/g, '\\$&');
}
