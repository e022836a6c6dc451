import { Registry } from 'prom-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createReadiness } from '../../../src/adapters/http/readiness.ts';
import { healthRoutes, startWeb } from '../../../src/adapters/http/server.ts';
import { whyAway } from '../../../src/runtime/name-of-error.ts';

function open(nowMs: () => number = () => performance.now()) {
  const readiness = createReadiness(nowMs);
  readiness.open();
  return readiness;
}

test('while it starts, stops, and between', async () => {
  const readiness = createReadiness();
  expect(await readiness.faults()).toEqual(['starting']);
  readiness.open();
  expect(await readiness.faults()).toEqual([]);
  readiness.close();
  expect(await readiness.faults()).toEqual(['stopping']);
});

test('while it starts it says what it waits for', async () => {
  const readiness = createReadiness();
  readiness.waitFor('Telegram');
  expect(await readiness.faults()).toEqual(['starting: Telegram does not answer']);
  readiness.open();
  expect(await readiness.faults()).toEqual([]);
});

test('while it starts, what else is away is told beside what it waits for', async () => {
  const readiness = createReadiness();
  readiness.watch({ name: 'redis', look: () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })) });
  readiness.watch({ name: 'postgres', look: () => undefined });
  readiness.waitFor('Telegram');
  expect(await readiness.faults()).toEqual(['starting: Telegram does not answer', 'redis: ECONNREFUSED']);
});

test('each fault by its name and a word that holds no data', async () => {
  const readiness = open();
  const thrown = (cause: Error) => () => Promise.reject(cause);
  const refused = Object.assign(new Error('cannot execute INSERT for +79123456789'), { code: '25006' });
  readiness.watch({ name: 'postgres', look: thrown(refused) });
  const reply = Object.assign(new Error("READONLY You can't write against a read only replica."), { name: 'ReplyError' });
  readiness.watch({ name: 'redis', look: thrown(new Error('wrapped', { cause: reply })) });
  readiness.watch({ name: 'disk', look: thrown(new Error('Query read timeout')) });
  readiness.watch({ name: 'outbox', look: () => '95 s' });
  readiness.watch({ name: 'updates', look: () => undefined });
  expect(await readiness.faults()).toEqual(['postgres: 25006', 'redis: READONLY', 'disk: no answer', 'outbox: 95 s']);
  expect(whyAway(Object.assign(new Error('x'), { code: 'of +79123456789' }))).toBe('no answer');
});

test('what never answers is a fault within five seconds', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const readiness = open();
  readiness.watch({ name: 'postgres', look: () => new Promise(() => {}) });
  const faults = readiness.faults();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await faults).toEqual(['postgres: no answer']);
});

test('it is looked at most once a second, however many ask', async () => {
  let now = 0;
  let looks = 0;
  const readiness = open(() => now);
  readiness.watch({ name: 'postgres', look: () => void (looks += 1) });
  for (const at of [0, 10, 999]) {
    now = at;
    await Promise.all([readiness.faults(), readiness.faults()]);
  }
  expect(looks).toBe(1);
  now = 1_000;
  await readiness.faults();
  expect(looks).toBe(2);
});

test('the answers: 200 ready, 503 with what is wrong; figures are worked out once a second', async () => {
  const readiness = createReadiness();
  let workedOut = 0;
  const figures = (): Promise<string> => {
    workedOut += 1;
    return Promise.resolve('figures 1');
  };
  const routes = healthRoutes(readiness, { figures, contentType: Registry.PROMETHEUS_CONTENT_TYPE });
  const web = await startWeb({ port: 0, host: '127.0.0.1', routes, onError: () => {} });
  onTestFinished(web.close);
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${web.port}${path}`);
    return [response.status, await response.text()];
  };
  expect(await ask('/readyz')).toEqual([503, 'starting']);
  readiness.open();
  expect(await ask('/readyz')).toEqual([200, 'ready']);
  readiness.watch({ name: 'outbox', look: () => '95 s' });
  readiness.watch({ name: 'updates', look: () => '409' });
  await expect.poll(() => ask('/readyz')).toEqual([503, 'outbox: 95 s; updates: 409']);
  expect(await ask('/healthz')).toEqual([200, 'ok']);
  await Promise.all(Array.from({ length: 20 }, () => ask('/metrics')));
  // A second may end among them.
  expect(workedOut).toBeLessThanOrEqual(2);
});
