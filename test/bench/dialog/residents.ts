import { Agent, request } from 'node:http';
import { answerOf, SECRET, START } from './steps.ts';

export type Held = { latenciesMs: number[]; updates: number; seconds: number };

const STILL_MS = 20_000;

/** Residents who hold the dialog with a subject by webhook, each going on when the bot has asked. Rejects when a dialog does not come to its end. */
export function createResidents(port: number, steps: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const waiting = new Map<number, (text: string) => void>();
  let lastUpdate = 1000;

  function post(chat: number, text: string): Promise<void> {
    const from = { id: chat, is_bot: false, first_name: 'Иван', language_code: 'ru' };
    const entities = text.startsWith('/') ? [{ type: 'bot_command', offset: 0, length: text.length }] : undefined;
    const message = {
      message_id: ++lastUpdate,
      from,
      chat: { id: chat, first_name: 'Иван', type: 'private' },
      date: 1_790_000_000,
      text,
      entities,
    };
    const body = JSON.stringify({ update_id: ++lastUpdate, message });
    return new Promise((resolve, reject) => {
      const call = request({
        host: '127.0.0.1',
        port,
        path: '/hook',
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-telegram-bot-api-secret-token': SECRET,
        },
      });
      call.on('response', (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`the webhook answered ${response.statusCode}`)),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  async function turn(chat: number, text: string): Promise<{ ms: number; said: string }> {
    const started = performance.now();
    const said = new Promise<string>((resolve) => waiting.set(chat, resolve));
    const [reply] = await Promise.all([
      said.then((words) => ({ ms: performance.now() - started, said: words })),
      post(chat, text),
    ]);
    return reply;
  }

  async function dialog(chat: number, latenciesMs: number[], start: string): Promise<void> {
    let reply = await turn(chat, start);
    latenciesMs.push(reply.ms);
    for (let step = 1; step <= steps; step += 1) {
      if (!reply.said.startsWith(`Вопрос ${step} из ${steps}`)) throw new Error(`step ${step}: the bot said «${reply.said}»`);
      reply = await turn(chat, answerOf(chat, step));
      latenciesMs.push(reply.ms);
    }
    const end = `Готово, принято ответов: ${steps}. Последний: ${answerOf(chat, steps)}`;
    if (reply.said !== end) throw new Error(`at the end the bot said «${reply.said}»`);
  }

  /** Calls when nobody has been answered for a while: a dialog without an end would be waited for for ever. */
  function watchStandstill(latenciesMs: readonly number[], onStill: (error: Error) => void): NodeJS.Timeout {
    let before = -1;
    return setInterval(() => {
      if (latenciesMs.length === before) onStill(new Error(`${waiting.size} residents had no answer for ${STILL_MS / 1000} s`));
      before = latenciesMs.length;
    }, STILL_MS);
  }

  return {
    hear(chat: number, text: string) {
      const resolve = waiting.get(chat);
      waiting.delete(chat);
      resolve?.(text);
    },
    /** So many dialogs, so many at a time. */
    async hold(dialogs: number, atOnce: number, firstChat: number, start: string = START): Promise<Held> {
      const latenciesMs: number[] = [];
      const started = performance.now();
      let next = 0;
      const resident = async () => {
        while (next < dialogs) await dialog(firstChat + next++, latenciesMs, start);
      };
      await new Promise((resolve, reject) => {
        const watch = watchStandstill(latenciesMs, reject);
        Promise.all(Array.from({ length: atOnce }, resident))
          .then(resolve, reject)
          .finally(() => clearInterval(watch));
      });
      return { latenciesMs, updates: dialogs * (steps + 1), seconds: (performance.now() - started) / 1000 };
    },
    close: () => agent.destroy(),
  };
}
