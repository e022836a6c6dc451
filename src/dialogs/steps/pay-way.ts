import type { CardLimits } from '../../domain/card-limits.ts';
import type { NotAdmitted } from '../../office/admission.ts';
import type { PayWays } from '../../office/money/pay-ways.ts';
import type { Invoice, Ordered } from '../../office/money/payments.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';
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
  const { lines, way, order } = payment;
  const isGuest = 'guestAccount' in payment;
  if (way !== 'card') {
    if (!isGuest) return handPaymentQrs(scene, payment.lines, way);
    const [{ account }] = payment.lines;
    return handGuestQr(scene, { guestAccount: payment.guestAccount, account, sumKopecks: totalOf(lines) }, way);
  }

  const ordered = await order();
  switch (ordered.outcome) {
    case 'ordered':
      if (await sendInvoice(scene, ordered.invoice)) return;
      return say('pay-invoice-failed', {}, await instead(scene, payment));
    case 'not-by-card':
      return say('pay-invoice-failed', {}, await instead(scene, payment));
    case 'gone':
      if (isGuest) return sayGuestAccountGone(scene, 'pay');
      return say('pay-account-gone', {}, [{ label: 'button-pay', dialog: 'pay' }]);
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, ordered.outcome);
  }
}

/** What is left where no invoice can be had. */
async function instead(scene: Scene<Office>, payment: Payment): Promise<Door[]> {
  return 'guestAccount' in payment ? [{ label: 'button-contacts', dialog: 'contacts' }] : qrDoors(scene, payment.lines);
}

async function sendInvoice({ invoice }: Scene<Office>, asked: Invoice): Promise<boolean> {
  const { lines, totalKopecks: total, receipt } = asked;
  const texts = { title: 'pay-invoice-title', about: 'pay-invoice-about', line: 'pay-invoice-line' };
  const receiptTo = receipt === null ? 'nobody' : asked.receiptTo;
  return invoice(asked, texts, { count: lines.length, account: lines[0]?.account ?? '', total, receiptTo });
}

const totalOf = (lines: readonly PayLine[]) => lines.reduce((sum, { sumKopecks }) => sum + sumKopecks, 0);

function whyNotByCard(total: number, limits: CardLimits): WhyQr | undefined {
  if (!limits) return { why: 'none', limit: 0 };
  if (total < limits.leastKopecks) return { why: 'small', limit: limits.leastKopecks };
  if (total > limits.mostKopecks) return { why: 'large', limit: limits.mostKopecks };
  return undefined;
}
