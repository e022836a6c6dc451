import type { ColumnType, GeneratedAlways, Selectable } from 'kysely';
import type { Trx } from './database.ts';

/** What a senior is about to credit by hand, or has credited: a row from the command on, whatever becomes of it. */
export type HandCreditsTable = {
  id: GeneratedAlways<number>;
  request_id: ColumnType<string, string, never>;
  payment_id: ColumnType<number, number, never>;
  account: ColumnType<string, string, never>;
  sum_kopecks: ColumnType<number, number, never>;
  reason: ColumnType<string, string, never>;
  asked_at: ColumnType<Date, Date, never>;
  state: HandCreditState;
  state_at: Date;
  /** Its line, once it is done. */
  operation: string | null;
  /** Of what the payer is told of it. */
  notice_key: string | null;
};

/** `asked`: «Зачислить?» stands in the thread. */
export type HandCreditState = 'asked' | 'dropped' | 'done' | 'taken-back';
export type HandCredit = Selectable<HandCreditsTable>;

/** The new one's id; what was asked before in the same thread and not answered is asked no longer. */
export async function insertHandCredit(
  trx: Trx,
  asked: Pick<HandCredit, 'request_id' | 'payment_id' | 'account' | 'sum_kopecks' | 'reason'>,
  now: Date,
): Promise<number> {
  await trx
    .updateTable('hand_credits')
    .set({ state: 'dropped', state_at: now })
    .where('request_id', '=', asked.request_id)
    .where('state', '=', 'asked')
    .execute();
  const { id } = await trx
    .insertInto('hand_credits')
    .values({ ...asked, asked_at: now, state: 'asked', state_at: now, operation: null, notice_key: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** One of a request's, and nobody else changes it until the transaction ends. */
export async function lockHandCredit(trx: Trx, requestId: string, id: number): Promise<HandCredit | undefined> {
  return trx
    .selectFrom('hand_credits')
    .selectAll()
    .where('id', '=', id)
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateHandCredit(
  trx: Trx,
  id: number,
  change: Pick<HandCredit, 'state'> & Partial<Pick<HandCredit, 'operation' | 'notice_key'>>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('hand_credits')
    .set({ ...change, state_at: now })
    .where('id', '=', id)
    .execute();
}
