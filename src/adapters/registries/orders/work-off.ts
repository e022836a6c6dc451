import { backoffMs } from '../../../delivery/backoff.ts';
import { later } from '../../../domain/durations.ts';
import type { MessengerId } from '../../../office/caller.ts';
import { postNotice } from '../../../office/notices.ts';
import { undoImport } from '../../../office/registry-undo.ts';
import {
  markOrderTold,
  updateRegistryOrder,
  findNextOrder,
  type OrderReport,
  updateOrderPostponed,
  type RegistryOrder,
} from '../../../records/registry-orders.ts';
import { nameOfError } from '../../name-of-error.ts';
import { openDb } from '../../postgres/pool.ts';
import type { RegistryFile } from '../file.ts';
import type { ImportReport, ImportWay } from '../import-registry.ts';
import { areMany, OwnersHeld, ownerWords } from '../owner-changes.ts';
import { handExport, makeExport } from './export.ts';
import type { OrderParts } from './parts.ts';
import { takeFile, withFile } from './take-file.ts';
import { handRefused, tellState } from './tell.ts';
import type { Trouble } from './words.ts';

/** With the backoff, about half an hour. */
const MOST_ATTEMPTS = 12;

/** Does what is to be done next about one order; false when there is none. A breakage is another try later. Never throws. */
export async function workOffOrder(parts: OrderParts): Promise<boolean> {
  const { db, clock, log } = parts;
  let order: RegistryOrder | undefined;
  try {
    order = await findNextOrder(db, clock());
    if (!order) return false;
    if (await parts.staff.isMember(order.messenger_id as MessengerId)) await step(parts, order);
    else await leave(parts, order);
    return true;
  } catch (error) {
    const reason = nameOfError(error);
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
  if (order.state === 'to-conduct' || order.state === 'to-undo') return step({ ...parts, voice: UNHEARD }, order);
  log.warn({ order: order.id, state: order.state }, 'an order of a registry is left: its giver is no member of staff any more');
  if (order.state.startsWith('to-')) await updateRegistryOrder(db, order, { state: 'dropped' }, clock(), true);
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
    case 'to-undo':
      return undo(parts, order);
    case 'undone':
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
  if (report && (await updateRegistryOrder(parts.db, order, { state: 'checked', report, sha256 }, parts.clock())))
    await tell(parts, { ...order, state: 'checked', report, trouble: null }, done.refusedFile);
}

async function conduct(
  parts: OrderParts,
  order: RegistryOrder,
  file: RegistryFile,
  sha256: string,
): Promise<Trouble | undefined> {
  if (sha256 !== order.sha256) return 'changed';
  let conducted: { report: OrderReport; import_id: number | null } | undefined;
  const way: ImportWay = {
    owners: order.owners_may_change ? 'any' : 'without-links',
    async onDone(trx, counts, contents) {
      const report = reportOf(counts, contents);
      const { number } = counts;
      conducted = { report, import_id: number };
      // With the rows or not at all: a process that dies after this does not take them in again.
      if (
        !(await updateRegistryOrder(
          trx,
          order,
          { state: 'conducted', report, ...(number !== null && { import_id: number }) },
          parts.clock(),
        ))
      )
        throw new Error('the order was taken up twice');
      const { kind, read, changed, refused } = report;
      const words = {
        number: String(number),
        kind,
        name: counts.name,
        read,
        new: report.new,
        changed,
        refused,
        ...ownerWords(counts.owners),
        by: order.by_name,
      };
      await postNotice(trx, { to: 'staff', text: 'staff-registry-taken', words, key: `registry/${order.id}` }, parts.clock());
    },
  };
  try {
    const { refusedFile } = await takeFile(parts, order, file, way);
    if (conducted) await tell(parts, { ...order, state: 'conducted', ...conducted }, refusedFile);
    return undefined;
  } catch (error) {
    // More residents have linked meanwhile than the check knew of.
    if (error instanceof OwnersHeld) return 'owners';
    throw error;
  }
}

/** With its trace in the order or not at all, so that it is undone once. */
async function undo(parts: OrderParts, order: RegistryOrder): Promise<void> {
  const { pool, clock, timeZone } = parts;
  const by = { who: order.messenger_id, name: order.by_name };
  // A large import takes as long to undo as it took.
  const moved = await openDb(pool)
    .transaction()
    .execute(async (trx): Promise<RegistryOrder> => {
      const now = clock();
      const done = await undoImport(trx, order.import_id ?? 0, { now, timeZone, by });
      if (done.outcome === 'undone') {
        const { kind, removed, restored, links } = done;
        const report = { ...NOTHING_READ, kind, undone: { removed, restored, links } };
        await updateRegistryOrder(trx, order, { state: 'undone', report }, now);
        return { ...order, state: 'undone', report };
      }
      const on = 'on' in done ? ` ${done.on}` : 'account' in done ? ` ${done.account}` : '';
      const trouble: Trouble = `undo: ${done.outcome}${on}`;
      await updateRegistryOrder(trx, order, { state: 'refused', trouble }, now);
      return { ...order, state: 'refused', trouble };
    });
  await tell(parts, moved);
}

const NOTHING_READ: Omit<OrderReport, 'kind'> = {
  read: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  accounts: 0,
  from: null,
  to: null,
  sums: {},
  firstRefused: [],
  dueDiffers: { rows: 0, lines: [] },
};

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
  if (await updateRegistryOrder(parts.db, order, { state: 'refused', trouble }, parts.clock()))
    await tell(parts, { ...order, state: 'refused', trouble });
}

async function giveTime({ db, clock }: OrderParts, order: RegistryOrder): Promise<void> {
  if (order.attempts + 1 < MOST_ATTEMPTS) return updateOrderPostponed(db, order.id, later(clock(), backoffMs(order.attempts)));
  // What was done stays done, also where nobody could be told.
  if (!order.state.startsWith('to-')) await markOrderTold(db, order);
  else
    await updateRegistryOrder(
      db,
      order,
      { state: 'refused', trouble: order.state === 'to-undo' ? 'undo: broken' : 'broken' },
      clock(),
    );
}

function reportOf(
  { kind, read, new: added, changed, unchanged, refused, dueDiffers, owners }: Omit<ImportReport, 'refusedFile'>,
  contents: Pick<OrderReport, 'accounts' | 'from' | 'to' | 'sums' | 'firstRefused'>,
): OrderReport {
  const many = owners && { owners: { ...owners, many: areMany(owners) } };
  return { kind, read, new: added, changed, unchanged, refused, dueDiffers, ...contents, ...many };
}
