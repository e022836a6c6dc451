import { formatDecimal } from '../../domain/decimal.ts';
import { dayAfter } from '../../domain/debt.ts';
import type { Charge } from '../../domain/charge.ts';
import { formatUnit } from '../../domain/quantity.ts';
import type { PaymentDocument } from '../../domain/payment-document.ts';
import type { Texts } from '../../texts/texts.ts';
import { withoutStop, writeDay, writeSum } from '../figures.ts';
import { type Block, beside, paragraph, space, stack } from '../page/blocks.ts';
import { type TableCell, table } from '../page/table.ts';
import { GAP, DOCUMENT_LOOK, TABLE } from './look.ts';
import { sayService } from './say-service.ts';

type Say = Texts['text'];

const NOTHING = '–';

/** How much of the page's width the norms take beside the meters. */
const NORMS = 0.3;

/** Part 4: norms and meters, side by side or, `dense`, the norms as one paragraph; nothing of height where the registries have neither. */
export function referencePart(document: PaymentDocument, say: Say, width: number, dense: boolean): Block {
  const norms = normsOf(document.lines, say);
  const heading = paragraph(say('payment-document-part-reference'), width, DOCUMENT_LOOK.heading);
  if (norms.length === 0 && document.meters.length === 0) return space(0);
  if (document.meters.length === 0)
    return stack([heading, dense ? normsLine(norms, say, width) : normsTable(norms, say, width)], 4);
  if (norms.length === 0) return stack([heading, metersTable(document, say, width)], 4);
  if (dense) return stack([heading, metersTable(document, say, width), normsLine(norms, say, width)], 4);
  const left = width * NORMS;
  return stack([heading, beside([normsTable(norms, say, left), metersTable(document, say, width - left - GAP)], GAP)], 4);
}

type Norm = { service: string; norm: string; unit: string };

/** A service of several suppliers has its norm once. */
function normsOf(lines: readonly Charge[], say: Say): Norm[] {
  const norms = lines.flatMap((line) =>
    line.norm === null ? [] : [{ service: sayService(line, say), norm: line.norm, unit: line.unit ?? '' }],
  );
  return [...new Map(norms.map((each) => [JSON.stringify(each), each])).values()];
}

function normsTable(norms: readonly Norm[], say: Say, width: number): Block {
  return table(
    [
      { head: say('payment-document-column-service'), kind: 'words' },
      { head: say('payment-document-column-norm'), kind: 'figure' },
      { head: say('payment-document-column-unit'), kind: 'tag' },
    ],
    norms.map(({ service, norm, unit }) => [service, formatDecimal(norm), formatUnit(unit)]),
    { width, look: TABLE },
  );
}

function normsLine(norms: readonly Norm[], say: Say, width: number): Block {
  const list = norms.map(
    ({ service, norm, unit }) => `${service}\u00a0—\u00a0${[formatDecimal(norm), formatUnit(unit)].join('\u00a0').trim()}`,
  );
  return paragraph(say('payment-document-norms', { list: withoutStop(list.join(';  ')) }), width, DOCUMENT_LOOK.note);
}

function metersTable({ meters, period }: PaymentDocument, say: Say, width: number): Block {
  const afterPeriod = dayAfter(period);
  const previousDay = onlyDay(meters.map(({ previous }) => previous?.day ?? null));
  const valueDay = onlyDay(meters.map((meter) => meter.valueDay));
  return table(
    [
      { head: say('payment-document-column-service'), kind: 'words' },
      { head: say('payment-document-column-meter'), kind: 'words' },
      { head: headOf('previous', previousDay, say), kind: 'figure' },
      { head: headOf('value', valueDay, say), kind: 'figure' },
      { head: say('payment-document-column-used'), kind: 'figure', strong: true },
      { head: say('payment-document-column-verification'), kind: 'figure' },
    ],
    meters.map(({ service, number, scale, previous, value, valueDay: day, used, verificationDue }) => [
      service,
      scale === '' ? say('payment-document-meter', { number }) : say('payment-document-meter-scale', { number, scale }),
      previous === null ? NOTHING : shownValue(previous.value, previousDay ? null : previous.day),
      value === null ? NOTHING : shownValue(value, valueDay ? null : day),
      used === null ? NOTHING : formatDecimal(used),
      verificationDue === null ? '' : verification(verificationDue, afterPeriod, say),
    ]),
    { width, look: TABLE },
  );
}

/** The day, where all values are of one. */
function onlyDay(days: readonly (string | null)[]): string | undefined {
  const known = [...new Set(days.filter((day) => day !== null))];
  return known.length === 1 ? known[0] : undefined;
}

function headOf(column: 'previous' | 'value', day: string | undefined, say: Say): string {
  return day === undefined
    ? say(`payment-document-column-${column}`)
    : say(`payment-document-column-${column}-on`, { day: writeDay(day) });
}

/** A value over its day, where its head does not say that. */
function shownValue(value: string, day: string | null): TableCell {
  return { text: formatDecimal(value), under: day === null ? '' : writeDay(day) };
}

/** Whether the verification ran out before the period's end; a later day would change the page by itself. */
function verification(due: string, afterPeriod: string, say: Say): string {
  return due < afterPeriod ? say('payment-document-verification-over', { day: writeDay(due) }) : writeDay(due);
}

/** Part 5: what was recalculated and why; nothing of height where nothing was. */
export function recalculationsPart({ lines }: PaymentDocument, say: Say, width: number): Block {
  const recalculated = lines.filter((line) => line.recalculatedKopecks !== 0 || line.grounds !== null);
  if (recalculated.length === 0) return space(0);
  return stack(
    [
      paragraph(say('payment-document-part-recalculations'), width, DOCUMENT_LOOK.heading),
      table(
        [
          { head: say('payment-document-column-service'), kind: 'words' },
          { head: say('payment-document-column-grounds'), kind: 'words' },
          { head: say('payment-document-column-recalculated-sum'), kind: 'figure' },
        ],
        recalculated.map((line) => [
          sayService(line, say),
          line.grounds ?? say('payment-document-no-grounds'),
          writeSum(line.recalculatedKopecks),
        ]),
        { width, look: TABLE },
      ),
    ],
    4,
  );
}
