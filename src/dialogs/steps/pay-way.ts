import type { NotAdmitted } from '../../office/admission.ts';
import type { Office } from '../../office/office.ts';
import type { CardLimits, Invoice, Ordered } from '../../office/money/payments.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { sayGuestAccountGone } from './guest-account.ts';
import { handGuestQr, type WhyQr } from './guest-qr.ts';
import type { PayLine } from './pay-what.ts';
import { turnAway } from './turn-away.ts';

type Payment = {
  lines: readonly PayLine[];
  /** Where a guest pays: there is no document for guests, a QR code of the sum replaces it. */
  guestAccount?: string;
  cardLimits: CardLimits;
  /** Asked once, when «Оплатить картой» was pressed. */
  order: () => Promise<NotAdmitted | Ordered>;
};

/** «Оплатить картой» with an invoice, or the document with its QR code: also where cards are not taken, or not for such a sum. */
export async function payBy(scene: Scene<Office>, { lines, guestAccount, cardLimits, order }: Payment): Promise<void> {
  const { say, choose } = scene;
  const total = lines.reduce((sum, line) => sum + line.sumKopecks, 0);
  const shown = lines.map(({ account, sumKopecks }) => ({ text: 'pay-line', words: { account, sum: sumKopecks } }));
  const documents: Door[] =
    guestAccount === undefined ? lines.map(documentOf) : [{ label: 'button-contacts', dialog: 'contacts' }];
  const handQr = (why: WhyQr) =>
    handGuestQr(scene, { guestAccount: guestAccount ?? '', account: lines[0]?.account ?? '', sumKopecks: total }, why);

  const why = whyNotByCard(total, cardLimits);
  if (why && guestAccount !== undefined) return handQr(why);
  if (why) return say('pay-without-card', { lines: shown, ...why }, [...documents, ...anotherSum(lines, why)]);

  const other = guestAccount === undefined ? 'pay-by-document' : 'qr';
  const way = await choose('pay-way', ['pay-by-card', other], { lines: shown, total, count: lines.length });
  if (way === 'qr') return handQr({ why: 'chosen', limit: 0 });
  if (way === 'pay-by-document') return say('pay-by-document', { lines: shown }, documents);

  const ordered = await order();
  switch (ordered.outcome) {
    case 'ordered':
      return sendInvoice(scene, ordered.invoice, documents);
    case 'not-by-card':
      return say('pay-invoice-failed', {}, documents);
    case 'gone':
      if (guestAccount !== undefined) return sayGuestAccountGone(scene, 'pay');
      return say('pay-account-gone', {}, [{ label: 'button-pay', dialog: 'pay' }]);
    case 'guest':
    case 'phone-to-confirm':
      return turnAway(scene, ordered.outcome);
  }
}

async function sendInvoice({ invoice, say }: Scene<Office>, asked: Invoice, documents: readonly Door[]): Promise<void> {
  const { lines, totalKopecks: total, receipt } = asked;
  const texts = { title: 'pay-invoice-title', about: 'pay-invoice-about', line: 'pay-invoice-line' };
  const receiptTo = receipt === null ? 'nobody' : asked.receiptTo;
  const sent = await invoice(asked, texts, { count: lines.length, account: lines[0]?.account ?? '', total, receiptTo });
  if (!sent) await say('pay-invoice-failed', {}, documents);
}

function whyNotByCard(total: number, limits: CardLimits): WhyQr | undefined {
  if (!limits) return { why: 'none', limit: 0 };
  if (total < limits.leastKopecks) return { why: 'small', limit: limits.leastKopecks };
  if (total > limits.mostKopecks) return { why: 'large', limit: limits.mostKopecks };
  return undefined;
}

/** Where another sum of this one account would go by card. */
function anotherSum([first, second]: readonly PayLine[], { why }: WhyQr): Door[] {
  if (why === 'none' || !first?.link || second) return [];
  return [{ label: 'button-other-sum', dialog: 'pay', ref: first.link }];
}

const documentOf = ({ account, link }: PayLine): Door => ({
  label: 'button-bill-of',
  words: { account },
  dialog: 'bill',
  ref: link ?? '',
});
