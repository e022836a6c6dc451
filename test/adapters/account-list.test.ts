import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ListedAccount, readAccountList } from '../../src/adapters/account-list.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'list-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a long list comes in pieces, its lines counted, a number once', async () => {
  const path = join(folder, 'long.csv');
  const numbers = Array.from({ length: 20_000 }, (_, i) => String(70_000_000 + i));
  await writeFile(path, `Улица;Лицевой счёт\n${numbers.map((number) => `Портовая;${number}`).join('\n')}\nПортовая;70000000\n`);
  const messageParts: ListedAccount[][] = [];
  for await (const some of readAccountList(path)) messageParts.push(some);
  expect(messageParts.length).toBeGreaterThan(3);
  expect(messageParts.flat()).toEqual(numbers.map((account, i) => ({ line: i + 2, account })));
});

test.each([
  ['a file that is not there', undefined, 'такого файла нет'],
  ['a workbook', 'PK\u0003\u0004', 'XLSX'],
  ['another table', 'Имя;Адрес\nКто;Где\n', 'нет ни столбца «ЛС», ни номера'],
  ['names', 'Иванов\nПетров\n', 'нет ни столбца «ЛС», ни номера'],
])('%s is no list', async (_, content, why) => {
  const path = content === undefined ? join(folder, 'none.csv') : join(folder, 'list.csv');
  if (content !== undefined) await writeFile(path, content);
  const read = async () => {
    for await (const some of readAccountList(path)) expect(some).toEqual([]);
  };
  await expect(read()).rejects.toThrow(`${path}: `);
  await expect(read()).rejects.toThrow(why);
});
