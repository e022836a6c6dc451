import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type FolderParts, openFolder } from '../../../src/adapters/registries/folder.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';

let desk: Desk;
let warned: string[];
beforeEach(async () => {
  desk = await openDesk();
  warned = [];
});
afterEach(() => desk.close());

/** Files are looked at as if so many seconds had passed since they were written. */
function parts(passed = 60): FolderParts {
  return {
    folder: join(desk.folder, 'registries'),
    db: desk.db,
    pool: desk.pool,
    clock: () => new Date('2026-11-20T09:00:00Z'),
    timeZone: 'Europe/Moscow',
    layouts: [],
    fileClock: () => new Date(Date.now() + passed * 1000),
    log: { info() {}, warn: (_, message) => void warned.push(message) },
  };
}
const within = (room: string, name = '') => join(desk.folder, 'registries', room, name);
const put = (name: string, lines: readonly string[], room = 'in') => writeFile(within(room, name), `${lines.join('\n')}\n`);
const told = () =>
  desk.db.selectFrom('outbox').where('kind', '=', 'notice').select(['text', 'words', 'addressee']).orderBy('id').execute();

const PAYMENTS = ['ЛС;Дата;Сумма;Номер операции', '0010001;01.11.2026;100;1', '0019999;01.11.2026;100;2'];

const NO_OWNERS = { owners: 0, ownersOf: 0, links: 0 };

test('files are taken in their order whatever their names, and told', async () => {
  const folder = await openFolder(parts());
  await put('1-payments.csv', PAYMENTS);
  await put('2-accounts.csv', ACCOUNTS);
  await put('notes.csv', ['список дел']);
  await put('being-written.csv.part', ACCOUNTS);
  await folder.look();

  expect(await readdir(within('in'))).toEqual(['being-written.csv.part']);
  expect(await readdir(within('taking'))).toEqual([]);
  const done = await readdir(within('done'));
  expect(done.map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort()).toEqual(['1-payments.csv', '2-accounts.csv']);
  const refused = await readdir(within('refused'));
  expect(refused.map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort()).toEqual([
    '1-payments.csv.refused.csv',
    'notes.csv',
  ]);
  const rows = await readFile(
    within(
      'refused',
      refused.find((name) => name.endsWith('.refused.csv')),
    ),
    'utf8',
  );
  expect(rows).toContain('0019999;01.11.2026;100;2;3;лицевой счёт 0019999 не найден');
  expect(await told()).toEqual([
    {
      addressee: 'staff',
      text: 'staff-registry-unread',
      words: { layouts: 'no', name: 'notes.csv', why: expect.stringContaining('нет столбцов') as string },
    },
    {
      addressee: 'staff',
      text: 'staff-registry-taken',
      words: {
        number: '1',
        kind: 'accounts',
        name: '2-accounts.csv',
        read: 2,
        new: 2,
        changed: 0,
        refused: 0,
        ...NO_OWNERS,
        by: 'empty',
      },
    },
    {
      addressee: 'staff',
      text: 'staff-registry-taken',
      words: {
        number: '2',
        kind: 'payments',
        name: '1-payments.csv',
        read: 2,
        new: 1,
        changed: 0,
        refused: 1,
        ...NO_OWNERS,
        by: 'empty',
      },
    },
  ]);
  const noted = await desk.db.selectFrom('auditLog').select(['who', 'what', 'details']).orderBy('id').execute();
  const counts = { read: 2, changed: 0 };
  expect(noted).toEqual([
    {
      who: 'registry folder',
      what: 'registries.import',
      details: { number: 1, name: '2-accounts.csv', kind: 'accounts', new: 2, refused: 0, ...counts },
    },
    {
      who: 'registry folder',
      what: 'registries.import',
      details: { number: 2, name: '1-payments.csv', kind: 'payments', new: 1, refused: 1, ...counts },
    },
  ]);
  await folder.look();
  expect(await told()).toHaveLength(3);
  expect(warned).toEqual([]);
});

