/** Parameters of a Bot API call out of an HTTP request: query, JSON, urlencoded and multipart; the body wins. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Files, Upload } from '../bot-api/files.ts';
import { UPLOAD_LIMIT_BYTES } from '../bot-api/media.ts';
import { badRequest, tooLarge } from '../bot-api/refusal.ts';
import { fileMime } from './mime.ts';
import { type FormPart, readParts } from './multipart.ts';

/** More than any call needs besides files. */
const FIELDS_LIMIT_BYTES = 8 * 1024 * 1024;

type RawParameters = { raw: Map<string, unknown>; uploads: Map<string, Upload> };

export async function readCallParameters(request: IncomingMessage, query: URLSearchParams, files: Files): Promise<RawParameters> {
  const raw = new Map<string, unknown>(query);
  if (request.method !== 'POST') return { raw, uploads: new Map() };
  const kind = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (kind === 'multipart/form-data') return { raw, uploads: await readForm(request, raw, files) };
  const body = await readBody(request);
  if (kind === 'application/json') for (const [name, value] of jsonFields(body)) raw.set(name, value);
  if (kind === 'application/x-www-form-urlencoded')
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) raw.set(name, value);
  return { raw, uploads: new Map() };
}

/** Sets the fields in `raw` and answers the files by the name of their part; none is left on disk when the form is refused. */
async function readForm(request: IncomingMessage, raw: Map<string, unknown>, files: Files): Promise<Map<string, Upload>> {
  const uploads = new Map<string, Upload>();
  const paths: string[] = [];
  const takeFile = async ({ name, mime, bytes }: FormPart, fileName: string): Promise<void> => {
    const temporaryPath = files.temporaryPath();
    paths.push(temporaryPath);
    const file = createWriteStream(temporaryPath, { mode: 0o600 });
    // One that was still being opened when the form broke off would come to be after it was taken away: its end is waited for.
    try {
      await pipeline(upTo(UPLOAD_LIMIT_BYTES, bytes), file);
    } finally {
      if (!file.closed) await once(file, 'close');
    }
    const shortName = fileName.split(/[\\/]/).at(-1) || name;
    uploads.set(name, { temporaryPath, name: shortName, mime: fileMime(shortName, mime), size: file.bytesWritten });
  };
  try {
    await readParts(request, request.headers['content-type'] ?? '', async (part) => {
      if (part.fileName !== undefined) return takeFile(part, part.fileName);
      raw.set(part.name, (await whole(upTo(FIELDS_LIMIT_BYTES, part.bytes))).toString('utf8'));
    });
  } catch (error) {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
    throw error;
  }
  return uploads;
}

/** The whole body; throws 413 past the limit, and leaves the connection alive then: the answer has to go back over it. */
export const readBody = (request: IncomingMessage, limitBytes = FIELDS_LIMIT_BYTES): Promise<Buffer> =>
  whole(upTo(limitBytes, request.iterator({ destroyOnReturn: false })));

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read);
}

/** The same bytes; throws 413 past the limit. */
async function* upTo(limitBytes: number, chunks: Readable | AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge();
    yield chunk;
  }
}

function jsonFields(body: Buffer): [string, unknown][] {
  if (body.length === 0) return [];
  try {
    const fields = JSON.parse(body.toString('utf8')) as unknown;
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return Object.entries(fields);
  } catch {
    // Falls through to the words that Telegram has for both.
  }
  throw badRequest("can't parse request JSON object");
}
