import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fixtureOf } from '../../adapters/sms/fixtures.ts';
import { SMS_PROVIDER } from '../../kit/edge/program.ts';

/** `lost`: the code is taken and the answer never arrives; `slow`: it arrives late. */
export type SmsMishap = 'lost' | 'slow';
const LATE_MS = 1_500;

/** The provider that sends the codes, in the run's hand. `onCode` hears each that was taken. */
export async function serveSms(onCode: (phone: string, code: string) => void, befall: () => SmsMishap | undefined) {
  let flying = 0;
  let lastAt = 0;

  async function answer(body: string, response: ServerResponse): Promise<void> {
    const mishap = befall();
    const { phone, code, answer: said } = fixtureOf(SMS_PROVIDER).take(body);
    onCode(phone, code);
    if (mishap === 'lost') return void response.destroy();
    if (mishap === 'slow') await sleep(LATE_MS);
    response.end(JSON.stringify(said));
  }

  const server = createServer((request, response) => {
    flying += 1;
    response.on('close', () => {
      flying -= 1;
      lastAt = performance.now();
    });
    text(request)
      .then((body) => answer(body, response))
      .catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isQuiet: (ms: number) => flying === 0 && performance.now() - lastAt > ms,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
