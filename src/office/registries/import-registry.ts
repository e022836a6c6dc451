import { type LocalDay, localDay } from '../../domain/local-day.ts';
import type { Trx } from '../../records/database.ts';
import {
  type Contents,
  countBeside,
  countRefusalCauses,
  type LookedAt,
  type RefusalCauses,
  sumContents,
} from '../../records/registries/contents.ts';
import { findMeeting, type Merged, mergeStaged } from '../../records/registries/merge.ts';
import { countAccountsClosing } from '../../records/registries/owners.ts';
import { insertWhatOwnersLose } from '../../records/registries/side-effects.ts';
import { type CopyIn, dropStaged, lockForImport } from '../../records/registries/staged.ts';
import { findNewestDay, findNextImportNumber, insertImport, type RegistryKind } from '../../records/registries/imports.ts';
import { inSavepoint } from '../../records/savepoint.ts';
import type { Clock, ImportConnection, RefusedRows, RegistryFile } from '../edges.ts';
import { type ReadingRules, USUAL_READING_RULES } from '../readings/reading-answers.ts';
import { closeLinksOfFormerOwners } from '../accounts/links.ts';
import {
  type AccountClosings,
  type ClosingRule,
  findChangedOwners,
  type Held,
  type OwnerChanges,
  type OwnerRule,
  RegistryHeld,
  whyHeld,
} from './owner-changes.ts';
import { boundsOf } from './reading/bounds.ts';
import { refuseStaged } from './refusals.ts';
import { refusedLines } from './refused-rows.ts';
import { type Registry, valuesOf } from './registry.ts';
import { type Staged, stage } from './staging.ts';

/** What one file did; `new + changed + unchanged + refused` is `read`, but for rows of charges and meters that vanished: they are among the changed. */
export type ImportReport = {
  /** By which it can be undone; null for a dry run. */
  number: number | null;
  kind: RegistryKind;
  name: string;
  /** By which layout it was read, where by one. */
  layout?: string;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  /** Why, where any were. */
  causes?: RefusalCauses;
  /** Where the refused rows are. */
  refusedFile?: string;
  /** What could not be done about those of a former import. */
  refusedProblem?: string;
  dueDiffers: Staged['dueDiffers'];
  /** New rows that are there already but for the supplier or the source: where that is only spelled otherwise, they are there twice from now on. */
  beside?: LookedAt;
  /** Of a registry of accounts. */
  owners?: OwnerChanges;
  closings?: AccountClosings;
  /** A dry run's: the real one would not take the file in, for what it does to owners or for the accounts that it closes. */
  held?: Held;
};

/** How a file is to be taken in other than by the command line. */
export type ImportWay = {
  /** All that the report tells of is done as ever, and undone at the end: it says what a real import would. */
  dry?: boolean;
  /** Whose owners may change, and what may close, `few` where nothing is said. What must not is `RegistryHeld`, or with `dry` said in the report. */
  owners?: OwnerRule;
  closings?: ClosingRule;
  /** Taken for today where it is later: the made-up town has a calendar of its own. */
  upTo?: LocalDay;
  /** Called in the import's transaction when all is done, with what people look at before they say yes. */
  onDone?: (trx: Trx, done: Omit<ImportReport, 'refusedFile'>, contents: Contents) => Promise<void>;
};

export type ImportEdges = {
  connection: ImportConnection;
  clock: Clock;
  /** Whose days are meant by «later than tomorrow». */
  timeZone: string;
  /** By what those who handed in readings are told of them. The usual rules, where nothing is said. */
  readingRules?: Omit<ReadingRules, 'timeZone'> | undefined;
  onRows?: (rows: number) => void;
};

/** Postgres takes 65 535 parameters in a statement. */
const OWNERS_AT_ONCE = 1_000;

/**
 * Takes one registry file in: all of it or, after any breakage, nothing. Readers are not held up; two imports at once take turns.
 * Refused rows are written to `FILE.refused.csv`, which is removed when there is none; where that fails afterwards, the report says so.
 */
export async function importRegistry(edges: ImportEdges, file: RegistryFile, way: ImportWay = {}): Promise<ImportReport> {
  const done = await edges.connection(async (db, copyIn) =>
    db
      .transaction()
      .execute(async (trx) => {
        const took = await takeIn(edges, copyIn, trx, file, way);
        if (way.dry) throw new Undone([took]);
        return took;
      })
      .catch((error: unknown): ImportDone | RegistryHeld => {
        if (error instanceof Undone && error.done[0]) return error.done[0];
        // Nothing is wrong with the connection.
        if (error instanceof RegistryHeld) return error;
        throw error;
      }),
  );
  if (done instanceof RegistryHeld) throw done;
  const { path: refusedFile, problem: refusedProblem } = await done.refusedRows.keep();
  return {
    ...done.report,
    ...(refusedFile !== undefined && { refusedFile }),
    ...(refusedProblem !== undefined && { refusedProblem }),
  };
}

export type DryRun = { report: Omit<ImportReport, 'refusedFile'>; contents: Contents };

