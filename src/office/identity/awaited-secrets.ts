import { DAY_MS, later } from '../../domain/durations.ts';
import { deleteAwaitedSecret, saveAwaitedSecret, isSecretAwaited } from '../../records/awaited-secrets.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';

/** After so long a question is no longer answered. */
const AWAITED_MS = DAY_MS;

export type AwaitedSecrets = ReturnType<typeof createAwaitedSecrets>;

/** That a secret is expected of a person, apart from the dialog and from where dialogs are kept: they may be lost. */
export function createAwaitedSecrets({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** To be called before the question is put. */
    async expect({ messengerId }: Caller): Promise<void> {
      await saveAwaitedSecret(db, messengerId, later(clock(), AWAITED_MS));
    },

    async isExpected({ messengerId }: Caller): Promise<boolean> {
      return isSecretAwaited(db, messengerId, clock());
    },

    async isOver({ messengerId }: Caller): Promise<void> {
      await deleteAwaitedSecret(db, messengerId);
    },
  };
}
