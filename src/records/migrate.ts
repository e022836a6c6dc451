import { readdir } from 'node:fs/promises';
import { type Kysely, type Migration, type MigrationResultSet, Migrator, sql } from 'kysely';
import { builtFile } from '../build/places.js';
import type { Database } from './database.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);

/**
 * Brings the schema to its newest version and names the migrations it ran. All that are missing run in one transaction under Kysely's lock: one
 * that fails leaves the schema as it was, and of several processes one does it. A process that is at work goes on with the schema that it sees.
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
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

/** By their names; each is loaded when it is run, which most starts do not. */
async function getMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}_.*\.ts$/.test(file)).sort();
  const run = (file: string): Migration => ({
    up: async (db) => ((await import(builtFile(new URL(file, FOLDER)).href)) as Migration).up(db),
  });
  return Object.fromEntries(files.map((file) => [file.replace('.ts', ''), run(file)]));
}