/** What several files would do one after another, each upon what the ones before it bring; nothing is kept, nor written beside the files. */
export async function tryRegistries(
  edges: ImportEdges,
  files: readonly RegistryFile[],
  way: Pick<ImportWay, 'owners' | 'closings'> = {},
): Promise<DryRun[]> {
  const runs: DryRun[] = [];
  await edges.connection(async (db, copyIn) => {
    await db
      .transaction()
      .execute(async (trx) => {
        for (const file of files)
          await inSavepoint(trx, async () => {
            let contents: Contents | undefined;
            const onDone = async (_: Trx, __: unknown, found: Contents) => void (contents = found);
            const { report } = await takeIn(
              edges,
              copyIn,
              trx,
              { ...file, writeRefused: writeNone },
              { ...way, dry: true, onDone },
            );
            if (contents) runs.push({ report, contents });
            return report.held ? 'undo' : 'keep';
          });
        throw new Undone([]);
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
  });
  return runs;
}

/** Of a dry run's refused rows the causes are told alone: the file may lie where nothing can be written. */
const writeNone = async (): Promise<RefusedRows> => ({ keep: async () => ({}) });

/** Thrown to undo a dry run. */
class Undone extends Error {
  readonly done: readonly ImportDone[];
  constructor(done: readonly ImportDone[]) {
    super('a dry run');
    this.done = done;
  }
}

type ImportDone = { report: Omit<ImportReport, 'refusedFile'>; refusedRows: RefusedRows };

/** In place of a number: what a dry run writes is undone. */
const NO_NUMBER = 0;

async function takeIn(edges: ImportEdges, copyIn: CopyIn, trx: Trx, file: RegistryFile, way: ImportWay): Promise<ImportDone> {
  const { registry, places } = file.header;
  const { kind, table, sideEffects } = registry;
  const started = edges.clock();
  const day = localDay(started, edges.timeZone);
  const today = way.upTo !== undefined && way.upTo > day ? way.upTo : day;

  await lockForImport(trx);
  const id = way.dry ? NO_NUMBER : await findNextImportNumber(trx);
  const staged = await stage(trx, copyIn, file, boundsOf(today, edges.timeZone), edges.onRows ?? (() => undefined));
  const { refused, alikeRepeats } = await refuseStaged(trx, registry, staged);
  const owners = registry.bringsAccounts ? await findChangedOwners(trx) : undefined;
  const closings = registry.bringsAccounts ? await countAccountsClosing(trx) : undefined;
  const rules = { owners: way.owners ?? 'few', closings: way.closings ?? 'few' } as const;
  const held = owners && closings && whyHeld(owners.changes, closings, rules);
  if (held && !way.dry) throw new RegistryHeld(id, owners.changes, closings, held);

  const meeting = await findMeeting(trx, table);
  const beside = meeting.places ? await countBeside(trx, table) : undefined;
  await sideEffects?.watch(trx, started);
  const removes = replacesWhole(registry, file, staged);
  const merged = await mergeStaged(trx, table, valuesOf(registry, places), id, meeting, removes);
  const readingRules = { ...(edges.readingRules ?? USUAL_READING_RULES), timeZone: edges.timeZone };
  await registry.onTaken?.(trx, edges.clock(), readingRules);
  await sideEffects?.keep(trx, id);
  // What people lose by it is in no report: a dry run, which may last for minutes, holds none of it.
  const accounts = way.dry ? [] : (owners?.accounts ?? []);
  for (let at = 0; at < accounts.length; at += OWNERS_AT_ONCE) {
    const moved = accounts.slice(at, at + OWNERS_AT_ONCE);
    await insertWhatOwnersLose(trx, id, moved);
    await closeLinksOfFormerOwners(trx, moved, edges.clock());
  }

  const counts = countsOf(staged.rows, refused, alikeRepeats, merged);
  const report = {
    number: way.dry ? null : id,
    kind,
    name: file.name,
    ...(file.layout !== undefined && { layout: file.layout }),
    ...counts,
    dueDiffers: staged.dueDiffers,
    ...(beside && beside.rows > 0 && { beside }),
    ...(counts.refused > 0 && { causes: await countRefusalCauses(trx) }),
    ...(owners && { owners: owners.changes }),
    ...(closings && { closings }),
    ...(held && { held }),
  };
  if (!way.dry)
    await insertImport(trx, {
      id,
      kind,
      fileName: file.name,
      startedAt: started,
      finishedAt: edges.clock(),
      rowsRead: counts.read,
      rowsNew: counts.new,
      rowsChanged: counts.changed,
      rowsUnchanged: counts.unchanged,
      rowsRefused: counts.refused,
      dataDay: await findNewestDay(trx, table, today),
      restsOn: merged.restsOn,
    });
  await way.onDone?.(trx, report, await sumContents(trx, table));
  const refusedRows = await file.writeRefused(counts.refused === 0 ? undefined : refusedLines(trx, file));
  // The next file of a dry run is in the same transaction.
  await dropStaged(trx);
  return { report, refusedRows };
}

/**
 * Whether what a group no longer has in a file is removed. Of groups that are refused whole all rows come back together. Of others the file of
 * refused rows has what was refused, and the rest was taken before; and a row that may be anyone's may be what a group seems to lack.
 */
function replacesWhole(
  { replacesGroups, refusesGroups }: Registry,
  { ofRefusedRows }: RegistryFile,
  { unread }: Staged,
): boolean {
  return replacesGroups === true && (refusesGroups === true || (!ofRefusedRows && unread === 0));
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
