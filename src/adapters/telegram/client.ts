import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { HttpError, InputFile, type Transformer } from 'grammy';
import { rest } from '../rest.ts';

type Fetch = typeof fetch;

export type ClientOptions = {
  /** A call that has no answer after so long failed; `getUpdates` has its own wait on top, a file twenty times as long. */
  timeLimitMs?: number;
  /** Flood waits are obeyed here up to this in all; a longer one is the caller's. 0: all of them are. */
  longestFloodWaitMs?: number;
  /** Sockets to Telegram at once. */
  maxSockets?: number;
  onFloodWait?: (method: string, seconds: number) => void;
};

export type TelegramClient = {
  /** grammY's `client.fetch`: under every call, also from inside conversations, files as well. */
  fetch: Fetch;
  /** The shorter way for calls without files: grammY's own machinery for time limits costs as much as the call. */
  transformer: (apiRoot: string, token: string) => Transformer;
  close: () => void;
};

const JSON_HEADERS = { 'content-type': 'application/json' };
/** A socket that lay idle for longer may be closed over there while our next call is on its way. */
const IDLE_MS = 20_000;

/**
 * The HTTP client under every call to Telegram: keep-alive, time limits, obedience to 429, and another try where the request surely did not
 * arrive. A call that may have arrived is not repeated: the Bot API has no idempotency key.
 */
export function createTelegramClient({
  timeLimitMs = 30_000,
  longestFloodWaitMs = 30_000,
  maxSockets = 100,
  onFloodWait = () => {},
}: ClientOptions = {}): TelegramClient {
  const kept = { keepAlive: true, maxSockets, keepAliveMsecs: 30_000, timeout: IDLE_MS };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };

  async function call(url: string, init: Init): Promise<Reply> {
    const repeatable = typeof init.body === 'string';
    const deadline = Date.now() + longestFloodWaitMs;
    for (let tries = 1; ; tries += 1) {
      let reply: Reply;
      try {
        reply = await send(url, init);
      } catch (error) {
        if (tries >= 4 || !repeatable || !neverArrived(error) || init.signal?.aborted) throw error;
        await rest(100 * 3 ** tries, init.signal);
        continue;
      }
      if (reply.status !== 429 || !repeatable) return reply;
      const seconds = floodWait(reply.body);
      if (Date.now() + seconds * 1000 > deadline || init.signal?.aborted) return reply;
      onFloodWait(methodOf(url), seconds);
      await rest(seconds * 1000, init.signal);
    }
  }

  function limitOf(url: string, body: Init['body']): number {
    if (url.endsWith('/getUpdates')) return timeLimitMs + 60_000;
    return typeof body === 'string' ? timeLimitMs : timeLimitMs * 20;
  }

  function send(url: string, { method, headers: given, body, signal }: Init): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Error('aborted'));
      const secure = url.startsWith('https:');
      const headers = typeof body === 'string' ? { ...given, 'content-length': String(Buffer.byteLength(body)) } : { ...given };
      const options: RequestOptions = { method, headers, agent: secure ? agents.https : agents.http };
      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => finish(() => resolve({ status: response.statusCode ?? 0, body: text })));
        response.on('error', fail);
      });
      const limit = limitOf(url, body);
      const timer = setTimeout(() => request.destroy(new TimeLimit(limit)), limit);
      const abort = () => request.destroy(new Error('aborted'));
      signal?.addEventListener('abort', abort);

      function finish(settle: () => void): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        settle();
      }
      function fail(error: Error): void {
        finish(() => reject(error));
      }
      request.on('error', fail);
      if (typeof body === 'string') request.end(body);
      // A file that cannot be read ends its call.
      else if (body) pipeline(Readable.from(body), request, (error) => error && fail(error));
      else request.end();
    });
  }

  const clientFetch = async (url: URL | string, init: RequestInit = {}) => {
    const { status, body } = await call(String(url), {
      method: init.method ?? 'GET',
      headers: init.headers as Record<string, string>,
      body: init.body as Init['body'],
      signal: init.signal ?? undefined,
    });
    return { status, ok: status >= 200 && status < 300, json: async () => JSON.parse(body) as unknown, text: async () => body };
  };

  return {
    // grammY asks a reply for its `json()` only; a whole Response would cost more than the call.
    fetch: clientFetch as unknown as Fetch,
    transformer: (apiRoot, token) => async (previous, method, payload, signal) => {
      if (holdsFile(payload)) return previous(method, payload, signal);
      const init = {
        method: 'POST',
        headers: JSON_HEADERS,
        body: JSON.stringify(payload),
        signal: signal as AbortSignal | undefined,
      };
      try {
        const { body } = await call(`${apiRoot}/bot${token}/${method}`, init);
        return JSON.parse(body) as never;
      } catch (error) {
        // As grammY does it: without the address, which holds the token.
        throw new HttpError(`Network request for '${method}' failed!`, error);
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

type Init = {
  method: string;
  headers: Readonly<Record<string, string>> | undefined;
  body: string | AsyncIterable<Uint8Array> | undefined;
  signal: AbortSignal | undefined;
};
type Reply = { status: number; body: string };

class TimeLimit extends Error {
  override name = 'TimeLimit';
  constructor(ms: number) {
    super(`Telegram gave no answer within ${ms / 1000} s`);
  }
}

/** There was no connection. One that broke later may have brought the request before. */
function neverArrived(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'].includes(String(error.code));
}

function holdsFile(payload: unknown): boolean {
  if (payload instanceof InputFile) return true;
  if (typeof payload !== 'object' || payload === null) return false;
  return Object.values(payload).some(holdsFile);
}

/** The last part of `…/bot<token>/<method>`: the only part that may be told. */
function methodOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function floodWait(body: string): number {
  try {
    const { parameters } = JSON.parse(body) as { parameters?: { retry_after?: number } };
    return Math.max(1, parameters?.retry_after ?? 1);
  } catch {
    return 1;
  }
}
