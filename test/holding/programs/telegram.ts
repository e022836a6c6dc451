import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { World } from '../../kit/chat/world.ts';

/**
 * What becomes of a call: `flood`, 429; `error`, 500; `gateway`, a page of what stands before it; `silence`, it never arrives; `lost`, it is done
 * and the answer never arrives; `half`, of the answer only a half does.
 */
export const MISHAPS = ['flood', 'error', 'gateway', 'silence', 'lost', 'half'] as const;
export type Mishap = (typeof MISHAPS)[number];

/** `caller`: which program; it is told by the path of its address. */
export type ProgramCall = { caller: string; method: string; chat: number };

export type ServedTelegram = Awaited<ReturnType<typeof serveTelegram>>;

/** The sandbox's strict Bot API by HTTP, for several programs; `befall` says what becomes of each call. */
export async function serveTelegram({ telegram, staff }: World, befall: (call: ProgramCall) => Promise<Mishap | undefined>) {
  const webhooks = new Map<string, string>();
  let flying = 0;
  let lastAt = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, caller = '', method = ''] = /^\/([\w-]+)\/bot[^/]+\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = await buffer(request);
    const mishap = await befall({
      caller,
      method,
      chat: Number(/"chat_id"[":\s]*(-?\d+)/.exec(body.toString('latin1'))?.[1] ?? 0),
    });
    if (mishap === 'silence') return void response.destroy();
    if (mishap === 'gateway')
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
    if (mishap === 'flood' || mishap === 'error') return say(response, REFUSALS[mishap]);
    const said = (await asked(caller, method, body)) ?? (await passed(method, body, request.headers['content-type'] ?? ''));
    if (mishap === 'lost') return void response.destroy();
    if (mishap === 'half') return breakOff(response, said);
    return say(response, said);
  }

  /** What the sandbox does not know of: webhooks, and whom the run has made staff. */
  async function asked(caller: string, method: string, body: Buffer): Promise<Said | undefined> {
    const given = (name: string): unknown => (JSON.parse(body.toString() || '{}') as Record<string, unknown>)[name];
    if (method === 'setWebhook') {
      webhooks.set(caller, String(given('url')));
      return { ok: true, result: true };
    }
    if (method === 'getWebhookInfo') {
      return { ok: true, result: { url: webhooks.get(caller) ?? '', has_custom_certificate: false, pending_update_count: 0 } };
    }
    if (method !== 'getChatMember') return undefined;
    const person = Number(given('user_id'));
    const user = { id: person, is_bot: false, first_name: 'Человек' };
    if (person === 1)
      return { ok: true, result: { status: 'administrator', user, can_manage_topics: true, can_delete_messages: true } };
    return { ok: true, result: { status: staff.has(`telegram:${person}`) ? 'member' : 'left', user } };
  }

  async function passed(method: string, body: Buffer, type: string): Promise<Said> {
    const given = body.length === 0 ? {} : { body: type.startsWith('application/json') ? body.toString() : [body] };
    const response = await telegram.fetch(`http://telegram/${method}`, {
      ...given,
      headers: { 'content-type': type },
    });
    return (await response.json()) as Said;
  }

  const server = createServer((request, response) => {
    flying += 1;
    response.on('close', () => {
      flying -= 1;
      lastAt = performance.now();
    });
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    /** For the program of this name. */
    rootFor: (caller: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${caller}`,
    /** Nobody has called for so long. */
    isQuiet: (ms: number) => flying === 0 && performance.now() - lastAt > ms,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Said = { ok: boolean; error_code?: number; description?: string; result?: unknown; parameters?: object };

const REFUSALS: Readonly<Record<'flood' | 'error', Said>> = {
  flood: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
  error: { ok: false, error_code: 500, description: 'Internal Server Error' },
};

function say(response: ServerResponse, said: Said): void {
  if (!response.destroyed)
    response.writeHead(said.error_code ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
}

function breakOff(response: ServerResponse, said: Said): void {
  const words = Buffer.from(JSON.stringify(said));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': words.length });
  response.write(words.subarray(0, words.length >> 1), () => response.destroy());
}
