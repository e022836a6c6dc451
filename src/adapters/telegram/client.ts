import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { HttpError, InputFile, type Transformer } from 'grammy';
import { sleep } from '../sleep.ts';
import { openTimeLimit, type TimeLimit } from '../time-limit.ts';

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

  const limits = {
    usual: openTimeLimit(timeLimitMs),
    getUpdates: openTimeLimit(timeLimitMs + 60_000),
    file: openTimeLimit(timeLimitMs * 20),
  };

  async function call(address: Address, init: Init): Promise<Reply> {
    const deadline = Date.now() + longestFloodWaitMs;
    for (let tries = 1; ; tries += 1) {
      let reply: Reply;
      try {
        reply = await send(address, init);
      } catch (error) {
        if (tries >= 4 || !neverArrived(error) || init.signal?.aborted) throw error;
        await sleep(100 * 3 ** tries, init.signal);
        continue;
      }
      if (reply.status !== 429) return reply;
      const seconds = floodWait(reply.body);
      if (Date.now() + seconds * 1000 > deadline || init.signal?.aborted) return reply;
      onFloodWait(methodOf(address), seconds);
      await sleep(seconds * 1000, init.signal);
    }
  }

  function limitOf(address: Address, body: Init['body']): TimeLimit {
    if (methodOf(address) === 'getUpdates') return limits.getUpdates;
    return typeof body === 'string' ? limits.usual : limits.file;
  }

  function send(address: Address, { method, headers, body, signal }: Init): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Error('aborted'));
      const { secure, hostname, port, path } = address;
      const options = { hostname, port, path, method, headers, agent: secure ? agents.https : agents.http };
      const request = (secure ? httpsRequest : httpRequest)(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => finish(() => resolve({ status: response.statusCode ?? 0, body: text })));
        response.on('error', fail);
      });
      const limit = limitOf(address, body);
      const stopWatch = limit.watch(() => request.destroy(new TimeLimitOver(limit.ms)));
      const abort = () => request.destroy(new Error('aborted'));
      signal?.addEventListener('abort', abort);

      function finish(settle: () => void): void {
        stopWatch();
        signal?.removeEventListener('abort', abort);
        settle();
      }
      function fail(error: Error): void {
        finish(() => reject(error));
      }
      request.on('error', fail);
      request.end(body);
    });
  }

  const clientFetch = async (url: URL | string, init: RequestInit = {}) => {
    const given = await wholeBody(init.body as GivenBody);
    const address = addressOf(url);
    const { status, body } = await call(address, {
      method: init.method ?? 'GET',
      headers: headersFor(address, (init.headers ?? {}) as Record<string, string>, given),
      body: given,
      signal: init.signal ?? undefined,
    });
    return { status, ok: status >= 200 && status < 300, json: async () => JSON.parse(body) as unknown, text: async () => body };
  };

  return {
    // grammY asks a reply for its `json()` only; a whole Response would cost more than the call.
    fetch: clientFetch as unknown as Fetch,
    transformer: (apiRoot, token) => {
      const root = addressOf(`${apiRoot}/bot${token}/`);
      return async (previous, method, payload, signal) => {
        if (holdsFile(payload)) return previous(method, payload, signal);
        const body = JSON.stringify(payload);
        const headers = headersFor(root, { 'content-type': 'application/json' }, body);
        const address = { ...root, path: root.path + method };
        try {
          const reply = await call(address, { method: 'POST', headers, body, signal: signal as AbortSignal | undefined });
          return JSON.parse(reply.body) as never;
        } catch (error) {
          // As grammY does it: without the address, which holds the token.
          throw new HttpError(`Network request for '${method}' failed!`, error);
        }
      };
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** What a request takes from its URL: taken apart once for many requests. `headers`: those that the URL asks for. */
type Address = { secure: boolean; hostname: string; port: string; path: string; headers: readonly string[] };

type Init = {
  method: string;
  headers: readonly string[];
  body: string | Buffer | undefined;
  signal: AbortSignal | undefined;
};
type GivenBody = string | AsyncIterable<Uint8Array> | undefined;
type Reply = { status: number; body: string };

/** Files are in memory anyway, and only what is there whole can be sent again. A file that cannot be read fails its call. */
async function wholeBody(body: GivenBody): Promise<Init['body']> {
  if (body === undefined || typeof body === 'string') return body;
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

class TimeLimitOver extends Error {
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
function methodOf({ path }: Address): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function addressOf(url: URL | string): Address {
  const { protocol, hostname, host, port, pathname, search, username, password } = new URL(url);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return {
    secure: protocol === 'https:',
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    path: pathname + search,
    headers: ['Host', host, ...(username === '' ? [] : ['Authorization', `Basic ${basic}`])],
  };
}

/** Names and values in one list, which node writes as it is; of an object it looks at each twice. */
function headersFor(address: Address, given: Readonly<Record<string, string>>, body: Init['body']): readonly string[] {
  const headers = [...address.headers, ...Object.entries(given).flat()];
  if (body !== undefined) headers.push('Content-Length', String(Buffer.byteLength(body)));
  return headers;
}

function floodWait(body: string): number {
  try {
    const { parameters } = JSON.parse(body) as { parameters?: { retry_after?: number } };
    return Math.max(1, parameters?.retry_after ?? 1);
  } catch {
    return 1;
  }
}
