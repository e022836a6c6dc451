import { isOlderDocument, type PaymentDocument, totalsOf } from '../../domain/payment-document.ts';
import { formatQuantity } from '../../domain/quantity.ts';
import type { Texts } from '../../texts/texts.ts';
import { writeAddress, writeDay, writeMoney, writeSum } from '../figures.ts';
import { type Block, boxed, paragraph, stack } from '../page/blocks.ts';
import { type LabelledValue, facts } from '../page/facts.ts';
import { GROUND, DOCUMENT_LOOK } from './look.ts';

type Say = Texts['text'];

/** Part 1: who pays for what dwelling, and to whom. */
export function payerPart(document: PaymentDocument, say: Say, width: number): Block {
  const { area, residents } = document.payer;
  const [payee, ...requisites] = payeeFacts(document, say);
  return stack(
    [
      paragraph(say('payment-document-part-payer'), width, DOCUMENT_LOOK.heading),
      facts(
        [
          { label: say('payment-document-payer'), value: document.payer.name, style: DOCUMENT_LOOK.strong },
          { label: say('payment-document-address'), value: writeAddress(document.payer.address) },
          { label: say('payment-document-account'), value: document.accountNumber, style: DOCUMENT_LOOK.account },
          { label: say('payment-document-unified'), value: document.unifiedNumber },
          {
            label: say('payment-document-area'),
            value: area === null ? null : formatQuantity(area, 'кв. м'),
          },
          {
            label: say('payment-document-residents'),
            value: residents === null ? null : formatQuantity(residents, 'чел.'),
          },
          ...(payee ? [{ ...payee, apart: true }, ...requisites] : []),
        ],
        width,
        { label: DOCUMENT_LOOK.label, value: DOCUMENT_LOOK.value },
      ),
      paragraph(payee ? '' : say('payment-document-no-payee'), width, DOCUMENT_LOOK.remark),
    ],
    4,
  );
}

/** The payee's requisites; none while the operator has not given them. */
export function payeeFacts({ payee }: PaymentDocument, say: Say): LabelledValue[] {
  if (!payee) return [];
  return [
    { label: say('payment-document-payee'), value: payee.name, style: DOCUMENT_LOOK.strong },
    { label: say('payment-document-inn'), value: payee.inn },
    { label: say('payment-document-payee-account'), value: payee.account },
    { label: say('payment-document-bank'), value: payee.bank },
    { label: say('payment-document-bic'), value: payee.bic },
    { label: say('payment-document-corr-account'), value: payee.corrAccount },
  ];
}

/** Part 2: how much, by when, and what it comes from; at least `height` high. */
export function duePart(document: PaymentDocument, say: Say, width: number, height: number): Block {
  const totals = totalsOf(document);
  const padding = 9;
  const inner = width - 2 * padding;
  const sum = stack([
    paragraph(say('payment-document-due', { period: document.period }), inner, DOCUMENT_LOOK.dueLabel),
    paragraph(writeMoney(Math.max(0, totals.dueKopecks)), inner, DOCUMENT_LOOK.due),
    paragraph(
      dueRemark(document, say),
      inner,
      isOlderDocument(document) || totals.dueKopecks <= 0 ? DOCUMENT_LOOK.remark : DOCUMENT_LOOK.payBy,
    ),
  ]);
  const wayThere = facts(calculation(document, say), inner, {
    label: DOCUMENT_LOOK.label,
    value: DOCUMENT_LOOK.value,
    align: 'right',
  });
  const heading = paragraph(say('payment-document-part-pay'), width, DOCUMENT_LOOK.heading);
  const box = boxed(stack([sum, wayThere], 7), { padding, ground: GROUND, height: height - heading.height - 4 });
  return stack([heading, box], 4);
}

function dueRemark(document: PaymentDocument, say: Say): string {
  const { dueKopecks } = totalsOf(document);
  if (isOlderDocument(document)) return say('payment-document-older', { latest: document.latestPeriod });
  if (dueKopecks > 0 && document.payBy === null) return say('payment-document-pay-by-unknown');
  if (dueKopecks > 0) return say('payment-document-pay-by', { day: writeDay(document.payBy ?? '') });
  if (dueKopecks === 0) return say('payment-document-nothing-due');
  return say('payment-document-overpaid', { sum: writeMoney(-dueKopecks) });
}

/** From what was owed before to what is due now; what is nought is left out, but for the two that everybody looks for. */
function calculation(document: PaymentDocument, say: Say): LabelledValue[] {
  const totals = totalsOf(document);
  const unlessNought = (kopecks: number) => (kopecks === 0 ? null : writeSum(kopecks));
  const opening = totals.openingKopecks < 0 ? 'advance' : totals.openingKopecks > 0 ? 'debt' : 'none';
  const last = document.lastPayment;
  return [
    { label: say(`payment-document-opening-${opening}`), value: writeSum(Math.abs(totals.openingKopecks)) },
    { label: say('payment-document-charged'), value: writeSum(totals.chargedKopecks) },
    { label: say('payment-document-recalculated'), value: unlessNought(totals.recalculatedKopecks) },
    { label: say('payment-document-benefit'), value: unlessNought(totals.benefitKopecks) },
    { label: say('payment-document-penalty'), value: unlessNought(totals.penaltyKopecks) },
    { label: say('payment-document-paid'), value: unlessNought(totals.paidKopecks) },
    totals.dueKopecks < 0
      ? { label: say('payment-document-total-overpaid'), value: writeSum(-totals.dueKopecks), style: DOCUMENT_LOOK.strong }
      : { label: say('payment-document-total'), value: writeSum(totals.dueKopecks), style: DOCUMENT_LOOK.strong },
    {
      label: say('payment-document-last-payment'),
      value: last && say('payment-document-last-payment-value', { day: writeDay(last.day), sum: writeMoney(last.sumKopecks) }),
    },
  ];
}
