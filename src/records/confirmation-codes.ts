import { type ColumnType, type Generated, type SqlBool, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lock } from './locks.ts';

/** A code that was, or seemed to be, sent to a phone: the rows of the last day are also the counters of SMS. */
export type ConfirmationCodesTable = {
  id: Generated<string>;
  messengerId: string;
  purpose: CodePurpose;
  phone: string;
  codeFingerprint: string;
  createdAt: ColumnType<Date, Date, never>;
  expiresAt: ColumnType<Date, Date, never>;
  /** Wrong tries of this very code. */
  tries: number;
  delivery: CodeDelivery;
  /** Used, superseded, spent or not delivered: no longer accepted. */
  endedAt: Date | null;
  /** The providers that did not take it, or did not say whether they did, where no other one took it. */
  undeliveredBy: string[] | null;
};

/** What a code is for; a code for one is none for another. */
export type CodePurpose = 'registration' | 'sign-in' | 'recovery' | 'new-phone';

/**
 * `under-way` may have arrived and counts as sent; `not-meant` was only said to be sent (a recovery of a phone that no login has, a phone that
 * has had its SMS) and counts all the same in what people are told; `trouble` was taken by no provider and counts for the pause between two only.
 */
export type CodeDelivery = 'under-way' | 'sent' | 'not-meant' | 'bad-number' | 'trouble';

/** Whose codes these are: there is one live code for the three at most. */
export type CodeTarget = { phone: string; purpose: CodePurpose; messengerId: string };

export type ConfirmationCode = CodeTarget & {
  id: string;
  codeFingerprint: string;
  expiresAt: Date;
  tries: number;
  delivery: CodeDelivery;
};

const COLUMNS = ['id', 'messengerId', 'purpose', 'phone', 'codeFingerprint', 'expiresAt', 'tries', 'delivery'] as const;

/** Waits for whoever sends a code now, to whomever: the overall caps are counted by one at a time. */
export async function lockSending(trx: Trx): Promise<void> {
  await lock(trx, 'sms');
}

