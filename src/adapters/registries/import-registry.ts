import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../office/edges.ts';
import { sameOwner } from '../../office/registries/owners.ts';
import type { Trx } from '../../records/database.ts';
import type { RegistryKind } from '../../records/registry-imports.ts';
import { dbOnClient } from '../postgres/pool.ts';
import { type Contents, lookOver } from './contents.ts';
import type { RegistryFile } from './file.ts';
import { merge } from './merge.ts';
import { type MergePlan, PLANS } from './plans.ts';
import { refuseStaged } from './refusals.ts';
import { type RefusedRows, writeRefused } from './refused-file.ts';
import { type Staged, stage } from './staging.ts';

/** What one file did; `new + changed + unchanged + refused` is `read`, but for rows of charges and meters that vanished: they are among the changed. */
export type ImportReport = {
  kind: RegistryKind;
  name: string;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  /** Where the refused rows are. */
  refusedFile?: string;
  dueDiffers: Staged['dueDiffers'];
};

/** How a file is to be taken in other than by the command line. */
export type ImportWay = {
  /** All is done as ever, and undone at the end: the report says what a real import would. */
  dry?: boolean;
  /** Called in the import's transaction when all is done, with what people look at before they say yes. */
  onDone?: (trx: Trx, done: Omit<ImportReport, 'refusedFile'>, contents: Contents) => Promise<void>;
};

export type ImportDeps = {
  pool: Pool;
  clock: Clock;
  /** Called in the import's transaction with accounts whose owner is now another person, some at a time. */
  onOwnersChanged: (trx: Trx, accounts: string[]) => Promise<void>;
  /** Called in the import's transaction after payments were taken in. */
  onPaymentsTaken: (trx: Trx) => Promise<void>;
  /** The same, after answers on readings were. */
  onAnswersTaken: (trx: Trx) => Promise<void>;
  onRows?: (rows: number) => void;
};

/** Postgres takes 65 535 parameters in a statement. */
const OWNERS_AT_ONCE = 1_000;

/**
 * Takes one registry file in: all of it or, after any breakage, nothing. Readers are not held up; two imports at once take turns.
 * Refused rows are written to `FILE.refused.csv`, which is removed when there is none.
 */
export async function importRegistry(deps: ImportDeps, file: RegistryFile, way: ImportWay = {}): Promise<ImportReport> {
  const client = await deps.pool.connect();
  let broken = true;
  try {
    // Before the first temporary table of the connection, or Postgres does not take it any more.
    await client.query("select set_config('temp_buffers', '64MB', false)").catch(() => undefined);
    const report = await takeIn(deps, client, file, way);
    broken = false;
    return report;
  } finally {
    client.release(broken);
  }
}

/** Thrown to undo a dry run. */
class Undone extends Error {
  readonly done: Done;
  constructor(done: Done) {
    super('a dry run');
    this.done = done;
  }
}

type Done = { report: Omit<ImportReport, 'refusedFile'>; refusedFile: RefusedRows };

async function takeIn(deps: ImportDeps, client: PoolClient, file: RegistryFile, way: ImportWay): Promise<ImportReport> {
  const { layout, places } = file.header;
  const plan = PLANS[layout.kind];
  const present = new Set(layout.columns.filter((_, index) => places[index] !== -1).map((column) => column.field));
  const started = deps.clock();

  const done: Done = await dbOnClient(client)
    .transaction()
    .execute(async (trx): Promise<Done> => {
      await sql`select pg_advisory_xact_lock(hashtextextended('registries', 0))`.execute(trx);
      await sql`set local work_mem = '64MB'`.execute(trx);
      await sql`set local jit = off`.execute(trx);
      // Enough to choose a plan for rows that all look alike.
      await sql`set local default_statistics_target = 10`.execute(trx);
      const staged = await stage(trx, client, file, plan, deps.onRows ?? (() => undefined));
      const { refused, alikeRepeats } = await refuseStaged(trx, plan, staged);
      const moved = layout.kind === 'accounts' ? await changedOwners(trx) : [];
      const merged = await merge(trx, plan, present);
      if (layout.kind === 'payments') await deps.onPaymentsTaken(trx);
      if (layout.kind === 'reading_answers') await deps.onAnswersTaken(trx);
      for (let at = 0; at < moved.length; at += OWNERS_AT_ONCE)
        await deps.onOwnersChanged(trx, moved.slice(at, at + OWNERS_AT_ONCE));

      const accepted = staged.rows - refused - alikeRepeats;
      const counts = {
        read: staged.rows,
        new: merged.new,
        changed: merged.changed + merged.removed,
        unchanged: accepted - merged.new - merged.changed + alikeRepeats,
        refused,
      };
      await trx
        .insertInto('registry_imports')
        .values({
          kind: layout.kind,
          file_name: file.name,
          started_at: started,
          finished_at: deps.clock(),
          rows_read: counts.read,
          rows_new: counts.new,
          rows_changed: counts.changed,
          rows_unchanged: counts.unchanged,
          rows_refused: counts.refused,
          data_day: await dataDay(trx, plan),
        })
        .execute();
      const report = { kind: layout.kind, name: file.name, ...counts, dueDiffers: staged.dueDiffers };
      await way.onDone?.(trx, report, await lookOver(trx, plan));
      const took = { report, refusedFile: await writeRefused(trx, file, counts.refused) };
      if (way.dry) throw new Undone(took);
      return took;
    })
    .catch((error: unknown): Done => {
      if (error instanceof Undone) return error.done;
      throw error;
    });
  const refusedFile = await done.refusedFile.keep();
  return { ...done.report, ...(refusedFile && { refusedFile }) };
}

async function changedOwners(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ number: string; before: string; after: string }>`
    select a.number, a.owner_name as before, s.owner_name as after
    from staged as s join accounts as a using (number) where s.reason is null and a.owner_name <> s.owner_name
  `.execute(trx);
  return rows.filter((row) => !sameOwner(row.before, row.after)).map((row) => row.number);
}

async function dataDay(trx: Trx, plan: MergePlan): Promise<string | null> {
  if (plan.dataDay === undefined) return null;
  const { rows } = await sql<{ day: string | null }>`
    select (${sql.raw(plan.dataDay)})::date as day from staged where reason is null
  `.execute(trx);
  return rows[0]?.day ?? null;
}
