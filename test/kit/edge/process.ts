import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type BotProcess, startProgram } from './program.ts';

export type { BotProcess } from './program.ts';

/** `npm start` as a process of its own in an empty folder, for the bot on Telegram unless `settings` say otherwise; it is killed when the test ends. */
export async function spawnBot(settings: Record<string, string>, args: readonly string[] = []): Promise<BotProcess> {
  const program = await startProgram(settings, args);
  onTestFinished(program.dispose);
  return program;
}

/** SMS.ru on this machine; the codes that were sent, by phone (`79…`). */
export async function startSmsRu() {
  const codes: { phone: string; code: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const asked = new URLSearchParams(body);
      const phone = asked.get('to') ?? '';
      codes.push({ phone, code: /\d{6}/.exec(asked.get('msg') ?? '')?.[0] ?? '' });
      const sms = { [phone]: { status: 'OK', status_code: 100, sms_id: '1' } };
      response.end(JSON.stringify({ status: 'OK', status_code: 100, sms, balance: 100 }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    codes,
    codeFor: (phone: string) => codes.findLast((sent) => sent.phone === phone)?.code,
    close: () => void server.close(),
  };
}
