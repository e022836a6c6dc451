import type { ColumnType, Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/** That a resident, in this messenger account, has shown to know an account: for minutes, for one link. */
export type LinkProofsTable = {
  id: Generated<string>;
  messengerId: string;
  residentId: string;
  account: string;
  /** The issued password that proved it; null: a sum did. */
  passwordId: string | null;
  expiresAt: ColumnType<Date, Date, never>;
  usedAt: ColumnType<Date | null, never, Date>;
};

/** Whose a proof is. */
export type Prover = { messengerId: string; residentId: string };

export async function insertLinkProof(
  trx: Trx,
  proof: Prover & { account: string; passwordId: string | null; expiresAt: Date },
): Promise<string> {
  const { id } = await trx.insertInto('linkProofs').values(proof).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Uses a proof up; undefined when it is another's, used or too old. */
export async function markLinkProofUsed(
  trx: Trx,
  id: string,
  prover: Prover,
  now: Date,
): Promise<{ account: string; passwordId: string | null } | undefined> {
  return trx
    .updateTable('linkProofs')
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('messengerId', '=', prover.messengerId)
    .where('residentId', '=', prover.residentId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['account', 'passwordId'])
    .executeTakeFirst();
}

/** Waits for whoever makes a link by a proof of these accounts now; nobody else does until the transaction ends. */
export async function lockLinkProofsOf(trx: Trx, accounts: readonly string[]): Promise<void> {
  if (accounts.length === 0) return;
  await trx.selectFrom('linkProofs').select('id').where('account', 'in', accounts).orderBy('id').forUpdate().execute();
}

/** Proofs of these accounts prove nothing any more. */
export async function deleteLinkProofsOf(trx: Trx, accounts: readonly string[]): Promise<void> {
  await trx.deleteFrom('linkProofs').where('account', 'in', accounts).execute();
}

export async function deleteOldLinkProofs(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('linkProofs').where('expiresAt', '<', now).execute();
}
