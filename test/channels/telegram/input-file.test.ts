import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { inputFile } from '../../../src/channels/telegram/input-file.ts';
import { readParts } from '../../../src/sandbox/server/multipart.ts';

/** As Telegram's own server reads a form (td, HttpReader): a value ends at a semicolon, and its quotes are taken off. */
function readByTelegram(head: string): string | undefined {
  const value = /;\s*filename\s*=([^;\r\n]*)/.exec(head)?.[1]?.trim();
  return value?.replace(/^"(.*)"$/, '$1');
}

test.each([
  ['Квитанция 001010011 октябрь 2026.pdf', 'Квитанция 001010011 октябрь 2026.pdf'],
  ['Реестр «УК "Якорь"»; ноябрь.refused.csv', 'Реестр «УК _Якорь_»_ ноябрь.refused.csv'],
  ['a\\b\r\nc.csv', 'a_b__c.csv'],
])('%j comes up whole, whoever reads the form', async (name, expected) => {
  const read: Record<string, string | undefined> = {};
  const server = createServer((request, response) => {
    const type = request.headers['content-type'] ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      read['telegram'] = readByTelegram(body.toString('utf8'));
      const strict = new Busboy({ headers: { 'content-type': type } });
      strict.on('file', (_field: string, file: NodeJS.ReadableStream, filename: string) => {
        read['strict'] = filename;
        file.resume();
      });
      strict.end(body);
      void (async () => {
        await readParts(Readable.from([body]), type, async ({ fileName, bytes }) => {
          if (fileName !== undefined) read['sandbox'] = fileName;
          bytes.resume();
        });
        response.end(JSON.stringify({ ok: true, result: { message_id: 1 } }));
      })();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Api('1:token', { apiRoot: `http://127.0.0.1:${port}` }).sendDocument(7, inputFile(Buffer.from('%PDF'), name));
  server.close();
  expect(read).toEqual({ telegram: expected, strict: expected, sandbox: expected });
});
