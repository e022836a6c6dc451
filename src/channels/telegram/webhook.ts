import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Update } from 'grammy/types';
import { openTimeLimit, within } from '../../runtime/time-limit.ts';

export type WebhookParts = {
  secret: string;
  /** Resolves when the update is safe; where that takes too long, or it rejects, Telegram sends it again. */
  accept: (update: Update) => Promise<void>;
  onError: (error: unknown) => void;
};

/** Telegram's updates are far smaller. */
const LARGEST_BYTES = 1_000_000;

/** Longer than an update may take before it is written into the inbox, which is quick: then the inbox is away. */
const PATIENCE_MS = 2_200;

/** Answers Telegram's deliveries: 200 when the update is safe, 503 when it must come again, 401 to strangers. */
export function createWebhook({ secret, accept, onError }: WebhookParts) {
  const expected = Buffer.from(secret);
  const patience = openTimeLimit(PATIENCE_MS);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isSecret(request.headers['x-telegram-bot-api-secret-token'], expected)) return end(response, 401);
    if (request.method !== 'POST') return end(response, 405);
    const body = await readBody(request);
    if (body === undefined) return end(response, 413);
    const update = parseUpdate(body);
    if (!update) return end(response, 400);
    try {
      end(
        response,
        await within(
          patience,
          accept(update).then(() => 200),
          () => 503,
        ),
      );
    } catch (error) {
      onError(error);
      end(response, 503);
    }
  };
}

/** In constant time; what has another length is compared as well, with what it cannot equal. */
function isSecret(header: string | string[] | undefined, expected: Buffer): boolean {
  const given = Buffer.from(typeof header === 'string' ? header : '');
  const fits = given.length === expected.length;
  return timingSafeEqual(fits ? given : Buffer.alloc(expected.length), expected) && fits;
}

/** A body that was not read to its end is not waited for. */
function end(response: ServerResponse, status: number): void {
  const unread = !response.req.complete;
  response.writeHead(status, { 'content-length': 0, ...(unread && { connection: 'close' }) }).end();
}

/** Undefined when it is too large; rejects when the connection breaks. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= LARGEST_BYTES) parts.push(part);
      // Who sends a little too much hears of it; who sends without end is cut off.
      else if (bytes > 20 * LARGEST_BYTES) resolve(undefined);
    });
    request.on('end', () => resolve(bytes <= LARGEST_BYTES ? textOf(parts) : undefined));
    request.on('error', reject);
    // After each delivery: an error, which costs its stack, is made for a broken one only.
    request.on('close', () => {
      if (!request.complete) reject(new Error('the delivery broke off'));
    });
  });
}

/** Most come in one piece. */
function textOf(parts: readonly Buffer[]): string {
  const [first] = parts;
  return parts.length === 1 && first ? first.toString('utf8') : Buffer.concat(parts).toString('utf8');
}

function parseUpdate(body: string): Update | undefined {
  try {
    const update = JSON.parse(body) as Partial<Update> | null;
    return Number.isSafeInteger(update?.update_id) ? (update as Update) : undefined;
  } catch {
    return undefined;
  }
}
