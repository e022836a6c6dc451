import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A message that was taken: for whom, and when, in milliseconds. */
export type Arrival = { chat: number; text: string; at: number };

export type LimitedTelegram = Awaited<ReturnType<typeof startLimitedTelegram>>;

const AWAY_MS = 60;
const SECOND_MS = 1000;
const PER_SECOND = 30;
const ME = { id: 1, is_bot: true, first_name: 'Бот', username: 'bench_bot' };

/**
 * Not the sandbox's, whose limits let bursts through and which keeps every message: this one measures. A Bot API 60 ms away that enforces Telegram's limits: 30 messages within any second over all chats, one within any second in a chat;
 * what is more gets 429 with `retry_after`, and while that runs everything does.
 */
export async function startLimitedTelegram(onArrival: (arrivals: number) => void) {
  const arrivals: Arrival[] = [];
  const lastTo = new Map<number, number>();
  let refused = 0;
  let closedUntil = 0;

  /** Seconds to wait, or 0 when the message is taken. */
  function judge(chat: number, now: number): number {
    const thirtieth = arrivals.at(-PER_SECOND);
    const tooMany = thirtieth !== undefined && now - thirtieth.at < SECOND_MS;
    const tooSoon = now - (lastTo.get(chat) ?? Number.NEGATIVE_INFINITY) < SECOND_MS;
    if (!tooMany && !tooSoon && now >= closedUntil) return 0;
    refused += 1;
    if (tooMany) closedUntil = Math.max(closedUntil, now + SECOND_MS);
    return Math.max(1, Math.ceil((closedUntil - now) / SECOND_MS));
  }

  function answer(method: string, { chat_id: chat = 0, text = '' }: { chat_id?: number; text?: string }): object {
    if (method === 'getMe') return { ok: true, result: ME };
    if (method !== 'sendMessage') return { ok: true, result: true };
    const now = performance.now();
    const seconds = judge(chat, now);
    if (seconds > 0) {
      const description = `Too Many Requests: retry after ${seconds}`;
      return { ok: false, error_code: 429, description, parameters: { retry_after: seconds } };
    }
    arrivals.push({ chat, text, at: now });
    lastTo.set(chat, now);
    return { ok: true, result: { message_id: arrivals.length, date: 0, chat: { id: chat, type: 'private' }, text } };
  }

  const server = createServer((request, response) => {
    void (async () => {
      const asked = JSON.parse((await bodyOf(request)) || '{}') as { chat_id?: number; text?: string };
      const before = arrivals.length;
      const said = answer(request.url?.split('/').at(-1) ?? '', asked);
      if (arrivals.length > before) onArrival(arrivals.length);
      await pause(AWAY_MS);
      const status = 'error_code' in said ? 429 : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    })().catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What came since the last time, and how many were refused. */
    take: () => {
      const took = { arrivals: arrivals.splice(0), refused };
      refused = 0;
      return took;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += String(part);
  return body;
}
