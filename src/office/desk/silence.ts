import { later } from '../../domain/durations.ts';
import { listConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import { liftSilence, silence } from '../../records/silenced.ts';
import { writeJournal } from '../../records/staff-journal.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, journaled } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { keepRequestAt, type Nowhere, type Spot } from './thread.ts';

export type Silencing =
  /** `until` is ISO; null: without an end. */
  | { outcome: 'silenced'; number: number; until: string | null }
  | { outcome: 'heard-again' | 'was-heard' | 'nobody'; number: number }
  | Nowhere
  | NotStaff;

/** /silence and /ban: staff do not listen to the person of a request; what staff write still reaches that person. */
export function createSilence(edges: DeskEdges) {
  return {
    /** For so long; null: without an end. */
    async silence(staff: StaffCaller, spot: Spot, forMs: number | null): Promise<Silencing> {
      return asStaff(edges, staff, 'silence', async (trx, now): Promise<Silencing> => {
        const request = await keepRequestAt(trx, spot);
        if (!request) return { outcome: 'nowhere' };
        const { number, messenger_id: person } = request;
        if (person === null) return { outcome: 'nobody', number };
        const until = forMs === null ? null : later(now, forMs);
        await silence(trx, person, until, staff.messengerId, now);
        const told = until?.toISOString() ?? null;
        const details = { until: told ?? 'for ever' };
        await writeJournal(trx, { ...journaled(staff), what: 'desk.silence', ...about(request), details }, now);
        return { outcome: 'silenced', number, until: told };
      });
    },

    /** All accounts of the resident in the messenger are heard again. */
    async hear(staff: StaffCaller, spot: Spot): Promise<Silencing> {
      return asStaff(edges, staff, 'hear', async (trx, now): Promise<Silencing> => {
        const request = await keepRequestAt(trx, spot);
        if (!request) return { outcome: 'nowhere' };
        const { number, messenger_id: person, resident_id: resident } = request;
        if (person === null) return { outcome: 'nobody', number };
        const others = resident === null ? [] : await listConfirmedMessengers(trx, resident);
        const lifted = await liftSilence(trx, [person, ...others]);
        if (lifted) await writeJournal(trx, { ...journaled(staff), what: 'desk.hear', ...about(request) }, now);
        return { outcome: lifted ? 'heard-again' : 'was-heard', number };
      });
    },
  };
}
