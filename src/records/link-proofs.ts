import type { ColumnType, Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/** That a resident, in this messenger account, has shown to know an account: for minutes, for one link. */
export type LinkProofsTable = {
  id: Generated<string>;
  messenger_id: string;
  resident_id: string;
  account: string;
  /** The issued password that proved it; null: a sum did. */
  password_id: string | null;
  expires_at: ColumnType<Date, Date, never>;
  used_at: ColumnType<Date | null, never, Date>;
};

/** Whose a proof is. */
export type Prover = { messenger_id: string; resident_id: string };

export async function insertLinkProof(
  trx: Trx,
  proof: Prover & { account: string; password_id: string | null; expires_at: Date },
): Promise<string> {
  const { id } = await trx.insertInto('link_proofs').values(proof).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Uses a proof up; undefined when it is another's, used or too old. */
export async function markLinkProofUsed(
  trx: Trx,
  id: string,
  prover: Prover,
  now: Date,
): Promise<{ account: string; password_id: string | null } | undefined> {
  return trx
    .updateTable('link_proofs')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('messenger_id', '=', prover.messenger_id)
    .where('resident_id', '=', prover.resident_id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['account', 'password_id'])
    .executeTakeFirst();
}

/** Proofs of these accounts prove nothing any more. */
export async function deleteLinkProofsOf(trx: Trx, accounts: readonly string[]): Promise<void> {
  await trx.deleteFrom('link_proofs').where('account', 'in', accounts).execute();
}

export async function deleteOldLinkProofs(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('link_proofs').where('expires_at', '<', now).execute();
}
