import { goesByCard } from '../../domain/card-limits.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { MessengerId } from '../caller.ts';
import { type PayEdges, type PayWays, payWaysOf } from '../money/pay-ways.ts';
import type { NoticeDoor } from '../notices.ts';

/** Doors to what its reader can do where he reads it. */
export type DoorsOfReader = (reader: MessengerId) => NoticeDoor[];

/** Under a notice of something to be paid: one tap to the invoice or the QR code of what is to be paid then; of a link, or of all accounts. */
export function payNoticeDoors(restKopecks: Kopecks, edges: PayEdges, link?: string): DoorsOfReader {
  return (reader) => (restKopecks > 0 ? doorsOf(restKopecks, payWaysOf(edges, reader), link) : []);
}

function doorsOf(restKopecks: Kopecks, ways: PayWays, link: string | undefined): NoticeDoor[] {
  const ref = link === undefined ? {} : { ref: link };
  const doors: NoticeDoor[] = [];
  if (goesByCard(restKopecks, ways.cardLimits)) doors.push({ label: 'button-pay-by-card', dialog: 'pay-card', ...ref });
  if (ways.qr) doors.push({ label: 'button-qr', dialog: 'pay-qr', ...ref });
  return doors.length > 0 ? doors : [{ label: 'button-pay', dialog: 'pay', ...ref }];
}
