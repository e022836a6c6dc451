import { later, SECOND_MS } from '../../domain/durations.ts';
import { findLastImport, findLastUndone, type RegistryKind } from '../../records/registries/imports.ts';
import type { OfficeEdges } from '../edges.ts';
import type { PayEdges } from '../money/pay-ways.ts';
import { chargesScan } from './news-charges.ts';
import { paymentsScan } from './news-payments.ts';
import type { NewsScan } from './news-scans.ts';

/** Files of one call of the import come one after another: what they bring is told together. */
const SETTLED_MS = 10 * SECOND_MS;

/** What a registry that came in, or was undone, brings to tell: a new period's charges, a sum that is another one, payments that were posted. */
export async function registryScans(edges: PayEdges & Pick<OfficeEdges, 'db'>): Promise<NewsScan[]> {
  const { db, clock } = edges;
  const settled = later(clock(), -SETTLED_MS);
  /** What names the scan: the last registry, and one that was undone after it, upon which there is something else to tell. */
  const roundOf = async (kind: RegistryKind) => {
    const last = await findLastImport(db, kind);
    if (!last || last.finishedAt > settled) return undefined;
    const undone = await findLastUndone(db, kind);
    if (!undone || undone.undoneAt < last.finishedAt) return String(last.id);
    return undone.undoneAt <= settled ? `${last.id}/without-${undone.id}` : undefined;
  };
  const charges = await roundOf('charges');
  const payments = await roundOf('payments');
  return [
    ...(charges === undefined ? [] : [chargesScan(charges, edges)]),
    ...(payments === undefined ? [] : [paymentsScan(payments, edges)]),
  ];
}
