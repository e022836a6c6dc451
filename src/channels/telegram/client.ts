import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { HttpError, InputFile, type Transformer } from 'grammy';
import type { ApiError } from 'grammy/types';
import { sleep } from '../../runtime/sleep.ts';
import { openTimeLimit } from '../../runtime/time-limit.ts';
import { forwardError, openWays, ProxyError, refusesCredentials, type Way } from './proxy.ts';
import { classifyRefusal, type TelegramRefusal, wordsOfPage } from './refusals.ts';
import { type Repeats, repeatsOf } from './repeats.ts';

type Fetch = typeof fetch;

export type ClientOptions = {
  /** `PROXY_URL`: everything goes through it. */
  proxyUrl?: string | undefined;
  /** A try without an answer failed after so long; `getUpdates` has the `timeout` that it asks for on top, a file the time that its bytes take. */
  timeLimitMs?: number;
  /** What may be repeated is tried for so long in all; a file for the time that its bytes take longer. */
  patienceMs?: number;
  /** Flood waits are obeyed here up to this in all; a longer one is the caller's. 0: all of them are. */
  longestFloodWaitMs?: number;
  /** Nothing that may have arrived is called again: whoever calls keeps a line of his own. */
  once?: boolean;
  /** Sockets to Telegram at once. */
  maxSockets?: number;
  onFloodWait?: (method: string, seconds: number) => void;
};

export type TelegramClient = {
  /** grammY's `client.fetch`: under every call, also from inside conversations, files as well. */
  fetch: Fetch;
  /** The same, and nothing that may have arrived is called again. */
  fetchOnce: Fetch;
  /** The shorter way for calls without files: grammY's own machinery for time limits costs as much as the call. */
  transformer: (apiRoot: string, token: string) => Transformer;
  /** A file, as it comes. The address holds the token: what is thrown does not name it. */
  download: (url: string, signal: AbortSignal) => Promise<{ status: number; content: IncomingMessage }>;
  close: () => void;
};

/** A socket that lay idle for longer may be closed over there while our next call is on its way. */
const IDLE_MS = 20_000;
/** The slowest line on which a file is waited for. */
const BYTES_PER_MS = 50;
/** Waits before the second try, the third…; the last one stays. */
const WAITS_MS = [300, 1_000, 3_000];

/**
 * The HTTP client under every call to Telegram: the way there, keep-alive, time limits, obedience to 429, and another try where it may be
 * made: of everything that surely did not arrive, and of words to people wherever Telegram stumbled (see `repeats.ts`).
 */
