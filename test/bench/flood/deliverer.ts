import { Agent, request } from 'node:http';
import type { Update } from 'grammy/types';

/** Telegram's webhook deliveries: forty at once, each chat's one after another, again where it was not taken. */
export function createDeliverer(port: number, path: string, secret: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 40 });
  const tails = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  async function deliver(update: Update): Promise<void> {
    while (!stopping.signal.aborted && (await post(update)) !== 200) await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  function post(update: Update): Promise<number> {
    const body = JSON.stringify(update);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-telegram-bot-api-secret-token': secret,
    };
    return new Promise((resolve) => {
      const sent = request({ port, host: '127.0.0.1', path, method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      sent.on('error', () => resolve(0));
      sent.end(body);
    });
  }

  return {
    push(...updates: Update[]): void {
      for (const update of updates) {
        const line = update.message ? String(update.message.chat.id) : `alone ${update.update_id}`;
        tails.set(
          line,
          (tails.get(line) ?? Promise.resolve()).then(() => deliver(update)),
        );
      }
    },
    stop(): void {
      stopping.abort();
      agent.destroy();
    },
  };
}
