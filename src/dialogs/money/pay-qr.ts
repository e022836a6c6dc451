import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { chooseOwed } from '../steps/pay-owed.ts';
import { handPaymentQrs } from '../steps/payment-qr.ts';

/** «QR-код» under a sum: the code of what is to be paid now, of the account of a link or (`ref` empty) of each that owes. */
export const payQr: Dialog<Office> = async (scene, ref) => {
  const owed = await chooseOwed(scene, ref);
  if (owed) await handPaymentQrs(scene, owed.lines, { why: 'chosen', limit: 0 });
};