export async function insertCode(
  trx: Trx,
  code: CodeTarget & { codeFingerprint: string; createdAt: Date; expiresAt: Date; delivery: CodeDelivery },
): Promise<string> {
  const { id } = await trx
    .insertInto('confirmationCodes')
    .values({ ...code, tries: 0, endedAt: null, undeliveredBy: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findCode(db: Db, id: string, messengerId: string): Promise<ConfirmationCode | undefined> {
  return db
    .selectFrom('confirmationCodes')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('messengerId', '=', messengerId)
    .executeTakeFirst();
}

/** The newest code of the target, unless it was used, spent or not delivered; it may have expired. */
export async function findLiveCode(db: Db, target: CodeTarget): Promise<ConfirmationCode | undefined> {
  return db
    .selectFrom('confirmationCodes')
    .select(COLUMNS)
    .where('phone', '=', target.phone)
    .where('purpose', '=', target.purpose)
    .where('messengerId', '=', target.messengerId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
}

export async function markCodeTried(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('confirmationCodes')
    .set((row) => ({ tries: row('tries', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** The wrong tries of a person with codes sent since then, over all phones and purposes: for each the time of its code, from the newest. */
export async function listWrongTries(trx: Trx, messengerId: string, since: Date): Promise<Date[]> {
  const codes = await trx
    .selectFrom('confirmationCodes')
    .select(['createdAt', 'tries'])
    .where('messengerId', '=', messengerId)
    .where('createdAt', '>', since)
    .where('tries', '>', 0)
    .orderBy('createdAt', 'desc')
    .execute();
  return codes.flatMap(({ createdAt, tries }) => Array.from({ length: tries }, () => createdAt));
}

export async function markCodeEnded(trx: Trx, id: string, now: Date): Promise<void> {
  await trx.updateTable('confirmationCodes').set({ endedAt: now }).where('id', '=', id).where('endedAt', 'is', null).execute();
}

/** `undeliveredBy`: the providers after which nobody knows that it arrived; undefined where it did. */
export async function updateCodeDelivery(
  trx: Trx,
  id: string,
  delivery: CodeDelivery,
  undeliveredBy: string[] | undefined,
): Promise<void> {
  await trx
    .updateTable('confirmationCodes')
    .set({ delivery, undeliveredBy: undeliveredBy ?? null })
    .where('id', '=', id)
    .execute();
}

/**
 * Codes sent since then that this provider did not deliver as far as anybody knows: the newest of their target, and neither used nor spent;
 * from the oldest.
 */
export async function listUndelivered(
  db: Db,
  { provider, since, limit }: { provider: string; since: Date; limit: number },
): Promise<(CodeTarget & { id: string })[]> {
  return db
    .selectFrom('confirmationCodes as c')
    .select(['c.id', 'c.phone', 'c.purpose', 'c.messengerId'])
    .where(sql<SqlBool>`${provider} = any(c.undelivered_by)`)
    .where('c.createdAt', '>', since)
    .where((e) => e.or([e('c.delivery', '=', 'trouble'), e('c.endedAt', 'is', null)]))
    .where(
      sql<SqlBool>`not exists (select from confirmation_codes n where n.phone = c.phone and n.purpose = c.purpose
        and n.messenger_id = c.messenger_id and n.created_at > c.created_at)`,
    )
    .orderBy('c.createdAt')
    .orderBy('c.id')
    .limit(limit)
    .execute();
}

/** Which codes a cap counts: those by one person, those that went to one phone (from certain people) or were said to, and so on. */
export type SmsOf =
  | { of: 'phone'; phone: string; by?: readonly string[] }
  | { of: 'phone-as-told'; phone: string }
  | { of: 'person'; messengerId: string }
  | { of: 'prefix'; prefix: string }
  | { of: 'all' };

/** When the `nth` newest of these was sent, if that was after `since`. `tried`: those that no provider took count, too. */
export async function findNthNewestSms(
  trx: Trx,
  which: SmsOf,
  nth: number,
  since: Date,
  { tried = false }: { tried?: boolean } = {},
): Promise<Date | undefined> {
  const row = await trx
    .selectFrom('confirmationCodes')
    .select('createdAt')
    .where('createdAt', '>', since)
    .where(filter(which))
    .$if(!tried, (query) => query.where(taken(which)))
    .orderBy('createdAt', 'desc')
    .offset(nth - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.createdAt;
}

function filter(which: SmsOf) {
  switch (which.of) {
    case 'person':
      return sql<SqlBool>`messenger_id = ${which.messengerId}`;
    case 'prefix':
      return sql<SqlBool>`phone like ${`${which.prefix}%`}`;
    case 'phone-as-told':
      return sql<SqlBool>`phone = ${which.phone}`;
    case 'all':
      // What was never sent costs nothing: else anybody could close the door for all by asking for numbers that nobody has.
      return sql<SqlBool>`delivery != 'not-meant'`;
    case 'phone': {
      const sent = sql<SqlBool>`phone = ${which.phone} and delivery != 'not-meant'`;
      return which.by === undefined ? sent : sql<SqlBool>`${sent} and messenger_id = any(${which.by})`;
    }
  }
}

/** Without those that no provider took. What a recovery came to is told to nobody, so the caps that people feel count it like any other. */
function taken({ of }: SmsOf) {
  const untold = of === 'person' || of === 'prefix' || of === 'phone-as-told';
  return untold ? sql<SqlBool>`(delivery != 'trouble' or purpose = 'recovery')` : sql<SqlBool>`delivery != 'trouble'`;
}

/** Forgets codes, and with them phones, that no cap counts any more. */
export async function deleteOldCodes(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('confirmationCodes').where('createdAt', '<', before).execute();
}
