import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GrammyError } from 'grammy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTelegramClient } from '../../../src/channels/telegram/client.ts';
import { createFetchFile } from '../../../src/channels/telegram/fetch-file.ts';

/** A broken Telegram: files that end halfway, are larger than told, or are gone. The sandbox's own serves what is whole. */
const TOKEN = '123:secret-token';
const CONTENT = 'ЛС;ФИО;Адрес\n';
const asked: string[] = [];
const client = createTelegramClient();
let folder = '';
let apiRoot = '';
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url?.endsWith('/documents/file_1.csv')) return response.end(CONTENT);
  if (request.url?.endsWith('/huge')) return response.end(Buffer.alloc(20 * 1024 * 1024 + 1));
  if (request.url?.endsWith('/broken')) {
    response.writeHead(200, { 'content-length': 1000 }).write('half');
    return setTimeout(() => response.destroy(), 20);
  }
  return response.writeHead(request.url?.endsWith('/down') ? 502 : 404).end();
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  client.close();
  server.close();
  await rm(folder, { recursive: true });
});

const fetcher = (file_path: string | undefined) =>
  createFetchFile(
    { getFile: async () => ({ file_id: 'f', file_unique_id: 'u', ...(file_path && { file_path }) }) },
    { apiRoot, token: TOKEN },
    client,
  );
const refusing = (description: string) => {
  const error = new GrammyError('', { ok: false, error_code: 400, description }, 'getFile', {});
  return createFetchFile({ getFile: () => Promise.reject(error) }, { apiRoot, token: TOKEN }, client);
};
const to = () => join(folder, 'fetched');
const sha256 = createHash('sha256').update(CONTENT).digest('hex');

test('a file is fetched with its hash', async () => {
  expect(await fetcher('documents/file_1.csv')('f', to())).toEqual({ outcome: 'fetched', sha256 });
  expect(await readFile(to(), 'utf8')).toBe(CONTENT);
  expect(asked.at(-1)).toBe(`/file/bot${TOKEN}/documents/file_1.csv`);
});

test('a local Bot API server names a file of this machine', async () => {
  const here = join(folder, 'here.csv');
  await writeFile(here, CONTENT);
  expect(await fetcher(here)('f', to())).toEqual({ outcome: 'fetched', sha256 });
});

test.each([
  ['documents/none.csv', 'gone'],
  [undefined, 'gone'],
  ['huge', 'too-large'],
])('%s: %s', async (path, outcome) => expect(await fetcher(path)('f', to())).toEqual({ outcome }));

test('Telegram’s own refusals', async () => {
  expect(await refusing('Bad Request: file is too big')('f', to())).toEqual({ outcome: 'too-large' });
  expect(await refusing('Bad Request: wrong file_id or the file is temporarily unavailable')('f', to())).toEqual({
    outcome: 'gone',
  });
});

test.each(['down', 'broken'])('%s is thrown, to be tried again, and says nothing of the token', async (path) => {
  const error = await fetcher(path)('f', to()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('secret-token');
});
