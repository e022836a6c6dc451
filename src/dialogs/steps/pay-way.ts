import { sumOf } from '../../domain/money.ts';
import type { CardLimits } from '../../domain/card-limits.ts';
import type { NotAdmitted } from '../../office/admission.ts';
import type { PayWays } from '../../office/money/pay-ways.ts';
import type { Invoice, Ordered } from '../../office/money/payments.ts';
import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { sayGuestAccountGone } from './guest-account.ts';
import { handGuestQr, handPaymentQrs, qrDoors, type WhyQr } from './payment-qr.ts';
import type { OwnLine, PayLine } from './pay-what.ts';
import { turnAway } from './turn-away.ts';

type Payment = (
  | { lines: readonly OwnLine[] }
  /** A guest, for one account. */
  | { lines: readonly [PayLine]; guestAccount: string }
) & {
  way: PayWay;
  /** Asked once, when «Оплатить картой» was pressed. */
  order: () => Promise<NotAdmitted | Ordered>;
};

/** By card, or by a QR code, and why. */
export type PayWay = 'card' | WhyQr;

/** The only way that a sum can go; by card, where it can and was wanted (`said`); undefined where it is the person's choice. */
export function onlyWay(lines: readonly PayLine[], { cardLimits }: PayWays, said?: 'card'): PayWay | undefined {
  return whyNotByCard(totalOf(lines), cardLimits) ?? said;
}

/** «Как удобнее оплатить?» */
export async function askWay({ choose }: Scene<Office>, lines: readonly PayLine[]): Promise<PayWay> {
  const shown = lines.map(({ account, sumKopecks }) => ({ text: 'pay-line', words: { account, sum: sumKopecks } }));
  const words = { lines: shown, total: totalOf(lines), count: lines.length };
  const chosen = await choose('pay-way', ['pay-by-card', 'qr'], words);
  return chosen === 'qr' ? { why: 'chosen', limit: 0 } : 'card';
}

/** The invoice, or a QR code of the very sum. */
export async function payBy(scene: Scene<Office>, payment: Payment): Promise<void> {
  const { say } = scene;
  const { way, order } = payment;
  const isGuest = 'guestAccount' in payment;
  if (way !== 'card') return isGuest ? handQrOfGuest(scene, payment, way) : handPaymentQrs(scene, payment.lines, way);

  const ordered = await order();
  switch (ordered.outcome) {
    case 'ordered':
      if (await sendInvoice(scene, ordered.invoice)) return;
      return payWithoutInvoice(scene, payment);
    case 'not-by-card':
      return payWithoutInvoice(scene, payment);
    case 'gone':
      if (isGuest) return sayGuestAccountGone(scene, 'pay');
      return say('pay-account-gone', {}, [{ label: 'button-pay', dialog: 'pay' }]);
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, ordered.outcome);
  }
}

/** No invoice can be had: residents are led to the QR codes, a guest, whose sum no button carries, is handed the one there is. */
async function payWithoutInvoice(scene: Scene<Office>, payment: Payment): Promise<void> {
  if (!('guestAccount' in payment)) return scene.say('pay-invoice-failed', {}, await qrDoors(scene, payment.lines));
  await scene.say('pay-invoice-failed-guest');
  return handQrOfGuest(scene, payment, { why: 'chosen', limit: 0 });
}

async function handQrOfGuest(
  scene: Scene<Office>,
  { guestAccount, lines: [{ account, sumKopecks }] }: Extract<Payment, { guestAccount: string }>,
  why: WhyQr,
): Promise<void> {
  return handGuestQr(scene, { guestAccount, account, sumKopecks }, why);
}

async function sendInvoice({ invoice }: Scene<Office>, asked: Invoice): Promise<boolean> {
  const { lines, totalKopecks: total, receipt } = asked;
  const texts = { title: 'pay-invoice-title', about: 'pay-invoice-about', line: 'pay-invoice-line' };
  const receiptTo = receipt === null ? 'nobody' : asked.receiptTo;
  return invoice(asked, texts, { count: lines.length, account: lines[0]?.account ?? '', total, receiptTo });
}

const totalOf = (lines: readonly PayLine[]) => sumOf(lines.map(({ sumKopecks }) => sumKopecks));

function whyNotByCard(total: number, limits: CardLimits): WhyQr | undefined {
  if (!limits) return { why: 'none', limit: 0 };
  if (total < limits.leastKopecks) return { why: 'small', limit: limits.leastKopecks };
  if (total > limits.mostKopecks) return { why: 'large', limit: limits.mostKopecks };
  return undefined;
}
