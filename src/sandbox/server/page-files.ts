/** The page itself: static files of one folder. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mimeOf } from './mime.ts';
import { respondWithText } from './send.ts';

const FOLDER = fileURLToPath(new URL('../page/', import.meta.url));

/** The page talks to its own server and shows its own files; nothing else. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export async function sendPageFile(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
  const wanted = pathname === '/' ? '/index.html' : pathname;
  const path = join(FOLDER, normalize(wanted));
  const mime = mimeOf(path);
  if (!path.startsWith(FOLDER) || mime === 'application/octet-stream') return respondWithText(response, 404, 'Not Found');
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return respondWithText(response, 404, 'Not Found');
  response.writeHead(200, {
    'content-type': mime,
    'content-length': bytes.length,
    'cache-control': 'no-cache',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
