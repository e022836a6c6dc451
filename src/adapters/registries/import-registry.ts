import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { type LocalDay, localDay } from '../../domain/local-day.ts';
import type { Clock } from '../../office/edges.ts';
import { boundsOf } from '../../office/registries/bounds.ts';
import type { Trx } from '../../records/database.ts';
import { insertImport, findNewestDay, findNextImportNumber, type RegistryKind } from '../../records/registry-imports.ts';
import { dbOnClient } from '../postgres/pool.ts';
import { type Contents, lookOver } from './contents.ts';
import type { RegistryFile } from './file.ts';
import { type Merged, merge } from './merge.ts';
import { findChangedOwners, isHeld, type OwnerChanges, OwnersHeld, type OwnerRule } from './owner-changes.ts';
import { PLANS } from './plans.ts';
import { refuseStaged } from './refusals.ts';
import { type RefusedRows, writeRefused } from './refused-file.ts';
import { keepWhatOwnersLose, watchSideEffects } from './side-effects.ts';
import { type Staged, stage } from './staging.ts';
import { lock } from '../../records/locks.ts';

/** What one file did; `new + changed + unchanged + refused` is `read`, but for rows of charges and meters that vanished: they are among the changed. */
export type ImportReport = {
  /** By which it can be undone; null for a dry run. */
  number: number | null;
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
  /** Of a registry of accounts. */
  owners?: OwnerChanges;
  /** A dry run's: the real one would not take the file in, for what it does to owners. */
  held?: true;
};

/** How a file is to be taken in other than by the command line. */
export type ImportWay = {
  /** All is done as ever, and undone at the end: the report says what a real import would. */
  dry?: boolean;
  /** Whose owners may change, `few` where nothing is said. What must not is `OwnersHeld`, or with `dry` said in the report. */
  owners?: OwnerRule;
  /** Taken for today where it is later: the made-up town has a calendar of its own. */
  upTo?: LocalDay;
  /** Called in the import's transaction when all is done, with what people look at before they say yes. */
  onDone?: (trx: Trx, done: Omit<ImportReport, 'refusedFile'>, contents: Contents) => Promise<void>;
};

export type ImportDeps = {
  pool: Pool;
  clock: Clock;
  /** Whose days are meant by «later than tomorrow». */
  timeZone: string;
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
  return onConnection(deps, async (client) => {
    const done = await dbOnClient(client)
      .transaction()
      .execute(async (trx) => {
        const took = await takeIn(deps, client, trx, file, way);
        if (way.dry) throw new Undone([took]);
        return took;
      })
      .catch((error: unknown): Done => {
        if (error instanceof Undone && error.done[0]) return error.done[0];
        throw error;
      });
    const refusedFile = await done.refusedFile.keep();
    return { ...done.report, ...(refusedFile && { refusedFile }) };
  });
}

export type DryRun = { report: Omit<ImportReport, 'refusedFile'>; contents: Contents };

