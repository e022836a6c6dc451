import { backoffMs, QUEUE_BACKOFF } from '../../../domain/backoff.ts';
import { later } from '../../../domain/durations.ts';
import {
  findNextRegistryOrder,
  markRegistryOrderTold,
  type OrderReport,
  type RegistryOrder,
  updateRegistryOrderBegun,
  updateRegistryOrderNotBegun,
  updateRegistryOrderPostponed,
  updateRegistryOrder,
} from '../../../records/registries/orders.ts';
import type { MessengerId } from '../../caller.ts';
import type { RegistryFile } from '../../edges.ts';
import { type ImportReport, type ImportWay } from '../import-registry.ts';
import { noteHeld } from '../noted.ts';
import { tellTaken } from '../notices.ts';
import { areMany, areManyClosing, RegistryHeld } from '../owner-changes.ts';
import { undoRegistryImport } from '../undo.ts';
import type { OrderEdges } from './edges.ts';
import { handExport, makeExport } from './export.ts';
import { takeFile, withFile } from './take-file.ts';
import { handRefused, tellState } from './tell.ts';
import { markUntold } from './untold.ts';
import type { OrderRefusal } from './words.ts';

/** With the backoff, about half an hour. */
const MOST_ATTEMPTS = 12;
/** So many processes may die over one thing to be done: the next would die, too, and nothing else would ever be done. */
const MOST_DEATHS = 3;

/**
 * Does what is to be done next about one order; false when there is none. A breakage is another try later; what processes died over is turned
 * away. Never throws.
 */
export async function workOffOrder(edges: OrderEdges): Promise<boolean> {
  let order: RegistryOrder | undefined;
  try {
    order = await findNextRegistryOrder(edges.db, edges.clock());
    if (!order) return false;
    if (order.begun < MOST_DEATHS) {
      await begin(edges, order);
      return true;
    }
    edges.onFailed(order, new DiedOver());
    await passOver(edges, order);
    return true;
  } catch (error) {
    edges.onFailed(order, error);
    if (!order) return false;
    return giveTime(edges, order).then(
      () => true,
      () => false,
    );
  }
}

/** Counted as begun until it ends, or until the process is told to end: what it does not finish then is nobody's death. */
async function begin(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const { db, staff, toldToEnd } = edges;
  let takenBack: Promise<void> | undefined;
  const takeBack = () => {
    takenBack = updateRegistryOrderNotBegun(db, order).catch((error: unknown) => edges.onFailed(order, error));
  };
  await updateRegistryOrderBegun(db, order.id);
  toldToEnd?.addEventListener('abort', takeBack);
  try {
    if (toldToEnd?.aborted) takeBack();
    if (await staff.isMember(order.messengerId as MessengerId)) await step(edges, order);
    else await leave(edges, order);
  } finally {
    toldToEnd?.removeEventListener('abort', takeBack);
    await takenBack;
  }
}

/** Without another look at what processes died over: what was done is told as it is. */
async function passOver(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  if (order.state.startsWith('to-')) await end(edges, order, 'died');
  else if (order.state === 'exported') await markUntold(edges, order);
  else await tell(edges, order);
}

class DiedOver extends Error {
  override name = 'DiedOver';
}

/**
 * Who asked for it is no member any more, and is handed nothing: what was decided as one («Провести») is done unheard, the rest is left;
 * what was exported keeps its number, by which the group has it.
 */
async function leave(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const { db, clock } = edges;
  if (order.state === 'to-apply' || order.state === 'to-undo') return step({ ...edges, voice: UNHEARD }, order);
  edges.onLeft(order);
  if (order.state.startsWith('to-')) await updateRegistryOrder(db, order, { state: 'dropped' }, clock(), true);
  else if (order.state === 'exported') await markUntold(edges, order);
  else await markRegistryOrderTold(db, order);
}

const UNHEARD: OrderEdges['voice'] = { show: async () => undefined, hand: async () => false };

async function step(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  switch (order.state) {
    case 'to-check':
      return refuse(edges, order, await withFile(edges, order, (file, sha256) => check(edges, order, file, sha256)));
    case 'to-apply':
      return refuse(edges, order, await withFile(edges, order, (file, sha256) => apply(edges, order, file, sha256)));
    case 'to-export':
      return makeExport(edges, order);
    case 'exported':
      return handExport(edges, order);
    case 'to-undo':
      return undo(edges, order);
    case 'undone':
    case 'checked':
    case 'applied':
    case 'refused':
    case 'dropped':
      return tellAgain(edges, order);
  }
}

async function check(edges: OrderEdges, order: RegistryOrder, file: RegistryFile, sha256: string): Promise<undefined> {
  let report: OrderReport | undefined;
  const done = await takeFile(edges, order, file, {
    dry: true,
    onDone: async (_, counts, contents) => void (report = reportOf(counts, contents)),
  });
  if (report && (await updateRegistryOrder(edges.db, order, { state: 'checked', report, sha256 }, edges.clock())))
    await tell(edges, { ...order, state: 'checked', report, trouble: null }, done.refusedFile);
}

