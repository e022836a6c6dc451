import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely';
import type { Db, Trx } from '../database.ts';
import type { ExportKind } from '../exports.ts';
import type { RegistryKind } from './imports.ts';

/** What staff asked for in a private chat: a registry file to be taken in, an import to be undone, or an export. A worker does it. */
export type RegistryOrdersTable = {
  id: Generated<string>;
  /** In the order in which they were given. */
  entry: GeneratedAlways<number>;
  messengerId: ColumnType<string, string, never>;
  /** As colleagues see the person. */
  byName: ColumnType<string, string, never>;
  /** Whether the person was a senior when this was asked for. */
  senior: ColumnType<boolean, boolean, never>;
  what: ColumnType<OrderedWhat, OrderedWhat, never>;
  /** The messenger's handle of the file. */
  file: ColumnType<string | null, string | null, never>;
  fileName: ColumnType<string | null, string | null, never>;
  bytes: ColumnType<number | null, number | null, never>;
  /** The layout by which staff want the file read; null: as it is known by its name or its header. */
  layout: Generated<string | null>;
  sha256: Generated<string | null>;
  report: ColumnType<OrderReport | null, never, string>;
  /** A text of `src/texts` with its words, in place of a report. */
  trouble: ColumnType<string | null, never, string | null>;
  exportNumber: number | null;
  /** The import that came of it, or that is to be undone. */
  importId: number | null;
  /** A senior said yes to the change of owners, and to closing accounts. */
  ownersMayChange: Generated<boolean>;
  state: OrderState;
  madeAt: ColumnType<Date, Date, never>;
  stateAt: Date;
  message: Generated<string | null>;
  /** Whoever asked for it knows of the state that it is in: a row that is not told is work, also for a state that is an end. */
  told: boolean;
  /** Failures in this state, each an error that was caught. */
  attempts: Generated<number>;
  /** How often it was begun in this state and came to no end, not even to an error: so many processes died over it. */
  begun: Generated<number>;
  runAt: Date;
};

export type OrderedWhat = 'import' | 'undo' | ExportKind;

/**
 * An import: `to-check` → `checked` → `to-apply` → `applied`, or `dropped`; an export: `to-export` → `exported`; an undoing:
 * `to-undo` → `undone`. `refused`: it cannot be
 * done, and `trouble` says why.
 */
export type OrderState =
  | 'to-check'
  | 'checked'
  | 'to-apply'
  | 'applied'
  | 'to-export'
  | 'exported'
  | 'to-undo'
  | 'undone'
  | 'refused'
  | 'dropped';

/** What a registry file did, or would do. */
export type OrderReport = {
  kind: RegistryKind;
  /** By which layout it was read, where by one. */
  layout?: string;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  accounts: number;
  from: string | null;
  to: string | null;
  sums: Readonly<Record<string, number>>;
  firstRefused: readonly { line: number; reason: string }[];
  dueDiffers: { rows: number; lines: readonly number[] };
  /** New rows that are there already but for the supplier or the source. */
  beside?: { rows: number; lines: readonly number[] };
  /** Of a registry of accounts: how many owners change, of how many accounts, and how many links close; `many`: that wants a senior by itself. */
  owners?: { changed: number; of: number; links: number; many: boolean };
  /** The same of open accounts that close: how many, of how many accounts, and how many of them residents have. */
  closings?: { closing: number; of: number; linked: number; many: boolean };
  /** Of an import that was undone: the rows that went and came again, and the links that are open again. */
  undone?: { removed: number; restored: number; links: number };
};

export type RegistryOrder = Selectable<RegistryOrdersTable>;

const BEGINS: Partial<Record<OrderedWhat, OrderState>> = { import: 'to-check', undo: 'to-undo' };

