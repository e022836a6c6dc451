import { readdir } from 'node:fs/promises';
import { type Kysely, type Migration, type MigrationResultSet, Migrator, sql } from 'kysely';
import { builtFile } from '../build/places.js';
import type { Database } from './database.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);

/**
 * Brings the schema to its newest version and names the migrations it ran. All that are missing run in one transaction under Kysely's lock: one
 * that fails leaves the schema as it was, and of several processes one does it. A process that is at work goes on with the schema that it sees.
 *
 * @throws {DraftSchema} where the schema is of a draft, and nothing was done
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  if (await isOfDraftSchema(db)) throw new DraftSchema('The schema is of a draft of 0010_closings_and_told_sums');
  return namesOf(await migratorOf(db).migrateToLatest());
}

/**
 * Brings the schema to where these migrations have led, no further. False, and nothing was done, where this version does not have one of
 * them or the schema is past them.
 */
export async function migrateAsFarAs(db: Kysely<Database>, names: readonly string[]): Promise<boolean> {
  const migrator = migratorOf(db);
  const known = await migrator.getMigrations();
  const isKnown = names.every((name) => known.some((each) => each.name === name));
  const isPast = known.some(({ name, executedAt }) => executedAt !== undefined && !names.includes(name));
  const last = names.at(-1);
  if (!isKnown || isPast || last === undefined) return false;
  namesOf(await migrator.migrateTo(last));
  return true;
}

/** Of these migrations, those that this version does not have. */
export async function listUnknownNames(names: readonly string[]): Promise<string[]> {
  const known = new Set(Object.keys(await getMigrations()));
  return names.filter((name) => !known.has(name));
}

/** Whether any migration was ever run on it. */
export async function isMigrated(db: Kysely<Database>): Promise<boolean> {
  return (await migratorOf(db).getMigrations()).some(({ executedAt }) => executedAt !== undefined);
}

/** Those that this version has and the database does not; all of them where it has no schema yet. */
export async function listMissingMigrations(db: Kysely<Database>): Promise<string[]> {
  const known = await migratorOf(db).getMigrations();
  return known.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

/** Those that were run and that this version does not have: a newer one, or one from before the first release, was here. */
export async function listUnknownMigrations(db: Kysely<Database>): Promise<string[]> {
  const { rows: there } = await sql<{ is: boolean }>`select to_regclass('kysely_migration') is not null as is`.execute(db);
  if (there[0]?.is !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return listUnknownNames(rows.map(({ name }) => name));
}

function migratorOf(db: Kysely<Database>): Migrator {
  return new Migrator({ db, provider: { getMigrations } });
}

function namesOf({ error, results }: MigrationResultSet): string[] {
  if (error) throw error instanceof Error ? error : new Error('The migrations failed', { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}

/** `0010_closings_and_told_sums` was edited before the first release: a base that ran a draft of it has its name, and not all that it makes now. */
export class DraftSchema extends Error {}

/** What the last form of it makes; each draft made the first of these. */
const MADE_BY_THE_TENTH = [
  { of: 'requests', column: 'closed_by_itself' },
  { of: 'announcements', column: 'corrects' },
  { of: 'announcements', column: 'takes_over' },
  { of: 'registry_orders', column: 'begun' },
  { of: 'links', column: 'charges_told_dues' },
];

/** Not where a migration was run that this version does not have: that one may have changed what is looked for. */
export async function isOfDraftSchema(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ made: number }>`
    select count(*)::integer as made from jsonb_to_recordset(${JSON.stringify(MADE_BY_THE_TENTH)}::jsonb) as m (of text, "column" text)
    join pg_attribute a on a.attrelid = to_regclass(m.of) and a.attname = m."column" and not a.attisdropped
  `.execute(db);
  const made = rows[0]?.made ?? 0;
  return made > 0 && made < MADE_BY_THE_TENTH.length && (await listUnknownMigrations(db)).length === 0;
}

/** By their names; each is loaded when it is run, which most starts do not. */
async function getMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}_.*\.ts$/.test(file)).sort();
  const run = (file: string): Migration => ({
    up: async (db) => ((await import(builtFile(new URL(file, FOLDER)).href)) as Migration).up(db),
  });
  return Object.fromEntries(files.map((file) => [file.replace('.ts', ''), run(file)]));
}
