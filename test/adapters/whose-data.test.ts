import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, DataRefused, type Opening, requireKeys, requireMoved, requireOwn } from '../../src/adapters/data-owner.ts';
import type { DataOwner } from '../../src/domain/data-owner.ts';
import { findDataOwner, SANDBOX_TOWN } from '../../src/records/data-owner.ts';
import { makeTown } from '../../src/sandbox/town/generate.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const embedded = (opener: DataOwner): Opening => ({ opener, databaseUrl: undefined, dataDir: '/srv/data' });
const byAddress = (opener: DataOwner): Opening => ({
  opener,
  databaseUrl: 'postgres://inkomus:pa55word@db/x',
  dataDir: '/srv/data',
});
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: unknown) => (error instanceof DataRefused ? error.message : String(error)),
  );
/** As a start does it. */
const start = async (opening: Opening, secretKey = 'a1'.repeat(32)) => {
  await requireOwn(base.db, opening, { secretKey });
  await claim(base.db, opening, { secretKey });
};
const settle = (address: string) => make.account(base.db, { number: '0010001', address });

describe('what one has made the other does not open', () => {
  test.each<[made: DataOwner, opener: DataOwner, names: string[]]>([
    ['sandbox', 'bot 987654', ['песочницы', 'боту 987654']],
    ['sandbox', 'bot', ['песочницы', 'боту']],
    ['bot 987654', 'sandbox', ['бота 987654', 'песочница']],
    ['bot', 'sandbox', ['бота', 'песочница']],
    ['bot 987654', 'bot 111', ['бота 987654', 'бота 111']],
  ])('%s, opened by %s: one sentence names both, where it is, and the next move', async (made, opener, names) => {
    for (const [at, place] of [
      [embedded, 'DATA_DIR'],
      [byAddress, 'DATABASE_URL'],
    ] as const) {
      await start(at(made));
      for (const said of [await refusal(requireOwn(base.db, at(opener))), await refusal(claim(base.db, at(opener)))]) {
        for (const name of names) expect(said).toContain(name);
        expect(said).toMatch(new RegExp(`^${place}.*: (дайте|задайте) .*(${place}|DATA_DIR|BOT_TOKEN)`));
        expect(said).not.toMatch(/\n|pa55word/);
      }
      await sql`delete from data_owner`.execute(base.db);
    }
  });

  test.each<[made: DataOwner, opener: DataOwner, then: DataOwner]>([
    ['sandbox', 'sandbox', 'sandbox'],
    ['bot 987654', 'bot 987654', 'bot 987654'],
    // Commands without a token, and those before the first start.
    ['bot 987654', 'bot', 'bot 987654'],
    ['bot', 'bot 987654', 'bot 987654'],
    ['bot', 'bot', 'bot'],
  ])('%s, opened by %s, is %s’s then', async (made, opener, then) => {
    await start(embedded(made));
    await start(embedded(opener));
    expect(await findDataOwner(base.db)).toMatchObject({ owner: then });
  });

  test('of two that are the first at once one has the data', async () => {
    const both = await Promise.all([refusal(start(byAddress('bot 1'))), refusal(start(byAddress('bot 2')))]);
    const { owner } = (await findDataOwner(base.db)) ?? {};
    expect(both.filter((said) => said === 'opened')).toHaveLength(1);
    expect(owner).toBe(both[0] === 'opened' ? 'bot 1' : 'bot 2');
  });

  test('nothing is changed by asking, not even where the schema is old or none', async () => {
    await requireOwn(base.db, embedded('bot 1'));
    expect(await findDataOwner(base.db)).toBeUndefined();
    await sql`drop table data_owner`.execute(base.db);
    await requireOwn(base.db, embedded('bot 1'));
    await sql`drop schema public cascade`.execute(base.db);
    await sql`create schema public`.execute(base.db);
    await requireOwn(base.db, embedded('bot 1'), { secretKey: 'a1'.repeat(32) });
    expect((await sql`select from pg_class where relnamespace = 'public'::regnamespace`.execute(base.db)).rows).toEqual([]);
  });
});

describe('an embedded base beside a DATABASE_URL', () => {
  test.each(['postgres', 'postgres.json'])('%s: one that is empty, with a schema or without, is not begun', async (name) => {
    const dataDir = await ownFolder('beside-');
    const opening = { ...byAddress('bot 987654'), dataDir };
    await mkdir(join(dataDir, 'registries'));
    expect(await refusal(requireMoved(base.db, opening))).toBe('opened');
    await (name === 'postgres' ? mkdir(join(dataDir, name)) : writeFile(join(dataDir, name), '{}'));
    const said = await refusal(requireMoved(base.db, opening));
    expect(said).toMatch(
      /^DATABASE_URL: эта база пуста, а в DATA_DIR лежит встроенная база: .*\(npm run move\), .*postgres\.json$/,
    );
    expect(said).not.toContain('pa55word');
    await requireMoved(base.db, { ...opening, databaseUrl: undefined });
    await sql`drop schema public cascade; create schema public`.execute(base.db);
    expect(await refusal(requireMoved(base.db, opening))).toBe(said);
    expect((await sql`select from pg_class where relnamespace = 'public'::regnamespace`.execute(base.db)).rows).toEqual([]);
    await rm(join(dataDir, name), { recursive: true });
    await requireMoved(base.db, opening);
  });

  test('one that has somebody goes on: the embedded one is what was moved', async () => {
    const dataDir = await ownFolder('beside-');
    await writeFile(join(dataDir, 'postgres.json'), '{}');
    await settle('г. Таганрог, ул. Портовая, д. 1');
    await requireMoved(base.db, { ...byAddress('bot 987654'), dataDir });
  });
});