test('a file that was written just now is left alone until it has come to rest', async () => {
  const folder = await openFolder(parts(0));
  await put('accounts.csv', ACCOUNTS);
  await folder.look();
  expect(await readdir(within('in'))).toEqual(['accounts.csv']);
  await (await openFolder(parts())).look();
  expect(await readdir(within('in'))).toEqual([]);
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

test('what a process that died had in hand is taken again', async () => {
  await mkdir(within('taking'), { recursive: true });
  await put('accounts.csv', ACCOUNTS, 'taking');
  await put('accounts.csv.refused.csv', ['половина'], 'taking');
  await put('accounts.csv.refused.csv.part', ['половина'], 'taking');
  await (await openFolder(parts())).look();
  expect(await readdir(within('taking'))).toEqual([]);
  expect(await readdir(within('refused'))).toEqual([]);
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

test('a breakage loses nothing: the file is taken when it is over', async () => {
  const folder = await openFolder(parts());
  await put('accounts.csv', ACCOUNTS);
  const { connect } = desk.pool;
  desk.pool.connect = () => {
    throw new Error('the database is away');
  };
  await folder.look();
  desk.pool.connect = connect;
  expect(warned).toEqual(['a registry from the folder could not be taken in; it is tried again']);
  await folder.look();
  expect(await readdir(within('in'))).toEqual(['accounts.csv']);
  await (await openFolder(parts(200))).look();
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

describe('what is no regular file is never opened: it goes to refused, staff are told, and the others are taken', () => {
  const kinds: Record<string, (path: string) => unknown> = {
    'a link to a file': async (path) => {
      await writeFile(join(desk.folder, 'secret.csv'), `${ACCOUNTS.join('\n')}\n`);
      await symlink(join(desk.folder, 'secret.csv'), path);
    },
    'a link to nothing': (path) => symlink('nowhere', path),
    'a link to a device': (path) => symlink('/dev/zero', path),
    'a link to what never ends': (path) => symlink('/proc/kmsg', path),
    'a link to itself': (path) => symlink(basename(path), path),
    'a pipe': (path) => spawnSync('mkfifo', [path]),
    'a folder': async (path) => {
      await mkdir(path);
      await writeFile(join(path, 'accounts.csv'), 'ЛС\n');
    },
    'a socket': async (path) => {
      const server = createServer().listen(path);
      await once(server, 'listening');
      onTestFinished(() => void server.close());
    },
  };

  test.each(Object.entries(kinds))('%s', async (_, put_) => {
    const folder = await openFolder(parts());
    await put_(within('in', 'evil.csv'));
    await put('accounts.csv', ACCOUNTS);
    await folder.look();
    expect(await readdir(within('in'))).toEqual([]);
    expect(await readdir(within('taking'))).toEqual([]);
    expect(await readdir(within('refused'))).toEqual([expect.stringMatching(/-evil\.csv$/)]);
    expect(await told()).toMatchObject([
      {
        text: 'staff-registry-unread',
        words: { name: 'evil.csv', why: expect.stringMatching(/^это (ссылка|не обычный файл|папка)/) as string },
      },
      { text: 'staff-registry-taken', words: { name: 'accounts.csv', new: 2 } },
    ]);
    expect(warned).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)('a device', async ({ skip }) => {
    const folder = await openFolder(parts());
    // Memory that reads as zeros without end.
    if (spawnSync('mknod', [within('in', 'evil.csv'), 'c', '1', '5']).status !== 0) skip('this root may not make devices');
    await folder.look();
    expect(await told()).toMatchObject([
      { text: 'staff-registry-unread', words: { why: expect.stringMatching(/^это не обычный файл/) as string } },
    ]);
  });
});

test('told to end while a file is read, it reads no further, and whoever starts next takes it', async () => {
  const folder = await openFolder(parts());
  const rows = Array.from({ length: 20_000 }, (_, i) => `${String(1_000_000 + i)};Иванов;Лесная, ${i}`);
  await put('accounts.csv', ['ЛС;ФИО;Адрес', ...rows]);
  const stop = new AbortController();
  // The import has its connection: it is under way.
  desk.pool.once('acquire', () => stop.abort());
  await folder.look(stop.signal);
  expect(stop.signal.aborted).toBe(true);
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toEqual([]);
  expect(warned).toEqual([]);
  await (await openFolder(parts())).look();
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(20_000);
});

test('rooms and files are closed to others, whatever they were and whatever the umask', async () => {
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  await mkdir(within('done'), { recursive: true });
  const folder = await openFolder(parts());
  await put('1-payments.csv', PAYMENTS);
  await put('2-accounts.csv', ACCOUNTS);
  await folder.look();
  const modes = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  for (const room of ['in', 'taking', 'done', 'refused']) {
    expect(await modes(within(room)), room).toBe('700');
    for (const name of await readdir(within(room))) expect(await modes(within(room, name)), name).toBe('600');
  }
  expect(await readdir(within('refused'))).toHaveLength(1);
  expect(await readdir(within('done'))).toHaveLength(2);
});

test('what has been in done and refused for 30 days goes, counted from when it was taken; the log has no name of it', async () => {
  const DAY = 86_400;
  let passed = 60;
  const info: unknown[] = [];
  const at = {
    ...parts(),
    fileClock: () => new Date(Date.now() + passed * 1000),
    log: { info: (fields: object) => void info.push(fields), warn: (_: object, message: string) => void warned.push(message) },
  };
  const folder = await openFolder(at);
  await put('Иванов И.И.csv', ACCOUNTS);
  await put('notes.csv', ['список дел']);
  await mkdir(within('in', 'folder'));
  // By hand, from a Windows computer.
  const foreign = Buffer.concat([Buffer.from(`${within('done')}/`), iconv.encode('старое.csv', 'win1251')]);
  await writeFile(foreign, 'x');
  await utimes(foreign, new Date(0), new Date(0));
  await folder.forget();
  expect(await readdir(within('done'))).toEqual([]);
  info.length = 0;
  // Made long ago, brought today.
  const longAgo = new Date(Date.now() - 90 * DAY * 1000);
  await utimes(within('in', 'Иванов И.И.csv'), longAgo, longAgo);
  await folder.look();
  const all = async () => (await Promise.all(['done', 'refused'].map((room) => readdir(within(room))))).flat();
  expect(await all()).toHaveLength(3);
  passed = 29.9 * DAY;
  await folder.forget();
  expect(await all()).toHaveLength(3);
  await put('late.csv', PAYMENTS);
  await folder.look();
  passed = 30.1 * DAY;
  await folder.forget();
  expect((await all()).map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort()).toEqual([
    'late.csv',
    'late.csv.refused.csv',
  ]);
  expect(info).toEqual([
    { room: 'done', deleted: [expect.stringMatching(/^\d{8}-\d{6}-\d{3}$/)] },
    { room: 'refused', deleted: [expect.stringMatching(/^\d{8}-/), expect.stringMatching(/^\d{8}-/)] },
  ]);
  expect(warned).toEqual([]);
});

test('two files of one name are both kept', async () => {
  await put('accounts.csv', ACCOUNTS).catch(() => mkdir(within('in'), { recursive: true }));
  for (const passed of [60, 120]) {
    const folder = await openFolder(parts(passed));
    await put('accounts.csv', ACCOUNTS);
    await folder.look();
  }
  expect(await readdir(within('done'))).toHaveLength(2);
});

describe('a file over which processes died', () => {
  /** A process dies over the first file that it takes in: it has asked for its connection, and nothing comes of it any more. */
  async function dieOver(toldToEnd?: AbortController): Promise<void> {
    let hasBegun = () => {};
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    let wake = () => {};
    const dead = new Promise<never>((_, reject) => (wake = () => reject(new Error('dead'))));
    onTestFinished(wake);
    const { connect } = desk.pool;
    Object.assign(desk.pool, {
      connect() {
        hasBegun();
        return dead;
      },
    });
    void (await openFolder({ ...parts(), toldToEnd: toldToEnd?.signal })).look();
    await begun;
    desk.pool.connect = connect;
    if (!toldToEnd) return;
    toldToEnd.abort();
    await vi.waitFor(async () => expect(await readdir(within('begun'))).toEqual([]));
  }

  test('three times is turned away, and staff are told; the others are not to blame', async () => {
    await openFolder(parts());
    await put('1-accounts.csv', ACCOUNTS);
    await put('2-payments.csv', PAYMENTS);
    for (let deaths = 0; deaths < 3; deaths += 1) await dieOver();
    expect(await told()).toEqual([]);

    await (await openFolder(parts())).look();
    expect(await told()).toMatchObject([
      {
        text: 'staff-registry-unread',
        words: { name: '1-accounts.csv', why: expect.stringContaining('трижды остановилась программа') as string },
      },
      { text: 'staff-registry-taken', words: { name: '2-payments.csv' } },
    ]);
    expect(await readdir(within('refused'))).toContainEqual(expect.stringMatching(/-1-accounts\.csv$/));
    expect([await readdir(within('in')), await readdir(within('taking')), await readdir(within('begun'))]).toEqual([[], [], []]);

    // Another file of its name begins anew.
    await put('1-accounts.csv', ACCOUNTS);
    await (await openFolder(parts())).look();
    expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
  });

  test('is not to blame for an end that was asked for, also where the work outlasts it', async () => {
    await openFolder(parts());
    await put('accounts.csv', ACCOUNTS);
    for (let upgrades = 0; upgrades < 4; upgrades += 1) await dieOver(new AbortController());
    await (await openFolder(parts())).look();
    expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
  });

  test('a file that is begun after the process was told to end is not counted either', async () => {
    await openFolder(parts());
    await put('accounts.csv', ACCOUNTS);
    const toldToEnd = new AbortController();
    toldToEnd.abort();
    await dieOver(toldToEnd);
  });

  test('is counted as itself: another of its name, put there by hand, begins anew', async () => {
    await openFolder(parts());
    await put('accounts.csv', ACCOUNTS.slice(0, 2));
    for (let deaths = 0; deaths < 3; deaths += 1) await dieOver();
    for (const room of ['in', 'taking']) await rm(within(room, 'accounts.csv'), { force: true });
    await put('accounts.csv', ACCOUNTS);
    await (await openFolder(parts())).look();
    expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
  });

  test('is forgotten once it is there no more', async () => {
    const folder = await openFolder(parts());
    await put('accounts.csv', ACCOUNTS);
    await dieOver();
    await folder.forget();
    expect(await readdir(within('begun'))).toEqual(['accounts.csv']);
    await rm(within('taking', 'accounts.csv'));
    await folder.forget();
    expect(await readdir(within('begun'))).toEqual([]);
  });

  test('twice is taken', async () => {
    await openFolder(parts());
    await put('accounts.csv', ACCOUNTS);
    for (let deaths = 0; deaths < 2; deaths += 1) await dieOver();
    await (await openFolder(parts())).look();
    expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
    expect(await readdir(within('begun'))).toEqual([]);
  });
});

test('what cannot be taken in, however often it is tried, is turned away, and staff are told once', async () => {
  let passed = 60;
  const folder = await openFolder({ ...parts(), fileClock: () => new Date(Date.now() + passed * 1000) });
  await put('accounts.csv', ACCOUNTS);
  const { connect } = desk.pool;
  desk.pool.connect = () => {
    throw new Error('poison');
  };
  onTestFinished(() => void (desk.pool.connect = connect));
  for (let looks = 0; looks < 14; looks += 1) {
    await folder.look();
    passed += 660;
  }
  desk.pool.connect = connect;
  expect(warned).toHaveLength(12);
  expect(await told()).toMatchObject([
    { text: 'staff-registry-unread', words: { why: expect.stringContaining('много раз подряд') as string } },
  ]);
  expect(await readdir(within('refused'))).toEqual([expect.stringMatching(/-accounts\.csv$/)]);
});

test('how often a file broke is not laid to another of its name', async () => {
  let passed = 60;
  const folder = await openFolder({ ...parts(), fileClock: () => new Date(Date.now() + passed * 1000) });
  const { connect } = desk.pool;
  desk.pool.connect = () => {
    throw new Error('poison');
  };
  onTestFinished(() => void (desk.pool.connect = connect));
  for (const lines of [ACCOUNTS.slice(0, 2), ACCOUNTS]) {
    for (const room of ['in', 'taking']) await rm(within(room, 'accounts.csv'), { force: true });
    await put('accounts.csv', lines);
    for (let looks = 0; looks < 11; looks += 1) {
      await folder.look();
      passed += 660;
    }
  }
  desk.pool.connect = connect;
  expect(warned).toHaveLength(22);
  await folder.look();
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

test('the order of kinds holds also where there are more files than are taken at once', async () => {
  const folder = await openFolder(parts());
  for (let n = 0; n < 101; n += 1) await put(`a-${n}.csv`, ['ЛС;Дата;Сумма;Номер операции', `0010001;01.11.2026;100;${n}`]);
  await put('z-accounts.csv', ACCOUNTS);
  await folder.look();
  expect((await told())[0]).toMatchObject({ text: 'staff-registry-taken', words: { name: 'z-accounts.csv' } });
  expect(await told()).toHaveLength(100);
  expect([...(await readdir(within('in'))), ...(await readdir(within('taking')))]).toHaveLength(2);
  // What came meanwhile is ranked with what was known before.
  await put('zz-accounts.csv', ACCOUNTS);
  await folder.look();
  expect((await told())[100]).toMatchObject({ words: { name: 'zz-accounts.csv' } });
  expect(await readdir(within('done'))).toHaveLength(103);
  expect(await readdir(within('refused'))).toEqual([]);
  expect(await readdir(within('begun'))).toEqual([]);
}, 60_000);

test('a name that is not UTF-8, or leaves no room for what is added to it, is taken like any other', async () => {
  const folder = await openFolder(parts());
  const named = (name: Buffer) => Buffer.concat([Buffer.from(`${within('in')}/`), name]);
  await writeFile(named(iconv.encode('счета.csv', 'win1251')), `${ACCOUNTS.join('\n')}\n`);
  const long = `${'я'.repeat(125)}.csv`;
  await writeFile(within('in', long), `${PAYMENTS.join('\n')}\n`);
  await writeFile(within('in', `${'ю'.repeat(125)}.csv`), 'не реестр');
  await folder.look();
  expect(warned).toEqual([]);
  expect(await readdir(within('in'))).toEqual([]);
  const done = (await readdir(within('done'))).map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort();
  expect(done).toEqual(['счета.csv', expect.stringMatching(/^я{100,}…\.csv$/)]);
  expect(await readdir(within('refused'))).toHaveLength(2);
  expect((await told()).map(({ text }) => text)).toEqual([
    'staff-registry-unread',
    'staff-registry-taken',
    'staff-registry-taken',
  ]);
  await folder.look();
  expect(await told()).toHaveLength(3);
});

test('a file that came while another of its name was in hand waits for it, and neither is lost', async () => {
  await mkdir(within('taking'), { recursive: true });
  await mkdir(within('in'), { recursive: true });
  await put('accounts.csv', ACCOUNTS.slice(0, 2), 'taking');
  await put('accounts.csv', ACCOUNTS);
  const folder = await openFolder(parts());
  await folder.look();
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(1);
  expect(await readdir(within('in'))).toEqual(['accounts.csv']);
  await folder.look();
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
  expect(await readdir(within('done'))).toHaveLength(2);
});
