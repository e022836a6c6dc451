import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Api } from 'grammy';
import type { FetchFile } from '../../delivery/fetch-file.ts';
import { attempt } from './attempt.ts';
import type { TelegramClient } from './client.ts';
import { LARGEST_FETCHED_BYTES } from './limits.ts';
import { proxySentence } from './proxy.ts';

const LIMIT_MS = 300_000;

class TooLarge extends Error {}

/**
 * Fetches files from the Bot API at `apiRoot`; a local Bot API server names a file on this machine instead. What is thrown holds no address:
 * the token is in it.
 */
export function createFetchFile(
  api: Pick<Api, 'getFile'>,
  { apiRoot, token }: { apiRoot: string; token: string },
  client: Pick<TelegramClient, 'download'>,
): FetchFile {
  return async (handle, path, { mostBytes = LARGEST_FETCHED_BYTES, signal } = {}) => {
    const named = await findFile(api, handle);
    if (typeof named !== 'string') return named;
    const source = isAbsolute(named) && (await isHere(named)) ? createReadStream(named) : await download(named, signal);
    if (!source) return { outcome: 'gone' };
    const digest = createHash('sha256');
    try {
      await pipeline(
        source,
        (parts: AsyncIterable<Buffer>) => hashed(parts, digest, mostBytes),
        createWriteStream(path, { mode: 0o600 }),
      );
    } catch (error) {
      if (error instanceof TooLarge) return { outcome: 'too-large' };
      throw new Error('a file could not be fetched', { cause: error });
    }
    return { outcome: 'fetched', sha256: digest.digest('hex') };
  };

  async function download(named: string, signal: AbortSignal | undefined): Promise<Readable | undefined> {
    const url = `${apiRoot}/file/bot${token}/${named.replace(/^\/+/, '')}`;
    const ends = [AbortSignal.timeout(LIMIT_MS), ...(signal ? [signal] : [])];
    const { status, content } = await client.download(url, AbortSignal.any(ends)).catch((error: unknown) => {
      throw new Error(proxySentence(error) ?? 'Telegram did not hand a file over');
    });
    if (status === 200) return content;
    content.destroy();
    if (status === 404) return undefined;
    throw new Error(`Telegram answered ${status} for a file`);
  }
}

async function findFile(api: Pick<Api, 'getFile'>, handle: string): Promise<string | { outcome: 'gone' | 'too-large' }> {
  const found = await attempt(() => api.getFile(handle));
  if (found.done) return found.result.file_path ?? { outcome: 'gone' };
  const { move, what } = found.refusal;
  if (move === 'retry') throw found.error;
  return { outcome: what === 'size' ? 'too-large' : 'gone' };
}

async function isHere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function* hashed(
  parts: AsyncIterable<Buffer>,
  digest: ReturnType<typeof createHash>,
  mostBytes: number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.length;
    if (bytes > mostBytes) throw new TooLarge();
    digest.update(part);
    yield part;
  }
}
