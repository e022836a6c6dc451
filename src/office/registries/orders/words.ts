import { orderRef } from '../../../domain/door-refs.ts';
import type { NoticeArgs } from '../../../records/notices.ts';
import type { OrderReport, RegistryOrder } from '../../../records/registries/orders.ts';
import { needsSenior, wantsSenior } from '../who-may.ts';
import type { Said } from '../../edges.ts';
import type { NoticeDoor } from '../../notices.ts';
import { besideWords } from '../notices.ts';
import { closingWords, ownerWords } from '../owner-changes.ts';
import { registryOf } from '../registries.ts';
import { orderName } from './order-name.ts';

/** How it stands with an order, as the person who gave it reads it; `isDescribed`: there are layouts by which a file may be read. */
export function wordsOf(order: RegistryOrder, isDescribed: boolean): Said | undefined {
  const { id, state, report, trouble: refusal } = order;
  const name = orderName(order);
  const byLayout: NoticeDoor = { label: 'button-choose-layout', dialog: 'registry-order', ref: orderRef('layout', id) };
  const again: NoticeDoor = { label: 'button-check-again', dialog: 'registry-order', ref: orderRef('again', id) };
  switch (state) {
    case 'checked': {
      if (!report) return undefined;
      const mayApply = order.senior || !wantsSenior(report);
      const apply: NoticeDoor = { label: 'button-apply', dialog: 'registry-order', ref: orderRef('apply', id) };
      const drop: NoticeDoor = { label: 'button-drop', dialog: 'registry-order', ref: orderRef('drop', id) };
      const brings = report.new + report.changed > 0;
      const next = brings
        ? mayApply
          ? 'apply'
          : needsSenior(report.kind)
            ? 'senior'
            : 'senior-owners'
        : report.refused > 0
          ? 'mend'
          : 'nothing';
      const doors = brings && mayApply ? [apply, again, drop] : [again];
      return { text: 'registry-checked', words: { name, next, ...reportWords(report) }, doors };
    }
    case 'applied':
      if (!report) return undefined;
      return {
        text: 'registry-applied',
        words: { name, ...reportWords(report), ...numberWords(order) },
        doors: undoDoors(order),
      };
    case 'undone':
      if (!report?.undone) return undefined;
      return { text: 'registry-undone', words: { ...numberWords(order), kind: report.kind, ...report.undone } };
    case 'refused':
      if (order.what === 'undo')
        return { text: 'registry-not-undone', words: { ...numberWords(order), ...undoRefusal(refusal) } };
      if (order.what !== 'import') return { text: 'export-broken', words: { kind: order.what } };
      return {
        text: 'registry-refused',
        words: { name, ...refusalWords(refusal) },
        doors: canTryAgain(refusal) ? [again] : isDescribed && isUnread(refusal) ? [byLayout] : [],
      };
    case 'dropped':
      return { text: 'registry-dropped', words: { name } };
    case 'to-check':
    case 'to-apply':
    case 'to-export':
    case 'exported':
    case 'to-undo':
      return undefined;
  }
}

const numberWords = ({ importId: id }: RegistryOrder) => ({ number: id === null ? 'none' : String(id) });

/** Under what a senior has taken in, and that is changed anything. */
function undoDoors({ senior, report, importId: id }: RegistryOrder): NoticeDoor[] {
  if (!senior || id === null || !report || report.new + report.changed === 0) return [];
  return [{ label: 'button-undo-import', dialog: 'undo-import', ref: String(id) }];
}

/** Why an order cannot be done: a sentence of ours about the file, or what became of it. */
export type OrderRefusal =
  | 'gone'
  | 'too-large'
  | 'changed'
  | 'owners'
  | 'broken'
  | 'died'
  | `unread: ${string}`
  | `undo: ${string}`;

function refusalWords(refusal: string | null): { refusal: string; why: string } {
  const why = refusal?.startsWith('unread: ') ? refusal.slice('unread: '.length) : '';
  return { refusal: why === '' ? (refusal ?? 'broken') : 'unread', why };
}

const isUnread = (refusal: string | null) => refusal?.startsWith('unread: ') ?? false;
const canTryAgain = (refusal: string | null) => refusal === 'changed' || refusal === 'owners' || refusal === 'broken';

/** `undo: rests 13` */
function undoRefusal(refusal: string | null): { why: string; on: string } {
  const [, why = 'broken', on = ''] = /^undo: (\S+)(?: (\S+))?$/.exec(refusal ?? '') ?? [];
  return { why, on };
}

function reportWords({
  kind,
  layout,
  sums,
  firstRefused,
  dueDiffers,
  beside,
  from,
  to,
  owners,
  closings,
  ...counts
}: OrderReport): NoticeArgs {
  const { charged = 0, due = 0, paid = 0 } = sums;
  const months = registryOf(kind).table.dated?.by === 'month';
  return {
    kind,
    layout: layout ?? 'none',
    read: counts.read,
    new: counts.new,
    changed: counts.changed,
    unchanged: counts.unchanged,
    refused: counts.refused,
    accounts: counts.accounts,
    span: from === null || to === null ? 'none' : months ? (from === to ? 'month' : 'months') : from === to ? 'day' : 'days',
    from: from === null ? '' : months ? from.slice(0, 7) : from,
    to: to === null ? '' : months ? to.slice(0, 7) : to,
    charged,
    due,
    paid,
    faults: firstRefused.map(({ line, reason }) => ({ text: 'registry-fault', words: { line: String(line), reason } })),
    moreFaults: counts.refused - firstRefused.length,
    ...ownerWords(owners),
    ownersMany: owners?.many ?? false,
    ...closingWords(closings),
    closingMany: closings?.many ?? false,
    differs: dueDiffers.rows,
    differsLines: dueDiffers.lines.join(', '),
    ...besideWords(beside),
  };
}