export function createTelegramClient({
  proxyUrl,
  timeLimitMs = 10_000,
  patienceMs = 25_000,
  longestFloodWaitMs = 15_000,
  once = false,
  maxSockets = 100,
  onFloodWait = () => {},
}: ClientOptions = {}): TelegramClient {
  const ways = openWays(proxyUrl, { keepAlive: true, maxSockets, keepAliveMsecs: 30_000, timeout: IDLE_MS });
  const usual = openTimeLimit(timeLimitMs);

  async function call(address: RequestTarget, init: Init, onceOnly = once): Promise<HttpReply> {
    const method = methodOf(address);
    const repeats = mayRepeat(repeatsOf(method), onceOnly);
    const limitMs = limitOf(method, init.body);
    const began = performance.now();
    const deadline = began + Math.max(patienceMs, longestFloodWaitMs + timeLimitMs) + limitMs - timeLimitMs;

    for (let tries = 1; ; tries += 1) {
      const tried = await attempt(address, init, tries === 1 ? limitMs : Math.min(limitMs, deadline - performance.now()));
      if (init.signal?.aborted) return settle(tried);
      const refusal = tried.reply && refusalOf(tried.reply);
      if (tried.reply && !refusal) return tried.reply;
      const seconds = refusal?.what === 'pace' ? (refusal.seconds ?? 1) : undefined;
      if (seconds !== undefined) {
        if (performance.now() + seconds * 1000 > began + longestFloodWaitMs) return settle(tried);
        onFloodWait(method, seconds);
        await sleep(seconds * 1000, init.signal);
        continue;
      }
      const waitMs = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? 0;
      if (!repeats(tried.error, refusal) || performance.now() + waitMs >= deadline) return settle(tried);
      await sleep(waitMs, init.signal);
    }
  }

  function limitOf(method: string, body: Init['body']): number {
    // A connection that died without a word is given up soon after Telegram was to answer: meanwhile nobody's updates come.
    if (method === 'getUpdates') return timeLimitMs + heldMs(body);
    return body instanceof Buffer ? timeLimitMs + Math.ceil(body.length / BYTES_PER_MS) : timeLimitMs;
  }

  async function attempt(address: RequestTarget, init: Init, limitMs: number): Promise<Tried> {
    try {
      return { reply: await send(address, init, limitMs) };
    } catch (error) {
      return { error };
    }
  }

  function send(address: RequestTarget, { method, headers, body, signal }: Init, limitMs: number): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Error('aborted'));
      const hear = (response: IncomingMessage) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => finish(() => resolve({ status: response.statusCode ?? 0, body: text })));
        response.on('error', fail);
      };
      const request = open(address, { method, headers }, hear, fail);
      const late = () => request.destroy(new TimeLimitOver(limitMs));
      const stopWatch = limitMs === timeLimitMs ? usual.watch(late) : watchAlone(limitMs, late);
      const abort = () => request.destroy(new Error('aborted'));
      signal?.addEventListener('abort', abort);

      function finish(settleIt: () => void): void {
        stopWatch();
        signal?.removeEventListener('abort', abort);
        settleIt();
      }
      function fail(error: Error): void {
        finish(() => reject(error));
      }
      request.end(body);
    });
  }

  /** A request on its way, whose answer comes from Telegram and not from the proxy. */
  function open({ way, secure, hostname, port, path }: RequestTarget, { method, headers }: RequestHead, hear: Hear, fail: Fail) {
    const options = { hostname, port, path, method, headers, agent: way.agent };
    const request = (secure ? httpsRequest : httpRequest)(options, (response) => {
      if (!way.forwards || !refusesCredentials(response)) return hear(response);
      response.destroy();
      fail(new ProxyError('credentials', `HTTP ${response.statusCode}`));
    });
    request.on('error', (error) => fail(way.forwards ? forwardError(error) : error));
    return request;
  }

  const fetchBy =
    (onceOnly: boolean) =>
    async (url: URL | string, init: RequestInit = {}) => {
      const given = await wholeBody(init.body as GivenBody);
      const address = addressOf(url, ways);
      const asked = {
        method: init.method ?? 'GET',
        headers: headersFor(address, (init.headers ?? {}) as Record<string, string>, given),
        body: given,
        signal: init.signal ?? undefined,
      };
      const { status, body } = await call(address, asked, onceOnly);
      return { status, ok: status >= 200 && status < 300, json: async () => JSON.parse(body) as unknown, text: async () => body };
    };

  return {
    // grammY asks a reply for its `json()` only; a whole Response would cost more than the call.
    fetch: fetchBy(once) as unknown as Fetch,
    fetchOnce: fetchBy(true) as unknown as Fetch,
    transformer: (apiRoot, token) => {
      const root = addressOf(`${apiRoot}/bot${token}/`, ways);
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
    download: (url, signal) =>
      new Promise((resolve, reject) => {
        const address = addressOf(url, ways);
        const asked = { method: 'GET', headers: headersFor(address, {}, undefined) };
        const hear = (content: IncomingMessage) => resolve({ status: content.statusCode ?? 0, content });
        const request = open(address, asked, hear, reject);
        const abort = () => request.destroy(new Error('aborted'));
        signal.addEventListener('abort', abort);
        request.on('close', () => signal.removeEventListener('abort', abort));
        request.end();
      }),
    close: ways.close,
  };
}

/** What a request takes from its URL: taken apart once for many requests. `headers`: those that the URL and the way ask for. */
type RequestTarget = {
  way: Way;
  secure: boolean;
  hostname: string;
  port: string | number;
  path: string;
  headers: readonly string[];
};

type RequestHead = { method: string; headers: readonly string[] };

