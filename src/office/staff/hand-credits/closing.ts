import { readReason } from '../../../domain/money-command.ts';
import type { DeskEdges } from '../as-staff.ts';
import type { StaffCaller } from '../staff.ts';
import { ALL_CREDITED, type MoneyCommand, type MoneyMoved, moveMoney, tellPayer } from './held-payment.ts';

/** Money that no account has is refused, with a reason; it can still be credited, or be given back. */
export function createClosing(edges: DeskEdges) {
  return {
    /** `/refuse причина`: what is left of the payment is credited to no account; the payer reads the reason. */
    async refuse(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      return moveMoney(edges, staff, 'refuse', threadRef, async (trx, held) => {
        const { payment, leftKopecks: sum, request, now } = held;
        const reason = readReason(words);
        if (reason === undefined) return { refused: 'reason-missing' };
        if (sum === 0) return ALL_CREDITED;
        const key = `notice-payment-refused/${payment.operation}/${request.reopened}`;
        const part = sum < payment.totalKopecks ? 'yes' : 'no';
        await tellPayer(trx, held.payment, { text: 'notice-payment-refused', words: { sum, part, reason }, key }, now);
        return { said: 'refused', words: { sum }, closes: true, reason };
      });
    },
  };
}
