import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { type Answer, openSandbox, type Tried, temporaryFolder } from './sandbox-kit.ts';
import { waitFor } from '../../kit/wait-for.ts';

const post = async ({ apiRoot, token }: Tried, method: string, init: RequestInit): Promise<Answer> =>
  (await (await fetch(`${apiRoot}/bot${token}/${method}`, { method: 'POST', ...init })).json()) as Answer;

describe('multipart that cannot be taken', () => {
  const CHAT = 'content-disposition: form-data; name="chat_id"\r\n\r\n1';
  const FILE = 'content-disposition: form-data; name="document"; filename="a.bin"\r\n\r\n';
  test.each([
    ['a body without a boundary', 'multipart/form-data', `--x\r\n${CHAT}\r\n--x--\r\n`, 400],
    ['a body of another boundary', 'multipart/form-data; boundary=y', `--x\r\n${CHAT}\r\n--x--\r\n`, 400],
    ['an empty body', 'multipart/form-data; boundary=x', '', 400],
    ['a body that ends within a header', 'multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form', 400],
    ['a body that ends within a field', 'multipart/form-data; boundary=x', `--x\r\n${CHAT}`, 400],
    ['a body that ends within a file', 'multipart/form-data; boundary=x', `--x\r\n${FILE}half`, 400],
    [
      'a part without a name',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data\r\n\r\n1\r\n--x--\r\n',
      400,
    ],
    [
      'a file of more than 50 MB',
      'multipart/form-data; boundary=x',
      `--x\r\n${FILE}${'a'.repeat(51 * 1024 * 1024)}\r\n--x--\r\n`,
      413,
    ],
    [
      'a field of more than 8 MB',
      'multipart/form-data; boundary=x',
      `--x\r\n${CHAT}${'1'.repeat(9 * 1024 * 1024)}\r\n--x--\r\n`,
      413,
    ],
  ])('%s', async (_, contentType, body, code) => {
    const dataDir = await temporaryFolder();
    const tried = await openSandbox({ dataDir });
    const answer = await post(tried, 'sendDocument', { headers: { 'content-type': contentType }, body });
    expect(answer.error_code).toBe(code);
    expect(answer.description).toMatch(
      code === 413 ? /^Request Entity Too Large$/ : /^Bad Request: can't parse multipart form data: ./,
    );
    expect(await readdir(join(dataDir, 'files/incoming'))).toEqual([]);
    expect((await tried.call('getMe')).ok).toBe(true);
  });

  test('a client that hangs up in the middle of a file leaves nothing', async () => {
    const dataDir = await temporaryFolder();
    const tried = await openSandbox({ dataDir });
    const incoming = join(dataDir, 'files/incoming');
    const sent = request(`${tried.apiRoot}/bot${tried.token}/sendDocument`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    sent.on('error', () => {});
    sent.write(`--x\r\n${FILE}half`);
    await waitFor(async () => expect(await readdir(incoming)).toHaveLength(1));
    sent.destroy();
    await waitFor(async () => expect(await readdir(incoming)).toEqual([]));
    expect((await tried.call('getMe')).ok).toBe(true);
    expect(tried.log).toEqual([]);
  });

  test.each([
    ['a.pdf', undefined, 'application/pdf'],
    ['a.pdf', 'application/octet-stream', 'application/pdf'],
    ['Начисления за октябрь.csv', undefined, 'text/csv'],
    ['a.pdf', 'image/png; x=y', 'image/png'],
    ['notes', 'text/plain', 'text/plain'],
    ['say %22hi%22.txt', undefined, 'text/plain'],
  ])('a file %s that declares %s is %s', async (name, declared, mime) => {
    const tried = await openSandbox();
    const type = declared === undefined ? '' : `content-type: ${declared}\r\n`;
    const body = `--x\r\ncontent-disposition: form-data; name="document"; filename="${name}"\r\n${type}\r\nabc\r\n--x--\r\n`;
    const answer = await post(tried, `sendDocument?chat_id=${tried.ivan}`, {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body,
    });
    expect((answer.result as Message).document).toMatchObject({
      mime_type: mime,
      file_name: name.replaceAll('%22', '"'),
      file_size: 3,
    });
  });
});

test('a name that grammY sends bare keeps its blanks', async () => {
  const tried = await openSandbox();
  const sent = await tried.api.sendDocument(tried.ivan, new InputFile(Buffer.from('abc'), 'Начисления за октябрь.csv'));
  expect(sent.document).toMatchObject({ file_name: 'Начисления за октябрь.csv', file_size: 3 });
});