type Init = RequestHead & {
  body: string | Buffer | undefined;
  signal: AbortSignal | undefined;
};
type GivenBody = string | AsyncIterable<Uint8Array> | undefined;
type HttpReply = { status: number; body: string };
type Tried = { reply: HttpReply; error?: never } | { reply?: never; error: unknown };
type Hear = (response: IncomingMessage) => void;
type Fail = (error: Error) => void;

function settle({ reply, error }: Tried): HttpReply {
  if (reply) return reply.status >= 400 && !reply.body.startsWith('{') ? inItsWords(reply) : reply;
  throw error;
}

/** A page of something between us and Telegram, as Telegram would have said it. */
function inItsWords({ status }: HttpReply): HttpReply {
  return { status, body: JSON.stringify({ ok: false, error_code: status, description: wordsOfPage(status) }) };
}

/** Files are in memory anyway, and only what is there whole can be sent again. A file that cannot be read fails its call. */
async function wholeBody(body: GivenBody): Promise<Init['body']> {
  if (body === undefined || typeof body === 'string') return body;
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

/** For so long Telegram was asked to hold an empty answer. */
function heldMs(body: Init['body']): number {
  const { timeout } = typeof body === 'string' ? (JSON.parse(body) as { timeout?: number }) : {};
  return (timeout ?? 0) * 1000;
}

class TimeLimitOver extends Error {
  override name = 'TimeLimit';
  constructor(ms: number) {
    super(`Telegram gave no answer within ${ms / 1000} s`);
  }
}

function watchAlone(ms: number, onLate: () => void): () => void {
  const timer = setTimeout(onLate, Math.max(0, ms));
  return () => clearTimeout(timer);
}

type MayRepeat = (error: unknown, refusal: TelegramRefusal | undefined) => boolean;

function mayRepeat(repeats: Repeats, once: boolean): MayRepeat {
  if (repeats === 'never') return () => false;
  if (repeats === 'unless-arrived' || once) return (error) => neverArrived(error);
  return (_, refusal) => refusal === undefined || refusal.what === 'away';
}

/** There was no connection. One that broke later may have brought the request before. */
function neverArrived(error: unknown): boolean {
  if (error instanceof ProxyError) return true;
  if (!(error instanceof Error) || !('code' in error)) return false;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'].includes(String(error.code));
}

function holdsFile(payload: unknown): boolean {
  if (payload instanceof InputFile) return true;
  if (typeof payload !== 'object' || payload === null) return false;
  return Object.values(payload).some(holdsFile);
}

/** The last part of `…/bot<token>/<method>`: the only part that may be told. */
function methodOf({ path }: RequestTarget): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function addressOf(url: URL | string, ways: { http: Way; https: Way }): RequestTarget {
  const { protocol, hostname, host, port, pathname, search, username, password } = new URL(url);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const secure = protocol === 'https:';
  const way = secure ? ways.https : ways.http;
  const headers = ['Host', host, ...(username === '' ? [] : ['Authorization', `Basic ${basic}`])];
  const path = pathname + search;
  if (way.forwards) {
    const { forwards } = way;
    return { way, ...forwards, path: `${protocol}//${host}${path}`, headers: [...headers, ...forwards.headers] };
  }
  return { way, secure, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port: port || (secure ? 443 : 80), path, headers };
}

/** Names and values in one list, which node writes as it is; of an object it looks at each twice. */
function headersFor(address: RequestTarget, given: Readonly<Record<string, string>>, body: Init['body']): readonly string[] {
  const headers = [...address.headers, ...Object.entries(given).flat()];
  if (body !== undefined) headers.push('Content-Length', String(Buffer.byteLength(body)));
  return headers;
}

/** Undefined: Telegram did as it was asked. */
function refusalOf({ status, body }: HttpReply): TelegramRefusal | undefined {
  if (status === 200 && !body.startsWith('{"ok":false')) return undefined;
  const { error_code: code, description, parameters } = parsed(body) ?? {};
  // No answer of the Bot API, be it JSON or not.
  if (code === undefined || description === undefined) return classifyRefusal({ code: status, description: wordsOfPage(status) });
  return classifyRefusal({ code, description, parameters });
}

function parsed(body: string): Partial<ApiError> | undefined {
  try {
    return JSON.parse(body) as Partial<ApiError>;
  } catch {
    return undefined;
  }
}
