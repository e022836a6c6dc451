import type { Db, Trx } from '../records/database.ts';
import { lockIdempotencyKey, insertIdempotencyKey } from '../records/idempotency-keys.ts';
import { lockTurn } from '../records/revoked-turns.ts';
import { dropCabinet } from './cabinet-of-turn.ts';
import { type Caller, TurnRevoked } from './caller.ts';
import type { Clock } from './edges.ts';

/** What survives JSON unchanged: the only thing that a verb may answer and a dialog may remember. */
export type Plain = string | number | boolean | null | undefined | void | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Like `idempotent`, where the answer holds a secret that must not be stored: `work` says what of it is `kept`, and a repeat is answered by `again`,
 * from that.
 */
export async function idempotentInSecret<A extends Plain, K extends Plain>(
  { db, clock }: { db: Db; clock: Clock },
  caller: Caller,
  verb: string,
  work: (trx: Trx) => Promise<{ answer: A; kept: K }>,
  again: (trx: Trx, kept: K) => Promise<A>,
): Promise<A> {
  const key = `${caller.messengerId}/${caller.idempotencyKey}/${verb}`;
  await onlyWhileHeld(caller);
  return db.transaction().execute(async (trx) => {
    const before = await begun(trx, caller, key);
    if (before) return again(trx, before.outcome as K);
    const { answer, kept } = await work(trx);
    await insertIdempotencyKey(trx, key, kept ?? null, clock());
    return answer;
  });
}

/**
 * Does `work` in one transaction, once for the caller’s `idempotencyKey` (with `verb`) however often it is asked: a repeat hears the first answer.
 * The answer is stored in clear: it must hold no secret. The `verb` is part of the stored key: it keeps its name as long as rows of it are kept.
 */
export async function idempotent<A extends Plain>(
  { db, clock }: { db: Db; clock: Clock },
  caller: Caller,
  verb: string,
  work: (trx: Trx) => Promise<A>,
): Promise<A> {
  const key = `${caller.messengerId}/${caller.idempotencyKey}/${verb}`;
  await onlyWhileHeld(caller);
  return db.transaction().execute(async (trx) => {
    const before = await begun(trx, caller, key);
    if (before) return before.outcome as A;
    const outcome = await work(trx);
    await insertIdempotencyKey(trx, key, outcome ?? null, clock());
    return outcome;
  });
}

/** `work` in one transaction, anew each time that it is asked for, and fenced like the others. */
export async function fenced<A>({ db }: { db: Db }, caller: Caller, work: (trx: Trx) => Promise<A>): Promise<A> {
  await onlyWhileHeld(caller);
  return db.transaction().execute(async (trx) => {
    if (caller.turn && (await lockTurn(trx, caller.turn.token)) === 'revoked') throw new TurnRevoked(ELSEWHERE);
    return work(trx);
  });
}

/** A process that lost the chat knows so before Postgres does, and may be the only one that ever will: a store that forgot the lock has nobody revoked. */
async function onlyWhileHeld({ turn }: Caller): Promise<void> {
  dropCabinet(turn);
  const held = turn?.isHeld() ?? true;
  if (held !== true && !(await held)) throw new TurnRevoked(ELSEWHERE);
}

/** Fenced: a process that was paused, and whose chat another one has by now, throws `TurnRevoked` here, before anything is written. */
async function begun(trx: Trx, { turn }: Caller, key: string): Promise<{ outcome: unknown } | undefined> {
  const before = await lockIdempotencyKey(trx, key, turn?.token);
  if (before === 'revoked') throw new TurnRevoked(ELSEWHERE);
  return before;
}

const ELSEWHERE = 'another process has the chat by now';
