import { type ColumnType, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Trx } from './database.ts';

/**
 * What a senior is about to do with money by hand, or has done: credit it, note that it was given back or that billing has it otherwise. A row
 * from the command on, whatever becomes of it.
 */
export type HandCreditsTable = {
  id: GeneratedAlways<number>;
  requestId: ColumnType<string, string, never>;
  paymentId: ColumnType<number, number, never>;
  /** Empty of a payment that was given back: it is about whatever accounts it is for. */
  account: ColumnType<string, string, never>;
  sumKopecks: ColumnType<number, number, never>;
  reason: ColumnType<string, string, never>;
  askedAt: ColumnType<Date, Date, never>;
  state: HandCreditState;
  stateAt: Date;
  /** The line of a credit, once it is done. */
  operation: string | null;
  /** Of what the payer is told of it. */
  noticeKey: string | null;
};

/** `asked`: the question stands in the thread. Of what ends money otherwise than by a credit the state says so first. */
export type HandCreditState = HandStep | `${HandEnd}-${HandStep}`;
type HandStep = 'asked' | 'dropped' | 'done' | 'taken-back';
/** It was given back at the provider; billing has it otherwise. */
export type HandEnd = 'refund' | 'settle';
const ASKED: readonly HandCreditState[] = ['asked', 'refund-asked', 'settle-asked'];
export type HandCredit = Selectable<HandCreditsTable>;

/** The new one's id; what was asked before in the same thread and not answered is asked no longer. */
export async function replaceAskedHandCredit(
  trx: Trx,
  asked: Pick<HandCredit, 'requestId' | 'paymentId' | 'account' | 'sumKopecks' | 'reason'>,
  now: Date,
  end?: HandEnd,
): Promise<number> {
  await trx
    .updateTable('handCredits')
    .set({ state: sql<HandCreditState>`replace(state, 'asked', 'dropped')`, stateAt: now })
    .where('requestId', '=', asked.requestId)
    .where('state', 'in', [...ASKED])
    .execute();
  const state: HandCreditState = end === undefined ? 'asked' : `${end}-asked`;
  const { id } = await trx
    .insertInto('handCredits')
    .values({ ...asked, askedAt: now, state, stateAt: now, operation: null, noticeKey: null })
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
