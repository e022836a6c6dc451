import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

type Fetch = typeof fetch;

export type ClientFetchOptions = {
  /** A call that has no answer after so long failed; `getUpdates` has its own wait on top. */
  timeLimitMs?: number;
  /** A flood wait up to this is obeyed here; a longer one is the caller's. */
  longestFloodWaitMs?: number;
  /** Sockets to Telegram at once. */
  maxSockets?: number;
  onFloodWait?: (method: string, seconds: number) => void;
};

/**
 * The HTTP client under every call to Telegram, also from inside dialogs (grammY's transformers do not reach those): keep-alive, time
 * limits, obedience to 429, and another try where the request surely did not arrive. A call that may have arrived is not repeated: the Bot
 * API has no idempotency key.
 */
export function createClientFetch({
  timeLimitMs = 30_000,
  longestFloodWaitMs = 60_000,
  maxSockets = 100,
  onFloodWait = () => {},
}: ClientFetchOptions = {}): { fetch: Fetch; close(): void } {
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets, keepAliveMsecs: 30_000 }),
    https: new HttpsAgent({ keepAlive: true, maxSockets, keepAliveMsecs: 30_000 }),
  };

  async function call(url: URL | string, init: RequestInit): Promise<Reply> {
    const method = methodOf(String(url));
    const limit = method === 'getUpdates' ? timeLimitMs + 60_000 : timeLimitMs;
    const repeatable = typeof init.body === 'string';
    const deadline = Date.now() + longestFloodWaitMs;
    for (let tries = 1; ; tries += 1) {
      const reply = await send(url, init, limit).catch((error: unknown) => {
        if (tries >= 4 || !repeatable || !neverArrived(error) || isAborted(init)) throw error;
        return undefined;
      });
      if (!reply) {
        await pause(100 * 3 ** tries);
        continue;
      }
      if (reply.status !== 429 || !repeatable) return reply;
      const seconds = floodWait(reply.body);
      if (Date.now() + seconds * 1000 > deadline || isAborted(init)) return reply;
      onFloodWait(method, seconds);
      await pause(seconds * 1000);
    }
  }

  function send(url: URL | string, init: RequestInit, limit: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const secure = String(url).startsWith('https:');
      const body = typeof init.body === 'string' ? init.body : undefined;
      const headers: Record<string, string> = { ...(init.headers as Record<string, string> | undefined) };
      if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
      const options: RequestOptions = { method: init.method ?? 'GET', agent: secure ? agents.https : agents.http, headers };

      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        read(response).then((text) => finish(() => resolve({ status: response.statusCode ?? 0, body: text })), fail);
      });
      const stopTimer = setTimeout(() => request.destroy(new TimeLimit(limit)), limit);
      const abort = () => request.destroy(new Error('aborted'));
      init.signal?.addEventListener('abort', abort);
      function finish(settle: () => void): void {
        clearTimeout(stopTimer);
        init.signal?.removeEventListener('abort', abort);
        settle();
      }
      const fail = (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error('The connection broke')));
      request.on('error', (error) => fail(Object.assign(error, { reused: request.reusedSocket })));
      if (body !== undefined) request.end(body);
      else if (init.body)
        Readable.from(init.body as unknown as AsyncIterable<Uint8Array>)
          .on('error', fail)
          .pipe(request);
      else request.end();
    });
  }

  const clientFetch = async (url: URL | string, init: RequestInit = {}) => {
    const { status, body } = await call(url, init);
    return { status, ok: status >= 200 && status < 300, json: async () => JSON.parse(body) as unknown, text: async () => body };
  };

  return {
    // grammY asks a reply for its `json()` only; a whole Response would cost more than the call.
    fetch: clientFetch as unknown as Fetch,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

type Reply = { status: number; body: string };

class TimeLimit extends Error {
  override name = 'TimeLimit';
  constructor(ms: number) {
    super(`Telegram gave no answer within ${ms / 1000} s`);
  }
}

/** Nothing was sent: no connection, or one that the server had closed while it lay idle. */
function neverArrived(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'].includes(String(error.code))) return true;
  return ['ECONNRESET', 'EPIPE'].includes(String(error.code)) && 'reused' in error && error.reused === true;
}

function isAborted(init: RequestInit): boolean {
  return init.signal?.aborted ?? false;
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

async function read(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return parts.length === 1 ? (parts[0] as Buffer).toString('utf8') : Buffer.concat(parts).toString('utf8');
}
