import type { Office } from '../../office/office.ts';
import { sayNotThere, sumWords } from './bill.ts';
import type { Dialog } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { copyRows } from '../steps/payment-qr.ts';
import { readMonthRef } from '../../domain/door-refs.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «QR-код»: the code of a payment document as a picture, the sum under it. */
export const billQr: Dialog<Office> = async (scene, ref) => {
  const { say, hand, office } = scene;
  const { link, months } = readMonthRef(ref);
  const seen = await office.paymentDocuments.order(link, months[0] ?? null);
  switch (seen.outcome) {
    case 'ordered': {
      const { account, order, isLatest, dueKopecks, paidSinceKopecks } = seen;
      const paid = isLatest ? { dueKopecks, paidSinceKopecks } : { dueKopecks: order.sumKopecks ?? 0, paidSinceKopecks: 0 };
      const words = { ...accountWords(account), ...sumWords(paid), period: order.period, older: !isLatest };
      return hand({ kind: 'payment-qr', data: order }, 'bill-qr-picture', words, [
        ...copyRows(order),
        { label: 'button-pay', dialog: 'pay', ref: link },
      ]);
    }
    case 'no-payee':
      return say('bill-no-payee', {}, [{ label: 'button-contacts', dialog: 'contacts' }]);
    case 'not-there':
      return sayNotThere(scene, link, seen);
    case 'gone':
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, seen.outcome);
  }
};
