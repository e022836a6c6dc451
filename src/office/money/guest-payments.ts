import { localDay } from '../../domain/local-day.ts';
import type { Kopecks } from '../../domain/money.ts';
import { periodOf, shiftPeriod } from '../../domain/period.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { openGuestAccount } from '../accounts/guest-accounts.ts';
import { type OrderedQr, orderedQr } from './ordered-qr.ts';

/** Section 4, «Without registration»: what a guest pays past the bot. Payments by card are `office/money/payments.ts`. */
export function createGuestPayments({ db, clock, settings, centre }: Pick<OfficeEdges, 'db' | 'clock' | 'settings' | 'centre'>) {
  return {
    /**
     * What the QR code of a sum that the guest typed (whole kopecks above zero) asks for. It is for last month, the one that people pay for,
     * whatever the account was charged for: a guest is told nothing of that. `no-payee`: the operator has not set the requisites.
     */
    async paymentQr(
      caller: Caller,
      guestAccount: string,
      sumKopecks: Kopecks,
    ): Promise<OrderedQr | { outcome: 'no-payee' } | { outcome: 'gone' }> {
      const now = clock();
      const opened = await openGuestAccount(db, caller, guestAccount, now);
      if (!opened) return { outcome: 'gone' };
      const { payee, timeZone } = settings;
      if (!payee) return { outcome: 'no-payee' };
      const period = shiftPeriod(periodOf(localDay(now, timeZone)), -1);
      return orderedQr({ payee, accountNumber: opened.account, period, sumKopecks }, centre);
    },
  };
}
