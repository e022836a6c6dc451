import type { ChargeSums } from '../../domain/charge.ts';
import { type PaymentDocument, totalsOf } from '../../domain/payment-document.ts';
import type { Texts } from '../../texts/texts.ts';
import { writeDecimal, writeSum } from '../figures.ts';
import { type Block, paragraph, stack } from '../page/blocks.ts';
import { type TableCell, type TableColumn, table } from '../page/table.ts';
import { DOCUMENT_LOOK, TABLE } from './look.ts';

type Say = Texts['text'];

/** What the sums of a row are, from left to right: opening + charged + recalculated − benefit + penalty − paid = due. */
const SUMS = ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'due'] as const;
const NOTHING = '–';

/**
 * Part 3: each service with its volume, tariff and sums, and their totals. Where there are several suppliers, each service names its own:
 * in words below it, or, `dense`, by a number that is explained below the table.
 */
export function calculationPart(document: PaymentDocument, say: Say, width: number, dense: boolean): Block {
  const suppliers = [...new Set(document.lines.map((line) => line.supplier).filter((supplier) => supplier !== ''))];
  const several = suppliers.length > 1;
  const [only] = suppliers;
  const heading =
    only === undefined || several
      ? say('payment-document-part-lines')
      : say('payment-document-part-lines-supplier', { supplier: only });
  const numbered = several && dense;
  const numberOf = (supplier: string) => (supplier === '' ? '' : String(suppliers.indexOf(supplier) + 1));
  const rows = document.lines.map((line): TableCell[] => [
    several && !dense ? { text: line.service, under: line.supplier } : line.service,
    ...(numbered ? [numberOf(line.supplier)] : []),
    line.unit ?? '',
    line.volume === null ? '' : writeDecimal(line.volume),
    line.tariff === null ? '' : writeDecimal(line.tariff, 2),
    ...sums(line, (kopecks) => (kopecks === 0 ? NOTHING : writeSum(kopecks))),
  ]);
  const totals = [
    say('payment-document-row-total'),
    ...(numbered ? [''] : []),
    '',
    '',
    '',
    ...sums(totalsOf(document), writeSum),
  ];
  const legend = suppliers.map((supplier) => `${numberOf(supplier)}\u00a0—\u00a0${supplier}`).join(';  ');
  return stack(
    [
      paragraph(heading, width, DOCUMENT_LOOK.heading),
      table(columns(say, numbered), rows, { width, look: TABLE, totals }),
      paragraph(numbered ? say('payment-document-suppliers', { list: legend }) : '', width, DOCUMENT_LOOK.note),
    ],
    4,
  );
}

function columns(say: Say, numbered: boolean): TableColumn[] {
  return [
    { head: say('payment-document-column-service'), kind: 'words' },
    ...(numbered ? [{ head: say('payment-document-column-supplier'), kind: 'figure' } as const] : []),
    { head: say('payment-document-column-unit'), kind: 'tag' },
    { head: say('payment-document-column-volume'), kind: 'figure' },
    { head: say('payment-document-column-tariff'), kind: 'figure' },
    ...SUMS.map((sum): TableColumn => ({ head: say(`payment-document-column-${sum}`), kind: 'figure', strong: sum === 'due' })),
  ];
}

function sums(of: ChargeSums, write: (kopecks: number) => string): TableCell[] {
  return SUMS.map((sum) => write(of[`${sum}Kopecks`]));
}
