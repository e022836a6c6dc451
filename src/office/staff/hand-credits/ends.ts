import type { Trx } from '../../../records/database.ts';
import { type HandCredit, updateHandCredit } from '../../../records/hand-credits.ts';
import type { Request } from '../../../records/requests.ts';
import type { DeskEdges } from '../as-staff.ts';
import type { StaffCaller } from '../staff.ts';
import { sayInThread } from '../thread.ts';
import { type CreditPress, type CreditPressed, isLate, pressCredit } from './pressed.ts';
import { confirmReturn, takeBackReturn } from './returning.ts';
import { confirmSettling, takeBackSettling } from './settling.ts';

/** Who pressed what: the request and the question are locked. */
export type EndPressed = { staff: StaffCaller; request: Request; credit: HandCredit; seen: string | undefined; now: Date };

type Work = (trx: Trx, pressed: EndPressed) => Promise<CreditPressed>;
const CONFIRMED: Partial<Record<HandCredit['state'], Work>> = {
  'refund-asked': confirmReturn,
  'settle-asked': confirmSettling,
};
const TAKEN_BACK: Partial<Record<HandCredit['state'], Work>> = {
  'refund-done': takeBackReturn,
  'settle-done': takeBackSettling,
};

/** Buttons under what ends money otherwise than by a credit: asked first, done on a press, taken back. */
export function createEndPresses(edges: DeskEdges) {
  return {
    /** As it was asked about, and as long as the payment is what the question says. */
    async confirmEnd(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return pressCredit(edges, staff, 'confirmEnd', pressed, async (trx, request, credit, now) => {
        const work = CONFIRMED[credit.state];
        if (!work) return { outcome: 'gone' };
        if (isLate(credit, now)) return { outcome: 'late' };
        return work(trx, { staff, request, credit, seen: pressed.seen, now });
      });
    },

    /** «Отмена»: what was asked for is not done. */
    async dropEnd(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return pressCredit(edges, staff, 'dropEnd', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'refund-asked' && credit.state !== 'settle-asked') return { outcome: 'gone' };
        const state = credit.state === 'refund-asked' ? 'refund-dropped' : 'settle-dropped';
        await updateHandCredit(trx, credit.id, { state }, now);
        await sayInThread(trx, request, 'desk-money-end-dropped', { name: staff.name }, now);
        return { outcome: 'dropped' };
      });
    },

    /** What was done is not: as long as nothing rests on it. */
    async takeBackEnd(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return pressCredit(edges, staff, 'takeBackEnd', pressed, async (trx, request, credit, now) => {
        const work = TAKEN_BACK[credit.state];
        return work ? work(trx, { staff, request, credit, seen: undefined, now }) : { outcome: 'gone' };
      });
    },
  };
}