describe('data of before, which nobody has marked', () => {
  test('an older sandbox’s town on embedded storage is not opened by a bot, and stays with the sandbox', async () => {
    await settle(`${SANDBOX_TOWN}, ул. Портовая, д. 1`);
    await sql`drop table data_owner`.execute(base.db);
    const said = await refusal(requireOwn(base.db, embedded('bot 987654')));
    expect(said).toMatch(
      /^DATA_DIR \/srv\/data: здесь придуманный город прежней песочницы, и боту 987654 его открывать нельзя: дайте/,
    );
    await requireOwn(base.db, embedded('sandbox'));
  });

  test('a bot’s accounts are; and behind DATABASE_URL there was never a sandbox', async () => {
    await settle('г. Таганрог, ул. Портовая, д. 1');
    await start(embedded('bot 987654'));
    await sql`delete from data_owner`.execute(base.db);
    await sql`update accounts set address = ${`${SANDBOX_TOWN}, ул. Портовая, д. 1`}`.execute(base.db);
    await start(byAddress('bot 987654'));
  });

  test('the sandbox’s town is known by its addresses', () => {
    const addresses = makeTown().map(({ household }) => household.address);
    expect(addresses.length).toBeGreaterThan(100);
    expect(addresses.filter((address) => !address.startsWith(SANDBOX_TOWN))).toEqual([]);
  });
});

describe('the key of the data', () => {
  const [OLD, NEW, OTHER] = ['a1', 'b2', 'c3'].map((byte) => byte.repeat(32)) as [string, string, string];
  const opening = embedded('bot 987654');
  const SENTENCE = /^SECRET_KEY: не тот, .*: верните прежний; .*$/;

  test('another one is refused, before anything is changed and after', async () => {
    await start(opening, OLD);
    for (const wrong of [OTHER, `${OTHER},${NEW}`]) {
      for (const said of [
        await refusal(requireOwn(base.db, opening, { secretKey: wrong })),
        await refusal(claim(base.db, opening, { secretKey: wrong })),
        await refusal(requireKeys(base.db, { secretKey: wrong })),
      ]) {
        expect(said).toMatch(SENTENCE);
        expect(said).not.toMatch(/c3c3|b2b2|a1a1/);
      }
    }
    await start(opening, Buffer.from(OLD, 'hex').toString('base64'));
  });

  test('a list rotates: the newest is the data’s then, and the older one alone is refused', async () => {
    await start(opening, OLD);
    expect(await refusal(start(opening, NEW))).toMatch(SENTENCE);
    await start(opening, `${NEW},${OLD}`);
    await start(opening, `${NEW}, ${OLD}`);
    // What was sealed since then the older one does not open.
    expect(await refusal(start(opening, OLD))).toMatch(SENTENCE);
    await start(opening, NEW);
    await start(opening, `${OTHER},${NEW},${OLD}`);
    await start(opening, OTHER);
    // Back to the older one is a rotation, too.
    await start(opening, `${OLD},${OTHER}`);
    await start(opening, OLD);
  });

  test('what is kept of a key is another thing for each key, and nothing of the key', async () => {
    const kept = [];
    for (const secretKey of [OLD, NEW]) {
      await sql`delete from data_owner`.execute(base.db);
      await start(opening, secretKey);
      kept.push((await findDataOwner(base.db))?.keyPrint ?? '');
    }
    expect(new Set(kept).size).toBe(2);
    for (const print of kept) {
      expect(print).toMatch(/^[\w-]{43}$/);
      for (const secret of [OLD, NEW]) expect(Buffer.from(print, 'base64url').toString('hex')).not.toContain(secret.slice(0, 8));
    }
  });

  test('the sandbox’s own is named by its file', async () => {
    const file = '/srv/data/sandbox/secret.key';
    const sandbox = embedded('sandbox');
    await claim(base.db, sandbox, { secretKey: OLD, file });
    expect(await refusal(requireOwn(base.db, sandbox, { secretKey: NEW, file }))).toMatch(
      /^SECRET_KEY: в \/srv\/data\/sandbox\/secret\.key не тот ключ, .*: верните прежний файл или удалите папку/,
    );
  });
});