async function apply(
  edges: OrderEdges,
  order: RegistryOrder,
  file: RegistryFile,
  sha256: string,
): Promise<OrderRefusal | undefined> {
  if (sha256 !== order.sha256) return 'changed';
  let applied: { report: OrderReport; importId: number | null } | undefined;
  const way: ImportWay = {
    owners: order.ownersMayChange ? 'any' : 'without-links',
    closings: order.ownersMayChange ? 'any' : 'few',
    async onDone(trx, counts, contents) {
      const report = reportOf(counts, contents);
      const { number } = counts;
      applied = { report, importId: number };
      // With the rows or not at all: a process that dies after this does not take them in again.
      const change = { state: 'applied' as const, report, ...(number !== null && { importId: number }) };
      if (!(await updateRegistryOrder(trx, order, change, edges.clock()))) throw new Error('the order was taken up twice');
      await tellTaken(trx, counts, { by: order.byName, key: `registry/${order.id}` }, edges.clock());
    },
  };
  try {
    const { refusedFile } = await takeFile(edges, order, file, way);
    if (applied) await tell(edges, { ...order, state: 'applied', ...applied }, refusedFile);
    return undefined;
  } catch (error) {
    // More residents have linked meanwhile than the check knew of.
    if (!(error instanceof RegistryHeld)) throw error;
    await noteHeld(edges.db, { who: order.messengerId, name: order.byName }, file.name, error, edges.clock());
    return 'owners';
  }
}

/** With its trace in the order or not at all, so that it is undone once. */
async function undo(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const { patientDb, clock, timeZone, readingRules } = edges;
  const by = { who: order.messengerId, name: order.byName };
  // A large import takes as long to undo as it took.
  const moved = await patientDb.transaction().execute(async (trx): Promise<RegistryOrder> => {
    const now = clock();
    const done = await undoRegistryImport(trx, order.importId ?? 0, { now, timeZone, by, readingRules });
    if (done.outcome === 'undone') {
      const { kind, removed, restored, links } = done;
      const report = { ...NOTHING_READ, kind, undone: { removed, restored, links } };
      await updateRegistryOrder(trx, order, { state: 'undone', report }, now);
      return { ...order, state: 'undone', report };
    }
    const on = 'on' in done ? ` ${done.on}` : 'account' in done ? ` ${done.account}` : '';
    const refusal: OrderRefusal = `undo: ${done.outcome}${on}`;
    await updateRegistryOrder(trx, order, { state: 'refused', refusal }, now);
    return { ...order, state: 'refused', trouble: refusal };
  });
  await tell(edges, moved);
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

async function tell(edges: OrderEdges, order: RegistryOrder, refusedFile?: string): Promise<void> {
  const told = await tellState(edges, order);
  // Whoever blocked us: of what was taken in the group has read, how many rows were refused included.
  if (!told && order.state !== 'applied') return markUntold(edges, order);
  if (told && refusedFile !== undefined && !(await handRefused(edges, order, refusedFile))) return markUntold(edges, order);
  await markRegistryOrderTold(edges.db, order);
}

/** What was told in part only, or by a process that died: the refused rows are found once more. */
async function tellAgain(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const done = order.state === 'checked' || order.state === 'applied';
  if (!done || !order.report?.refused) return tell(edges, order);
  const refusal = await withFile(edges, order, async (file) => {
    const { refusedFile } = await takeFile(edges, order, file, { dry: true });
    await tell(edges, order, refusedFile);
    return undefined;
  });
  if (refusal) await tell(edges, order);
}

async function refuse(edges: OrderEdges, order: RegistryOrder, refusal: OrderRefusal | undefined): Promise<void> {
  if (refusal === undefined) return;
  if (await updateRegistryOrder(edges.db, order, { state: 'refused', refusal }, edges.clock()))
    await tell(edges, { ...order, state: 'refused', trouble: refusal });
}

async function giveTime(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const { db, clock } = edges;
  if (order.attempts + 1 < MOST_ATTEMPTS)
    return updateRegistryOrderPostponed(db, order.id, later(clock(), backoffMs(order.attempts, QUEUE_BACKOFF)));
  await end(edges, order, 'broken');
}

/** It is tried no more; whoever asked for it is told so, and where that is what was tried in vain, the group. */
async function end(edges: OrderEdges, order: RegistryOrder, why: 'broken' | 'died'): Promise<void> {
  const { db, clock } = edges;
  // What was done stays done.
  if (!order.state.startsWith('to-')) return markUntold(edges, order);
  const refusal: OrderRefusal = order.state === 'to-undo' ? 'undo: broken' : why;
  await updateRegistryOrder(db, order, { state: 'refused', refusal }, clock());
}

function reportOf(
  {
    kind,
    layout,
    read,
    new: added,
    changed,
    unchanged,
    refused,
    dueDiffers,
    beside,
    owners,
    closings,
  }: Omit<ImportReport, 'refusedFile'>,
  contents: Pick<OrderReport, 'accounts' | 'from' | 'to' | 'sums' | 'firstRefused'>,
): OrderReport {
  const counted = {
    ...(beside && { beside }),
    ...(owners && { owners: { ...owners, many: areMany(owners) } }),
    ...(closings && { closings: { ...closings, many: areManyClosing(closings) } }),
  };
  const by = layout !== undefined && { layout };
  return { kind, ...by, read, new: added, changed, unchanged, refused, dueDiffers, ...contents, ...counted };
}
