import { insertDelivery } from '../records/deliveries.ts';
import { deleteDeadLetterCame, saveDeadLetter } from '../records/update-inbox.ts';
import type { Keyring, OfficeEdges } from './edges.ts';
import { type Escalation, escalate } from './escalations.ts';

export type DeadLetters = ReturnType<typeof createDeadLetters>;

/** How an update is sealed wherever it is kept. */
export function keptSeal({ seal, open }: Pick<Keyring, 'seal' | 'open'>) {
  const PLACE = 'parked-update';
  return { seal: (update: string) => seal(PLACE, update), open: (sealed: string) => open(PLACE, sealed) };
}

/** Updates that fail or never end to be handled are put here, sealed, so that the rest go on and nothing is lost. */
export function createDeadLetters({ db, clock, keyring }: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'>) {
  const { seal } = keptSeal(keyring);

  async function takeOutTelling(id: string, text: 'desk-retried' | 'desk-retried-too-late'): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const staff = await deleteDeadLetterCame(trx, id);
      if (staff) await insertDelivery(trx, { to: { staff }, kind: 'say', botMessage: { text, words: {}, doors: [] } }, clock());
    });
  }

  return {
    /** Puts a message aside for people and tells staff. `whole`: nothing was taken out of it; `line`: it is about money, and is kept until it was taken in, as the next of this line. */
    async putAside(
      id: string,
      message: string,
      state: 'failed' | 'stuck',
      escalation: Escalation,
      { whole, line = null }: { whole: boolean; line?: string | null },
    ): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const now = clock();
        const requestId = await escalate(trx, escalation, now);
        await saveDeadLetter(trx, { id, state, sealed: seal(message), at: now, requestId, whole, line });
      });
    },

    /** One that staff had let come again was worked off: they hear it. */
    cameAgain: (id: string) => takeOutTelling(id, 'desk-retried'),

    /** One that staff had let come again must not: its chat has gone on since. They hear it. */
    cannotComeAgain: (id: string) => takeOutTelling(id, 'desk-retried-too-late'),
  };
}
