import { spawnSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportSchedules } from '../../../src/office/registries/scheduled-exports.ts';
import { exportIntoFolder } from '../../../src/adapters/registries/out-folder.ts';
import { parseSchedule } from '../../../src/domain/schedule.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { openMeters, typed } from '../../office/readings/meters.ts';
import { DAY } from '../../office/town.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'out-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function openDesk() {
  const at = await openMeters();
  await at.meter('12');
  const said: string[] = [];
  const log = {
    info: (_: object, message: string) => void said.push(message),
    warn: (_: object, message: string) => void said.push(message),
  };
  const out = join(folder, 'out');
  const parts = {
    folder: out,
    db: at.db,
    clock: at.edges.clock,
    timeZone: 'Europe/Moscow',
    schedules: { readings: parseSchedule('00:00'), payments: undefined },
    log,
  };
  const told = async () =>
    (await at.db.selectFrom('outbox').select('words').where('text', '=', 'staff-export-unwritten').execute()).map(
      ({ words }) => words,
    );
  return {
    ...at,
    out,
    said,
    told,
    run: (schedules: ExportSchedules = parts.schedules) => exportIntoFolder({ ...parts, schedules }),
    files: async () => (await readdir(out).catch((): string[] => [])).sort(),
  };
}

test('what waits is exported once on its day, closed to others, and is in the audit log', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  // As two processes would, and one of them twice.
  await Promise.all([at.run(), at.run()]);
  await at.run();
  expect(await at.files()).toEqual(['readings-1.csv']);
  expect(await readFile(join(at.out, 'readings-1.csv'), 'utf8')).toContain('0012345;12;');
  expect([(await stat(at.out)).mode & 0o777, (await stat(join(at.out, 'readings-1.csv'))).mode & 0o777]).toEqual([0o700, 0o600]);
  const entries = await at.db
    .selectFrom('auditLog')
    .select(['who', 'what', 'details'])
    .where('what', '=', 'registries.export')
    .execute();
  expect(entries).toEqual([{ who: 'schedule', what: 'registries.export', details: { kind: 'readings', number: 1, rows: 1 } }]);

  // What comes in later on the day waits for the next.
  await at.take(typed('12', 102));
  await at.run();
  expect(await at.files()).toEqual(['readings-1.csv']);
  at.later(DAY);
  await at.run();
  expect(await at.files()).toEqual(['readings-1.csv', 'readings-2.csv']);
});

test('where nothing waits there is no file and no number, and the day is done', async () => {
  const at = await openDesk();
  await at.run();
  expect([await at.files(), at.said]).toEqual([[], ['an export was due, and nothing waited']]);
  await at.take(typed('12', 101));
  await at.run();
  expect(await at.files()).toEqual([]);
  const days = await at.db.selectFrom('scheduledExports').select(['kind', 'number', 'writtenAt']).execute();
  expect(days).toEqual([{ kind: 'readings', number: null, writtenAt: null }]);
});

test('a file that cannot be written is told once and written when it can be; nothing goes out twice', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  // A file stands where the folder should be.
  await writeFile(at.out, '');
  await at.run();
  await at.run();
  const [first, ...more] = await at.told();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ kind: 'readings', number: '1', rows: 1 });
  expect(at.said.filter((line) => line.includes('could not be written'))).toHaveLength(2);

  await rm(at.out);
  await at.run();
  expect(await at.files()).toEqual(['readings-1.csv']);
  expect((await readFile(join(at.out, 'readings-1.csv'), 'utf8')).split('\r\n')).toHaveLength(3);
  expect(await at.told()).toHaveLength(1);

  // The next one that cannot be is told as well, once.
  await rm(at.out, { recursive: true });
  await writeFile(at.out, '');
  at.later(DAY);
  await at.take(typed('12', 102));
  await at.run();
  await at.run();
  expect(await at.told()).toMatchObject([{ number: '1' }, { number: '2' }]);
});

test('a file of the same name that says something else stays', async () => {
  const at = await openDesk();
  await mkdir(at.out);
  await writeFile(join(at.out, 'readings-1.csv'), 'of another base');
  await at.take(typed('12', 101));
  await at.run();
  expect(await at.files()).toEqual(['readings-1-2.csv', 'readings-1.csv']);
  expect(await readFile(join(at.out, 'readings-1.csv'), 'utf8')).toBe('of another base');
});

const NO_FILES: Record<string, (path: string) => unknown> = {
  'a pipe': (path) => spawnSync('mkfifo', [path]),
  'a link to a file': async (path) => {
    await writeFile(join(folder, 'secret'), 'of somebody else');
    await symlink(join(folder, 'secret'), path);
  },
  'a link to nothing': (path) => symlink(join(folder, 'nothing'), path),
  'a folder': (path) => mkdir(path),
};

test.each(Object.entries(NO_FILES))('%s of that name is neither read nor written, and holds nothing up', async (_, put) => {
  const at = await openDesk();
  await mkdir(at.out);
  const path = join(at.out, 'readings-1.csv');
  await put(path);
  const before = await lstat(path);
  await at.take(typed('12', 101));
  await at.run();
  expect(await at.files()).toEqual(['readings-1-2.csv', 'readings-1.csv']);
  expect(await readFile(join(at.out, 'readings-1-2.csv'), 'utf8')).toContain('0012345;12;');
  expect(await lstat(path)).toMatchObject({ ino: before.ino, mode: before.mode, mtimeMs: before.mtimeMs });
  expect(await readdir(folder)).not.toContain('nothing');
  expect(await at.told()).toEqual([]);
});

test('an export that was written and not noted so is known by its content, the whole of it', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  await at.run();
  const content = await readFile(join(at.out, 'readings-1.csv'), 'utf8');
  const filesWhere = async (there: string) => {
    await rm(join(at.out, 'readings-1-2.csv'), { force: true });
    await writeFile(join(at.out, 'readings-1.csv'), there);
    await at.db.updateTable('scheduledExports').set({ writtenAt: null }).execute();
    await at.run();
    return at.files();
  };
  expect(await filesWhere(content)).toEqual(['readings-1.csv']);
  for (const there of [`${content}ещё строка\r\n`, content.slice(0, -2)])
    expect(await filesWhere(there)).toEqual(['readings-1-2.csv', 'readings-1.csv']);
});

test('an export by hand takes what the schedule would have, and the other way round', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  await Promise.all([at.run(), exportNew(at.edges, READINGS_OUT, async () => undefined)]);
  const exports = await at.db.selectFrom('exports').select(['number', 'rows']).execute();
  expect(exports).toEqual([{ number: 1, rows: 1 }]);
});

test('an export that cannot be made keeps back none of the other kind', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  await sql`create function refuse_readings() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$`.execute(
    at.db,
  );
  await sql`
    create trigger refuse_readings before insert on exports for each row when (new.kind = 'readings') execute function refuse_readings()
  `.execute(at.db);
  await at.run({ readings: parseSchedule('00:00'), payments: parseSchedule('00:00') });
  expect(at.said).toEqual(['an export was due, and nothing waited', 'exports by schedule failed; they are tried again']);
});
