import type { ColumnType, GeneratedAlways, Selectable } from 'kysely';
import type { Trx } from './database.ts';

/** What a senior is about to credit by hand, or has credited: a row from the command on, whatever becomes of it. */
export type HandCreditsTable = {
  id: GeneratedAlways<number>;
  requestId: ColumnType<string, string, never>;
  paymentId: ColumnType<number, number, never>;
  account: ColumnType<string, string, never>;
  sumKopecks: ColumnType<number, number, never>;
  reason: ColumnType<string, string, never>;
  askedAt: ColumnType<Date, Date, never>;
  state: HandCreditState;
  stateAt: Date;
  /** Its line, once it is done. */
  operation: string | null;
  /** Of what the payer is told of it. */
  noticeKey: string | null;
};

/** `asked`: «Зачислить?» stands in the thread. */
export type HandCreditState = 'asked' | 'dropped' | 'done' | 'taken-back';
export type HandCredit = Selectable<HandCreditsTable>;

/** The new one's id; what was asked before in the same thread and not answered is asked no longer. */
export async function insertHandCredit(
  trx: Trx,
  asked: Pick<HandCredit, 'requestId' | 'paymentId' | 'account' | 'sumKopecks' | 'reason'>,
  now: Date,
): Promise<number> {
  await trx
    .updateTable('handCredits')
    .set({ state: 'dropped', stateAt: now })
    .where('requestId', '=', asked.requestId)
    .where('state', '=', 'asked')
    .execute();
  const { id } = await trx
    .insertInto('handCredits')
    .values({ ...asked, askedAt: now, state: 'asked', stateAt: now, operation: null, noticeKey: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** One of a request's, and nobody else changes it until the transaction ends. */
export async function lockHandCredit(trx: Trx, requestId: string, id: number): Promise<HandCredit | undefined> {
  return trx
    .selectFrom('handCredits')
    .selectAll()
    .where('id', '=', id)
    .where('requestId', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateHandCredit(
  trx: Trx,
  id: number,
  change: Pick<HandCredit, 'state'> & Partial<Pick<HandCredit, 'operation' | 'noticeKey'>>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('handCredits')
    .set({ ...change, stateAt: now })
    .where('id', '=', id)
    .execute();
}
