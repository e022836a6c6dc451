import { readdir } from 'node:fs/promises';
import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Database } from './database.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);

/** Brings the schema to its newest version and names the migrations it ran; safe when several processes do it at once. */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('The migrations failed', { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{4}_.*\.ts$/.test(file)).sort();
  const loaded = files.map(
    async (file) => [file.replace('.ts', ''), (await import(new URL(file, FOLDER).href)) as Migration] as const,
  );
  return Object.fromEntries(await Promise.all(loaded));
}
