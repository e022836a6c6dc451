/** Answers of the HTTP server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Files } from '../bot-api/files.ts';
import type { StoredFile } from '../bot-api/state.ts';
import { mayShow } from './mime.ts';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, 'cache-control': 'no-store' });
  response.end(bytes);
}

export function respondWithText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
}

/** A file's bytes, whole or the one range that a player asks for. */
export async function respondWithFile(
  request: IncomingMessage,
  response: ServerResponse,
  files: Files,
  file: StoredFile,
  asDownload: boolean,
): Promise<void> {
  const inline = mayShow(file.mime) && !asDownload;
  const range = rangeOf(request.headers.range, file.size);
  const [start, end] = range ?? [0, file.size - 1];
  response.writeHead(range ? 206 : 200, {
    'content-type': inline || asDownload ? charsetOf(file.mime) : 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=86400',
    'x-content-type-options': 'nosniff',
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    ...(range ? { 'content-range': `bytes ${start}-${end}/${file.size}` } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  // A client that disconnects in the middle is no error.
  await pipeline(files.read(file, { start, end }), response).catch(() => undefined);
}

const charsetOf = (mime: string): string => (mime === 'text/plain' ? 'text/plain; charset=utf-8' : mime);

function rangeOf(header: string | undefined, size: number): [number, number] | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  return start <= end ? [start, end] : undefined;
}
