import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import type { Layout } from '../../../src/office/registries/layouts/layout.ts';
import { RegistryNotNow } from '../../../src/office/registries/reading/unreadable.ts';
import { workbook } from '../../kit/workbook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'still-written-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const STILL_WRITTEN = /файл ещё пишется/;
const HEADER = 'ЛС;ФИО;Адрес';
const ROWS = Array.from({ length: 5000 }, (_, i) => `${1_000_000 + i};Иванов;Лесная, ${i}\n`);

test.each([
  ['in the middle of a row', '7'],
  ['behind its last row', '\n0010003;Котов;Лесная, 3\n'],
])('of a file that grows while its rows are read, %s, their end is no end', async (_, more) => {
  const path = join(folder, 'accounts.csv');
  await writeFile(path, [`${HEADER}\n`, ...ROWS].join(''));
  const file = await openRegistry(path);
  try {
    const rows = file.rows();
    await rows.next();
    appendFileSync(path, more);
    const rest = async () => {
      for await (const records of rows) expect(records.length).toBeGreaterThan(0);
    };
    await expect(rest()).rejects.toThrow(STILL_WRITTEN);
  } finally {
    await file.close();
  }
});

const BOOK = workbook({ rows: [HEADER.split(';'), ['0010001', 'Иванов', 'Лесная, 1']] });

test.each([
  ['a header', Buffer.from(HEADER.slice(0, 6))],
  ['a workbook', BOOK.subarray(0, BOOK.length - 30)],
])('half of %s that is being written is no registry yet', async (_, half) => {
  const path = join(folder, 'accounts.xlsx');
  await writeFile(path, half);
  /** It is asked for its name once the file is open. */
  const layout = {
    get fileName() {
      appendFileSync(path, ' ');
      return undefined;
    },
  } as Partial<Layout> as Layout;
  await expect(openRegistry(path, { layouts: [layout] })).rejects.toThrow(STILL_WRITTEN);
  await expect(openRegistry(path, { layouts: [layout] })).rejects.toBeInstanceOf(RegistryNotNow);
  await expect(openRegistry(path)).rejects.not.toBeInstanceOf(RegistryNotNow);
});
