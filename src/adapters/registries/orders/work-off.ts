import { later } from '../../../domain/durations.ts';
import type { MessengerId } from '../../../office/caller.ts';
import { postNotice } from '../../../office/notices.ts';
import {
  markOrderTold,
  moveOrder,
  nextOrder,
  type OrderReport,
  postponeOrder,
  type RegistryOrder,
} from '../../../records/registry-orders.ts';
import type { RegistryFile } from '../file.ts';
import type { ImportReport } from '../import-registry.ts';
import { handExport, makeExport } from './export.ts';
import type { OrderParts } from './parts.ts';
import { takeFile, withFile } from './take-file.ts';
import { handRefused, tellState } from './tell.ts';
import type { Trouble } from './words.ts';

const LONGEST_BACKOFF_MS = 300_000;
/** With the backoff, about half an hour. */
const MOST_ATTEMPTS = 12;

/** Does what is to be done next about one order; false when there is none. A breakage is another try later. Never throws. */
export async function workOffOrder(parts: OrderParts): Promise<boolean> {
  const { db, clock, log } = parts;
  let order: RegistryOrder | undefined;
  try {
    order = await nextOrder(db, clock());
    if (!order) return false;
    if (await parts.staff.isMember(order.messenger_id as MessengerId)) await step(parts, order);
    else await leave(parts, order);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    log.warn({ order: order?.id, state: order?.state, reason }, 'an order of a registry could not be worked off');
    if (!order) return false;
    return giveTime(parts, order).then(
      () => true,
      () => false,
    );
  }
}

/**
 * Who asked for it is no member any more, and is handed nothing: what was decided as one («Провести») is done unheard, the rest is left;
 * what was exported keeps its number.
 */
async function leave(parts: OrderParts, order: RegistryOrder): Promise<void> {
  const { db, clock, log } = parts;
  if (order.state === 'to-conduct') return step({ ...parts, voice: UNHEARD }, order);
  log.warn({ order: order.id, state: order.state }, 'an order of a registry is left: its giver is no member of staff any more');
  if (order.state.startsWith('to-')) await moveOrder(db, order, { state: 'dropped' }, clock(), true);
  else await markOrderTold(db, order);
}

const UNHEARD: OrderParts['voice'] = { show: async () => undefined, hand: async () => false };

async function step(parts: OrderParts, order: RegistryOrder): Promise<void> {
  switch (order.state) {
    case 'to-check':
      return refuse(parts, order, await withFile(parts, order, (file, sha256) => check(parts, order, file, sha256)));
    case 'to-conduct':
      return refuse(parts, order, await withFile(parts, order, (file, sha256) => conduct(parts, order, file, sha256)));
    case 'to-export':
      return makeExport(parts, order);
    case 'exported':
      return handExport(parts, order);
    case 'checked':
    case 'conducted':
    case 'refused':
    case 'dropped':
      return tellAgain(parts, order);
  }
}

async function check(parts: OrderParts, order: RegistryOrder, file: RegistryFile, sha256: string): Promise<undefined> {
  let report: OrderReport | undefined;
  const done = await takeFile(parts, order, file, {
    dry: true,
    onDone: async (_, counts, contents) => void (report = reportOf(counts, contents)),
  });
  if (report && (await moveOrder(parts.db, order, { state: 'checked', report, sha256 }, parts.clock())))
    await tell(parts, { ...order, state: 'checked', report, trouble: null }, done.refusedFile);
}

async function conduct(
  parts: OrderParts,
  order: RegistryOrder,
  file: RegistryFile,
  sha256: string,
): Promise<Trouble | undefined> {
  if (sha256 !== order.sha256) return 'changed';
  let report: OrderReport | undefined;
  const done = await takeFile(parts, order, file, {
    async onDone(trx, counts, contents) {
      report = reportOf(counts, contents);
      // With the rows or not at all: a process that dies after this does not take them in again.
      if (!(await moveOrder(trx, order, { state: 'conducted', report }, parts.clock())))
        throw new Error('the order was taken up twice');
      const { kind, read, changed, refused } = report;
      const words = { kind, name: counts.name, read, new: report.new, changed, refused, by: order.by_name };
      await postNotice(trx, { to: 'staff', text: 'staff-registry-taken', words, key: `registry/${order.id}` }, parts.clock());
    },
  });
  if (report) await tell(parts, { ...order, state: 'conducted', report }, done.refusedFile);
  return undefined;
}

async function tell(parts: OrderParts, order: RegistryOrder, refusedFile?: string): Promise<void> {
  if ((await tellState(parts, order)) && refusedFile !== undefined) await handRefused(parts, order, refusedFile);
  await markOrderTold(parts.db, order);
}

/** What was told in part only, or by a process that died: the refused rows are found once more. */
async function tellAgain(parts: OrderParts, order: RegistryOrder): Promise<void> {
  const done = order.state === 'checked' || order.state === 'conducted';
  if (!done || !order.report?.refused) return tell(parts, order);
  const trouble = await withFile(parts, order, async (file) => {
    const { refusedFile } = await takeFile(parts, order, file, { dry: true });
    await tell(parts, order, refusedFile);
    return undefined;
  });
  if (trouble) await tell(parts, order);
}

async function refuse(parts: OrderParts, order: RegistryOrder, trouble: Trouble | undefined): Promise<void> {
  if (trouble === undefined) return;
  if (await moveOrder(parts.db, order, { state: 'refused', trouble }, parts.clock()))
    await tell(parts, { ...order, state: 'refused', trouble });
}

async function giveTime({ db, clock }: OrderParts, order: RegistryOrder): Promise<void> {
  if (order.attempts + 1 < MOST_ATTEMPTS)
    return postponeOrder(db, order.id, later(clock(), Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** order.attempts)));
  // What was done stays done, also where nobody could be told.
  if (!order.state.startsWith('to-')) await markOrderTold(db, order);
  else await moveOrder(db, order, { state: 'refused', trouble: 'broken' }, clock());
}

function reportOf(
  { kind, read, new: added, changed, unchanged, refused, dueDiffers }: Omit<ImportReport, 'refusedFile'>,
  contents: Pick<OrderReport, 'accounts' | 'from' | 'to' | 'sums' | 'firstRefused'>,
): OrderReport {
  return { kind, read, new: added, changed, unchanged, refused, dueDiffers, ...contents };
}
