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
  ways: PayWays;
  /** The way that was chosen already. */
  way?: 'card';
  /** Asked once, when «Оплатить картой» was pressed. */
  order: () => Promise<NotAdmitted | Ordered>;
};

/** «Оплатить картой» with an invoice, or a QR code of the very sum: also where cards are not taken, or not for such a sum. */
export async function payBy(scene: Scene<Office>, payment: Payment): Promise<void> {
  const { say, choose } = scene;
  const { lines, ways, way, order } = payment;
  const isGuest = 'guestAccount' in payment;
  const total = lines.reduce((sum, line) => sum + line.sumKopecks, 0);
  const handQr = async (why: WhyQr) => {
    if (!isGuest) return handPaymentQrs(scene, payment.lines, why);
    const [{ account }] = payment.lines;
    return handGuestQr(scene, { guestAccount: payment.guestAccount, account, sumKopecks: total }, why);
  };

  const why = whyNotByCard(total, ways.cardLimits);
  if (why) return handQr(why);
  if (way === undefined) {
    const shown = lines.map(({ account, sumKopecks }) => ({ text: 'pay-line', words: { account, sum: sumKopecks } }));
    const chosen = await choose('pay-way', ['pay-by-card', 'qr'], { lines: shown, total, count: lines.length });
    if (chosen === 'qr') return handQr({ why: 'chosen', limit: 0 });
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

function whyNotByCard(total: number, limits: CardLimits): WhyQr | undefined {
  if (!limits) return { why: 'none', limit: 0 };
  if (total < limits.leastKopecks) return { why: 'small', limit: limits.leastKopecks };
  if (total > limits.mostKopecks) return { why: 'large', limit: limits.mostKopecks };
  return undefined;
}
