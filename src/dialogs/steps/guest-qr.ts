import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { OTHER_ACCOUNT, sayGuestAccountGone } from './guest-account.ts';

/** What a guest pays, and why not by card: it was chosen so, or the card takes no such sum (`limit`, kopecks) or none at all. */
export type GuestPayment = { guestAccount: string; account: string; sumKopecks: number };
export type WhyQr = { why: 'chosen' | 'small' | 'large' | 'none'; limit: number };

/** The QR code of the sum that a guest typed, for the bank's app. */
export async function handGuestQr(scene: Scene<Office>, payment: GuestPayment, why: WhyQr): Promise<void> {
  const { say, hand, office } = scene;
  const { guestAccount, account, sumKopecks } = payment;
  const words = { account, sum: sumKopecks, ...why };
  const asked = await office.guestPayments.paymentQr(guestAccount, sumKopecks);
  switch (asked.outcome) {
    case 'ordered':
      return hand({ kind: 'payment-qr', data: asked.order }, 'pay-guest-qr', words, [
        { label: 'button-other-account', dialog: 'pay', ref: OTHER_ACCOUNT },
      ]);
    case 'no-payee':
      return say('pay-guest-no-payee', words, [{ label: 'button-contacts', dialog: 'contacts' }]);
    case 'gone':
      return sayGuestAccountGone(scene, 'pay');
  }
}