/** The new order's id. */
export async function insertRegistryOrder(
  trx: Trx,
  order: Pick<RegistryOrder, 'messengerId' | 'byName' | 'senior' | 'what'> &
    Partial<Pick<RegistryOrder, 'file' | 'fileName' | 'bytes' | 'exportNumber' | 'importId'>>,
  now: Date,
): Promise<string> {
  const state = BEGINS[order.what] ?? 'to-export';
  const { id } = await trx
    .insertInto('registryOrders')
    .values({ ...order, state, madeAt: now, stateAt: now, told: false, runAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A person's own order, and nobody else changes it until the transaction ends. */
export async function lockRegistryOrder(trx: Trx, id: string, messengerId: string): Promise<RegistryOrder | undefined> {
  return trx
    .selectFrom('registryOrders')
    .selectAll()
    .where('id', '=', id)
    .where('messengerId', '=', messengerId)
    .forUpdate()
    .executeTakeFirst();
}

/** Orders of a person that have not come to their end. */
export async function countOpenRegistryOrders(db: Db, messengerId: string): Promise<number> {
  const { open } = await db
    .selectFrom('registryOrders')
    .select((e) => e.fn.countAll<number>().as('open'))
    .where('messengerId', '=', messengerId)
    .where('told', '=', false)
    .executeTakeFirstOrThrow();
  return open;
}

/** The next order that a worker has to do something about, the oldest first. */
export async function findNextRegistryOrder(db: Db, now: Date): Promise<RegistryOrder | undefined> {
  return db
    .selectFrom('registryOrders')
    .selectAll()
    .where('told', '=', false)
    .where('runAt', '<=', now)
    .orderBy('entry')
    .limit(1)
    .executeTakeFirst();
}

/** When there is one to be done something about again. */
export async function findNextRegistryOrderDue(db: Db): Promise<Date | undefined> {
  const { next } = await db
    .selectFrom('registryOrders')
    .where('told', '=', false)
    .select((e) => e.fn.min<Date | null>('runAt').as('next'))
    .executeTakeFirstOrThrow();
  return next ?? undefined;
}

type OrderChange = {
  state: OrderState;
  report?: OrderReport;
  sha256?: string;
  refusal?: string;
  exportNumber?: number;
  importId?: number;
  ownersMayChange?: boolean;
  layout?: string;
};

/** Brings an order from the state that it was found in to another one, which is then to be told; false when it was in another by now. */
export async function updateRegistryOrder(
  db: Db | Trx,
  order: Pick<RegistryOrder, 'id' | 'state'>,
  { report, refusal, ...change }: OrderChange,
  now: Date,
  told = false,
): Promise<boolean> {
  const [done] = await db
    .updateTable('registryOrders')
    .set({
      ...change,
      ...(report && { report: JSON.stringify(report) }),
      trouble: refusal ?? null,
      stateAt: now,
      told,
      attempts: 0,
      begun: 0,
      runAt: now,
    })
    .where('id', '=', order.id)
    .where('state', '=', order.state)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** The person has been told how it stands with an order in this state; false where that was so before, or it is in another by now. */
export async function markRegistryOrderTold(db: Db, { id, state }: Pick<RegistryOrder, 'id' | 'state'>): Promise<boolean> {
  const [done] = await db
    .updateTable('registryOrders')
    .set({ told: true, begun: 0 })
    .where('id', '=', id)
    .where('state', '=', state)
    .where('told', '=', false)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** An order is told there from now on. */
export async function updateRegistryOrderMessage(db: Db, id: string, message: string): Promise<void> {
  await db.updateTable('registryOrders').set({ message }).where('id', '=', id).execute();
}

/** Where an order is being told; null: nowhere yet. */
export async function findRegistryOrderMessage(db: Db, id: string): Promise<string | null> {
  const found = await db.selectFrom('registryOrders').select('message').where('id', '=', id).executeTakeFirst();
  return found?.message ?? null;
}

/** It is worked on from now on. Written before anything else is done about it: who dies over it can write nothing any more. */
export async function updateRegistryOrderBegun(db: Db, id: string): Promise<void> {
  await db
    .updateTable('registryOrders')
    .set((e) => ({ begun: e('begun', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Whatever ends the process now, it does not die over this order: it counts as before it was begun. */
export async function updateRegistryOrderNotBegun(
  db: Db,
  { id, state, begun }: Pick<RegistryOrder, 'id' | 'state' | 'begun'>,
): Promise<void> {
  await db
    .updateTable('registryOrders')
    .set({ begun })
    .where('id', '=', id)
    .where('state', '=', state)
    .where('begun', '>', begun)
    .execute();
}

/** An attempt failed; there will be another one. */
export async function updateRegistryOrderPostponed(db: Db, id: string, until: Date): Promise<void> {
  await db
    .updateTable('registryOrders')
    .set((e) => ({ attempts: e('attempts', '+', 1), begun: 0, runAt: until }))
    .where('id', '=', id)
    .execute();
}

/** Forgets orders older than `before`, however they ended. */
export async function deleteOldRegistryOrders(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('registryOrders').where('stateAt', '<', before).execute();
}