/** What several files would do one after another, each upon what the ones before it bring; nothing is kept, nor written beside the files. */
export async function tryRegistries(
  deps: ImportDeps,
  files: readonly RegistryFile[],
  way: Pick<ImportWay, 'owners'> = {},
): Promise<DryRun[]> {
  const runs: DryRun[] = [];
  await onConnection(deps, async (client) => {
    await dbOnClient(client)
      .transaction()
      .execute(async (trx) => {
        for (const file of files) {
          await sql`savepoint before_file`.execute(trx);
          let contents: Contents | undefined;
          const onDone = async (_: Trx, __: unknown, found: Contents) => void (contents = found);
          const { report, refusedFile } = await takeIn(deps, client, trx, file, { ...way, dry: true, onDone });
          await refusedFile.drop();
          if (report.held) await sql`rollback to savepoint before_file`.execute(trx);
          if (contents) runs.push({ report, contents });
        }
        throw new Undone([]);
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
  });
  return runs;
}

async function onConnection<A>({ pool }: ImportDeps, work: (client: PoolClient) => Promise<A>): Promise<A> {
  const client = await pool.connect();
  let broken = true;
  try {
    // Before the first temporary table of the connection, or Postgres does not take it any more.
    await client.query("select set_config('temp_buffers', '64MB', false)").catch(() => undefined);
    const answer = await work(client);
    broken = false;
    return answer;
  } catch (error) {
    broken = !(error instanceof OwnersHeld);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Thrown to undo a dry run. */
class Undone extends Error {
  readonly done: readonly Done[];
  constructor(done: readonly Done[]) {
    super('a dry run');
    this.done = done;
  }
}

type Done = { report: Omit<ImportReport, 'refusedFile'>; refusedFile: RefusedRows };

/** In place of a number: what a dry run writes is undone. */
const NO_NUMBER = 0;

async function takeIn(deps: ImportDeps, client: PoolClient, trx: Trx, file: RegistryFile, way: ImportWay): Promise<Done> {
  const { layout, places } = file.header;
  const { kind } = layout;
  const plan = PLANS[kind];
  const present = new Set(layout.columns.filter((_, index) => places[index] !== -1).map((column) => column.field));
  const started = deps.clock();
  const day = localDay(started, deps.timeZone);
  const today = way.upTo !== undefined && way.upTo > day ? way.upTo : day;

  await lock(trx, 'registries');
  await sql`set local work_mem = '64MB'`.execute(trx);
  await sql`set local jit = off`.execute(trx);
  // Enough to choose a plan for rows that all look alike.
  await sql`set local default_statistics_target = 10`.execute(trx);
  const id = way.dry ? NO_NUMBER : await findNextImportNumber(trx);
  const staged = await stage(trx, client, file, plan, boundsOf(today), deps.onRows ?? (() => undefined));
  const { refused, alikeRepeats } = await refuseStaged(trx, plan, staged);
  const owners = kind === 'accounts' ? await findChangedOwners(trx) : undefined;
  const held = owners !== undefined && isHeld(owners.changes, way.owners ?? 'few');
  if (owners && held && !way.dry) throw new OwnersHeld(owners.changes);

  const effects = await watchSideEffects(trx, kind, started);
  const merged = await merge(trx, plan, present, id);
  if (kind === 'payments') await deps.onPaymentsTaken(trx);
  if (kind === 'reading_answers') await deps.onAnswersTaken(trx);
  await effects.keep(id);
  const accounts = owners?.accounts ?? [];
  for (let at = 0; at < accounts.length; at += OWNERS_AT_ONCE) {
    const moved = accounts.slice(at, at + OWNERS_AT_ONCE);
    await keepWhatOwnersLose(trx, id, moved);
    await deps.onOwnersChanged(trx, moved);
  }

  const counts = countsOf(staged.rows, refused, alikeRepeats, merged);
  const report = {
    number: way.dry ? null : id,
    kind,
    name: file.name,
    ...counts,
    dueDiffers: staged.dueDiffers,
    ...(owners && { owners: owners.changes }),
    ...(held && { held: true as const }),
  };
  if (!way.dry)
    await insertImport(trx, {
      id,
      kind,
      file_name: file.name,
      started_at: started,
      finished_at: deps.clock(),
      rows_read: counts.read,
      rows_new: counts.new,
      rows_changed: counts.changed,
      rows_unchanged: counts.unchanged,
      rows_refused: counts.refused,
      data_day: await findNewestDay(trx, kind, today),
      rests_on: merged.restsOn,
    });
  await way.onDone?.(trx, report, await lookOver(trx, plan));
  const refusedFile = await writeRefused(trx, file, counts.refused);
  // The next file of a dry run is in the same transaction.
  await sql`drop table if exists staged, strangers, repeats, vanished, watched, refusals`.execute(trx);
  return { report, refusedFile };
}

function countsOf(rows: number, refused: number, alikeRepeats: number, merged: Merged) {
  const accepted = rows - refused - alikeRepeats;
  return {
    read: rows,
    new: merged.new,
    changed: merged.changed + merged.removed,
    unchanged: accepted - merged.new - merged.changed + alikeRepeats,
    refused,
  };
}
