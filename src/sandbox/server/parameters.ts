/** Parameters of a Bot API call out of an HTTP request: query, JSON, urlencoded and multipart; the body wins. */
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Files, Upload } from '../bot-api/files.ts';
import { UPLOAD_LIMIT_BYTES } from '../bot-api/media.ts';
import { badRequest, Refusal } from '../bot-api/refusal.ts';
import { fileMime } from './mime.ts';
import { boundaryOf, MalformedBody, type PartHead, type PartSink, readMultipart } from './multipart.ts';

export type RawParameters = { raw: Map<string, unknown>; uploads: Map<string, Upload> };

/** More than any call needs besides files. */
const FIELDS_LIMIT_BYTES = 8 * 1024 * 1024;

export async function readCallParameters(request: IncomingMessage, query: URLSearchParams, files: Files): Promise<RawParameters> {
  const raw = new Map<string, unknown>(query);
  const uploads = new Map<string, Upload>();
  let unfinished: FileHandle | undefined;
  const contentType = request.headers['content-type'] ?? '';
  const kind = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (request.method !== 'POST') return { raw, uploads };
  if (kind === 'multipart/form-data') await readParts();
  else if (kind === 'application/json') for (const [name, value] of jsonFields(await readBody(request))) raw.set(name, value);
  else if (kind === 'application/x-www-form-urlencoded')
    for (const [name, value] of new URLSearchParams((await readBody(request)).toString('utf8'))) raw.set(name, value);
  else await readBody(request);
  return { raw, uploads };

  async function readParts(): Promise<void> {
    try {
      await readMultipart(chunksOf(request), boundaryOf(contentType), (head) =>
        head.fileName === undefined ? field(head) : file(head, head.fileName),
      );
    } catch (error) {
      if (error instanceof MalformedBody) throw badRequest(`can't parse multipart form data: ${error.message}`);
      throw error;
    } finally {
      await unfinished?.close();
    }
  }

  function field({ name }: PartHead): PartSink {
    const chunks: Buffer[] = [];
    let size = 0;
    return {
      write(bytes) {
        size += bytes.length;
        if (size > FIELDS_LIMIT_BYTES) throw tooLarge();
        chunks.push(bytes);
      },
      end: () => void raw.set(name, Buffer.concat(chunks).toString('utf8')),
    };
  }

  async function file({ name, mime }: PartHead, fileName: string): Promise<PartSink> {
    const temporaryPath = files.temporaryPath();
    const handle: FileHandle = await open(temporaryPath, 'w', 0o600);
    unfinished = handle;
    let size = 0;
    return {
      async write(bytes) {
        size += bytes.length;
        if (size > UPLOAD_LIMIT_BYTES) throw tooLarge();
        await handle.write(bytes);
      },
      async end() {
        unfinished = undefined;
        await handle.close();
        const shortName = fileName.split(/[\\/]/).at(-1) || name;
        uploads.set(name, { temporaryPath, name: shortName, mime: fileMime(shortName, mime), size });
      },
    };
  }
}

/** The whole body; throws 413 past the limit. */
export async function readBody(request: IncomingMessage, limitBytes = FIELDS_LIMIT_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Leaves the connection alive when reading stops early: the answer has to go back over it. */
const chunksOf = (request: IncomingMessage): AsyncIterable<Buffer> =>
  request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;

const tooLarge = (): Refusal => new Refusal(413, 'Request Entity Too Large');

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
