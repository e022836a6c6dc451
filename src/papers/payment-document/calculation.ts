import { formatDecimal } from '../../domain/decimal.ts';
import { addSums, type Charge, type ChargeSums } from '../../domain/charge.ts';
import { isCommonHouse } from '../../domain/common-house.ts';
import { type PaymentDocument, type Performer, totalsOf } from '../../domain/payment-document.ts';
import { formatUnit } from '../../domain/quantity.ts';
import type { Texts } from '../../texts/texts.ts';
import { withoutStop, writeAddress, writeMoney, writeSum } from '../figures.ts';
import { type Block, paragraph, stack } from '../page/blocks.ts';
import { type TableCell, type TableColumn, type TableRow, table } from '../page/table.ts';
import { DOCUMENT_LOOK, TABLE } from './look.ts';
import { sayService } from './say-service.ts';

type Say = Texts['text'];

/** What the sums of a row are, from left to right: opening + charged + recalculated − benefit + penalty − paid = due. */
const SUMS = ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'due'] as const;
type Sum = (typeof SUMS)[number];
/** Where no row has any, the column gives its room to larger print, and a line below says so. */
const SELDOM: readonly Sum[] = ['recalculated', 'benefit', 'penalty'];
const NOTHING = '–';

/**
 * Part 3: each service with its volume, tariff and sums, and their totals; what is for the common property of the house stands apart where
 * the registry tells it. Where there are several suppliers, each service names its own: in words below it, or, `dense`, by a number that is
 * explained below the table.
 */
export function calculationPart(document: PaymentDocument, say: Say, width: number, dense: boolean): Block {
  const { lines, performers } = document;
  const suppliers = [...new Set(lines.map((line) => line.supplier).filter((supplier) => supplier !== ''))];
  const several = suppliers.length > 1;
  const [only] = suppliers;
  const heading =
    only === undefined || several
      ? say('payment-document-part-lines')
      : say('payment-document-part-lines-supplier', { supplier: only });
  const numbered = several && dense;
  const numberOf = (supplier: string) => (supplier === '' ? '' : String(suppliers.indexOf(supplier) + 1));
  const shown = SUMS.filter((sum) => !SELDOM.includes(sum) || lines.some((line) => line[`${sum}Kopecks`] !== 0));
  const absent = SUMS.filter((sum) => !shown.includes(sum));
  const sums = (of: ChargeSums, write: (kopecks: number) => string) => shown.map((sum) => write(of[`${sum}Kopecks`]));
  const row = (line: Charge): TableCell[] => [
    several && !dense ? { text: sayService(line, say), under: line.supplier } : sayService(line, say),
    ...(numbered ? [numberOf(line.supplier)] : []),
    line.unit === null ? '' : formatUnit(line.unit),
    line.volume === null ? '' : formatDecimal(line.volume),
    line.tariff === null ? '' : formatDecimal(line.tariff, 2),
    ...sums(line, (kopecks) => (kopecks === 0 ? NOTHING : writeSum(kopecks))),
  ];
  const totals = [
    say('payment-document-row-total'),
    ...(numbered ? [''] : []),
    '',
    '',
    '',
    ...sums(totalsOf(document), writeSum),
  ];
  const named = suppliers.map((supplier) => {
    const number = numbered ? `${numberOf(supplier)}\u00a0—\u00a0` : '';
    return {
      words: `${number}${performerWords(supplier, performers, say)}`,
      told: numbered || performers.some(({ name }) => name === supplier),
    };
  });
  const legend = named.flatMap(({ words, told }) => (told ? [withoutStop(words)] : [])).join(';  ');
  const notes = [
    ...(absent.length === 0 ? [] : [say('payment-document-none', { list: absentWords(absent, say) })]),
    ...(legend === '' ? [] : [say('payment-document-suppliers', { list: legend })]),
  ];
  return stack(
    [
      paragraph(heading, width, DOCUMENT_LOOK.heading),
      table(columns(say, numbered, shown), sectionsOf(lines, row, say), { width, look: TABLE, totals }),
      paragraph(notes.join(' '), width, DOCUMENT_LOOK.note),
    ],
    4,
  );
}

/** All rows; where some are for the common property, the flat's own first, each kind under its words and what was charged for it. */
function sectionsOf(lines: readonly Charge[], row: (line: Charge) => TableCell[], say: Say): TableRow[] {
  const common = lines.filter(({ service }) => isCommonHouse(service));
  const own = lines.filter(({ service }) => !isCommonHouse(service));
  if (common.length === 0 || own.length === 0) return lines.map(row);
  const section = (kind: 'own' | 'common', of: readonly Charge[]): TableRow => ({
    section: say(`payment-document-section-${kind}`, { sum: writeMoney(addSums(of).chargedKopecks) }),
  });
  return [section('own', own), ...own.map(row), section('common', common), ...common.map(row)];
}

/** A supplier by name, and how to reach it where that is known. */
function performerWords(name: string, performers: readonly Performer[], say: Say): string {
  const known = performers.find((performer) => performer.name === name);
  if (!known) return name;
  const { address, phone, hours, emergency } = known;
  const call = (number: string) => number.replaceAll(' ', '\u00a0');
  const details = [
    ...(address === null ? [] : [writeAddress(address)]),
    ...(phone === null ? [] : [say('payment-document-performer-phone', { number: call(phone) })]),
    ...(hours === null ? [] : [hours]),
    ...(emergency === null ? [] : [say('payment-document-performer-emergency', { number: call(emergency) })]),
  ];
  return details.length === 0 ? name : `${name}: ${details.join(', ')}`;
}

/** «перерасчётов, льгот и пеней» */
function absentWords(absent: readonly Sum[], say: Say): string {
  const words = absent.map((sum) => say(`payment-document-none-${sum}`));
  const [last = '', ...before] = words.toReversed();
  return before.length === 0 ? last : say('payment-document-none-list', { list: before.toReversed().join(', '), last });
}

function columns(say: Say, numbered: boolean, shown: readonly Sum[]): TableColumn[] {
  return [
    { head: say('payment-document-column-service'), kind: 'words' },
    ...(numbered ? [{ head: say('payment-document-column-supplier'), kind: 'figure' } as const] : []),
    { head: say('payment-document-column-unit'), kind: 'tag' },
    { head: say('payment-document-column-volume'), kind: 'figure' },
    { head: say('payment-document-column-tariff'), kind: 'figure' },
    ...shown.map((sum): TableColumn => ({ head: say(`payment-document-column-${sum}`), kind: 'figure', strong: sum === 'due' })),
  ];
}
