/** The floor: node:http, ioredis, keep-alive; no repeats, no lock, no seal, no framework. */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { API_ROOT, doneWith, isAnswer, PROBLEM, questionOf, REDIS_URL, reportTo, SECRET, START, STEPS, TOKEN } from './steps.ts';

const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

function send(chat: number, text: string): Promise<unknown> {
  const body = JSON.stringify({ chat_id: chat, text });
  return new Promise((resolve, reject) => {
    const call = request(`${API_ROOT}/bot${TOKEN}/sendMessage`, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    call.on('response', (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    call.on('error', reject);
    call.end(body);
  });
}

async function handle(update: { message: { chat: { id: number }; text: string } }): Promise<void> {
  const { chat, text } = update.message;
  const key = `bare:${chat.id}`;
  const kept = await redis.get(key);
  const answers = kept && text !== START ? (JSON.parse(kept) as string[]) : [];
  if (text !== START) {
    if (!isAnswer(text)) return void (await send(chat.id, PROBLEM));
    answers.push(text);
  }
  if (answers.length === STEPS) {
    await redis.del(key);
    await send(chat.id, doneWith(answers));
    return;
  }
  await redis.set(key, JSON.stringify(answers), 'PX', 1_800_000);
  await send(chat.id, questionOf(answers.length + 1));
}

const server = createServer((incoming, response) => {
  let body = '';
  incoming.setEncoding('utf8');
  incoming.on('data', (part: string) => (body += part));
  incoming.on('end', () => {
    const known = incoming.headers['x-telegram-bot-api-secret-token'] === SECRET;
    void (known ? handle(JSON.parse(body)) : Promise.resolve()).then(() => response.writeHead(known ? 200 : 401).end());
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => reportTo((server.address() as AddressInfo).port));
