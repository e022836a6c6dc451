import { lstat, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DataOwner, mayOpen } from '../domain/data-owner.ts';
import { saveDataOwner, updateKeyPrint, findDataOwner, hasAnybody, hasTown } from '../records/data-owner.ts';
import type { Db } from '../records/database.ts';
import { isMigrated } from '../records/migrate.ts';
import { keyPrints } from './keyring.ts';
import { findDataElsewhere } from './postgres/data-folder.ts';

/** The data are not for who opens them, or were made with another key: a sentence for the operator that names both and the next move. */
export class DataRefused extends Error {
  override name = 'DataRefused';
}

/** Who opens the data, and where they are. */
export type Opening = {
  opener: DataOwner;
  /** Undefined: the embedded Postgres of `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
};

/** The keys that secrets are made with: the operator's `SECRET_KEY`, or the sandbox's own, which lies in `file`. */
export type Keys = { secretKey: string; file?: string };

/** To be asked before anything in the database is changed, its schema included. @throws {DataRefused} */
export async function requireOwn(db: Db, opening: Opening, keys?: Keys): Promise<void> {
  const mark = await findDataOwner(db);
  if (mark) requireOwner(mark.owner, opening);
  // The sandbox has only ever lived on embedded storage, and an older one did not mark it.
  else if (opening.opener !== 'sandbox' && opening.databaseUrl === undefined && (await hasTown(db))) {
    throw new DataRefused(
      `${placeOf(opening)}: здесь придуманный город прежней песочницы, и ${nameOf(opening.opener)} его открывать нельзя: дайте боту другую DATA_DIR или уберите ${opening.dataDir}/postgres и ${opening.dataDir}/postgres.json`,
    );
  }
  if (keys && mark?.keyPrint && !keyPrints(keys.secretKey).includes(mark.keyPrint)) throw otherKey(keys);
}

/** Before anything is begun behind `DATABASE_URL`. @throws {DataRefused} where nothing is there, and the embedded base lies in `dataDir`. */
export async function requireMoved(db: Db, opening: Opening): Promise<void> {
  const why = await whyNotMoved(db, opening);
  if (why !== undefined) throw new DataRefused(why);
}

/** Whoever named a new `DATABASE_URL` and did not move the data would have an empty bot beside the full one: in a sentence, with the next move. */
export async function whyNotMoved(db: Db, { databaseUrl, dataDir }: Opening): Promise<string | undefined> {
  if (databaseUrl === undefined || !(await holdsCluster(dataDir))) return undefined;
  if ((await isMigrated(db)) && (await hasAnybody(db))) return undefined;
  return `DATABASE_URL: эта база пуста, а в DATA_DIR лежит встроенная база: перенесите её данные (npm run move), уберите DATABASE_URL или, если эти данные не нужны, уберите ${dataDir}/postgres и ${dataDir}/postgres.json`;
}

/** Marks the data as the opener's, once the schema is the newest. @throws {DataRefused} when somebody else was quicker. */
export async function claim(db: Db, opening: Opening, keys?: Keys): Promise<void> {
  requireOwner(await saveDataOwner(db, opening.opener), opening);
  if (keys) await requireKeys(db, keys);
}

/** Notes the newest key, by which secrets are about to be made, in data that are marked. @throws {DataRefused} when theirs is another one. */
export async function requireKeys(db: Db, keys: Keys): Promise<void> {
  if (!(await updateKeyPrint(db, keyPrints(keys.secretKey)))) throw otherKey(keys);
}

/** @throws {DataRefused} where data of this owner, which lie in `place`, are not for who opens them. */
function requireOwner(owner: DataOwner, opening: Opening, place = placeOf(opening)): void {
  const { opener } = opening;
  if (mayOpen(owner, opener)) return;
  if (owner === 'moved') {
    throw new DataRefused(
      opening.databaseUrl === undefined
        ? `${place}: данные перенесены в свою базу (npm run move): укажите её в DATABASE_URL`
        : `${place}: данные перенесены в DATA_DIR (npm run move -- --back): уберите DATABASE_URL`,
    );
  }
  if (owner === 'sandbox') {
    throw new DataRefused(
      `${place}: это данные песочницы, и ${nameOf(opener)} их открывать нельзя: дайте боту свою ${settingOf(opening)}`,
    );
  }
  if (opener === 'sandbox') {
    throw new DataRefused(
      `${place}: это данные ${ofOwner(owner)}, а без BOT_TOKEN запускается песочница: задайте BOT_TOKEN или дайте песочнице другую DATA_DIR`,
    );
  }
  throw new DataRefused(
    `${place}: это данные ${ofOwner(owner)}, а BOT_TOKEN — ${ofOwner(opener)}: задайте токен ${ofOwner(owner)}, дайте ${nameOf(opener)} свою ${settingOf(opening)} или передайте ему данные насовсем: npm run change-bot -- --from ${owner.replace(/\D/g, '')}`,
  );
}

function otherKey({ file }: Keys): DataRefused {
  return new DataRefused(
    file === undefined
      ? 'SECRET_KEY: не тот, которым сделаны секреты в этой базе: верните прежний; чтобы сменить его, поставьте новый перед прежним через запятую'
      : `SECRET_KEY: в ${file} не тот ключ, которым сделаны секреты этой песочницы: верните прежний файл или удалите папку песочницы, чтобы начать заново`,
  );
}

/** Whether a bot (or a sandbox of an older release) has kept its data in this folder: the sandbox of today has one of its own in it. */
export async function holdsBotsData(dataDir: string): Promise<boolean> {
  const found = await Promise.all(['postgres', 'postgres.json', 'registries'].map((name) => isThere(join(dataDir, name))));
  return found.includes(true);
}

/** Whether an embedded database was ever made here. */
export async function holdsCluster(dataDir: string): Promise<boolean> {
  const found = await Promise.all(
    ['postgres', 'postgres.json'].map((name) =>
      lstat(join(dataDir, name)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
      ),
    ),
  );
  return found.includes(true);
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Every sandbox has written it, and nothing else does. */
const JOURNAL = 'journal.jsonl';
/** Stands in a sandbox's folder from the first moment of its deletion to the last. */
const GOING = 'being-deleted';

/**
 * Deletes what the sandbox keeps in its folder, its database's files included, wherever they lie; the folder itself stays. Nothing of it may be
 * open. One that is cut short is gone on with by `endDeletion`.
 * @throws {DataRefused} for a folder that is none of a sandbox's: it has no journal of one.
 */
export async function deleteSandbox(dataDir: string): Promise<void> {
  const marks = await Promise.all([JOURNAL, GOING].map((name) => isThere(join(dataDir, name))));
  if (basename(dataDir) !== 'sandbox' || !marks.includes(true))
    throw new DataRefused(`DATA_DIR: ${dataDir} — не папка песочницы: в ней ничего не удалено`);
  await writeFile(join(dataDir, GOING), '', { mode: 0o600 });
  // First: the note in the folder says where it is.
  const elsewhere = await findDataElsewhere(dataDir);
  if (elsewhere !== undefined) await remove(elsewhere);
  const names = (await readdir(dataDir)).filter((name) => name !== GOING);
  for (const name of [...names, GOING]) await remove(join(dataDir, name));
}

/** Goes on with a deletion that was cut short: what it has left is no sandbox that could be opened. */
export async function endDeletion(dataDir: string): Promise<void> {
  if (basename(dataDir) === 'sandbox' && (await isThere(join(dataDir, GOING)))) await deleteSandbox(dataDir);
}

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

const placeOf = ({ databaseUrl, dataDir }: Opening) => (databaseUrl === undefined ? `DATA_DIR ${dataDir}` : 'DATABASE_URL');
const settingOf = ({ databaseUrl }: Opening) => (databaseUrl === undefined ? 'DATA_DIR' : 'DATABASE_URL');
/** To whom: `боту 4711`. */
const nameOf = (owner: DataOwner) => owner.replace(/^bot/, 'боту');
/** Whose: `бота 4711`. */
const ofOwner = (owner: DataOwner) => owner.replace(/^bot/, 'бота');
