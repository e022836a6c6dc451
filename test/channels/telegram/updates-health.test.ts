import { GrammyError } from 'grammy';
import { expect, test } from 'vitest';
import { notedPolling, openPollingHealth, openWebhookHealth } from '../../../src/channels/telegram/updates-health.ts';

const refused = (code: number) => new GrammyError('x', { ok: false, error_code: code, description: 'x' }, 'getUpdates', {});

test('polling: another process has the updates, until they come here again', () => {
  const health = openPollingHealth({ nowMs: () => 0 });
  expect(health.fault()).toBeUndefined();
  health.note({ error: refused(409) });
  expect(health.fault()).toBe('409');
  health.note('ok');
  expect(health.fault()).toBeUndefined();
  health.note({ error: refused(401) });
  expect(health.fault()).toBe('401');
});

test('polling: a stumble is none yet, a minute without an answer is', () => {
  let now = 0;
  const health = openPollingHealth({ nowMs: () => now });
  health.note('ok');
  now = 59_000;
  health.note({ error: refused(502) });
  expect(health.fault()).toBeUndefined();
  now = 75_000;
  health.note({ error: new Error('reset') });
  expect(health.fault()).toBe('none asked for in 75 s');
  health.note('ok');
  expect(health.fault()).toBeUndefined();
});

test('polling: a page in Telegram’s place is no word about the token', () => {
  const health = openPollingHealth({ nowMs: () => 0 });
  const page = (description: string) => new GrammyError('x', { ok: false, error_code: 404, description }, 'getUpdates', {});
  health.note({ error: page('HTTP 404') });
  expect(health.fault()).toBeUndefined();
  health.note({ error: page('Not Found') });
  expect(health.fault()).toBe('404');
});

test('polling: what asks for updates is noted', async () => {
  let now = 0;
  const health = openPollingHealth({ nowMs: () => now });
  let answer: () => Promise<never[]> = () => Promise.reject(refused(409));
  const api = notedPolling({ getUpdates: () => answer(), deleteWebhook: async () => true as const }, health);
  await expect(api.getUpdates({})).rejects.toThrow();
  expect(health.fault()).toBe('409');
  answer = async () => [];
  now = 100_000;
  await api.getUpdates({});
  expect(health.fault()).toBeUndefined();
});

const URL = 'https://bot.example/hook';

function webhook() {
  const clock = { now: 1_000_000_000_000 };
  const telegram = { info: { url: URL } as Record<string, unknown>, asked: 0, gone: 0, away: false };
  const getWebhookInfo = async () => {
    telegram.asked += 1;
    if (telegram.away) throw new Error('no answer');
    return { has_custom_certificate: false, pending_update_count: 0, url: URL, ...telegram.info };
  };
  const onGone = async () => {
    telegram.gone += 1;
    if (telegram.away) throw new Error('no answer');
    telegram.info = { url: URL };
  };
  const health = openWebhookHealth({ getWebhookInfo }, URL, { onGone, nowMs: () => clock.now, unixMs: () => clock.now });
  return { clock, telegram, health, seconds: () => Math.floor(clock.now / 1000) };
}

test('webhook: Telegram is asked once a minute', async () => {
  const { clock, telegram, health } = webhook();
  for (let second = 0; second < 120; second += 1, clock.now += 1_000) expect(await health.fault()).toBeUndefined();
  expect(telegram.asked).toBe(2);
});

test('webhook: its last error, while it is fresh and nothing came since', async () => {
  const { clock, telegram, health, seconds } = webhook();
  telegram.info = { last_error_date: seconds() - 3_600, last_error_message: 'Connection refused' };
  expect(await health.fault()).toBeUndefined();
  clock.now += 60_000;
  telegram.info = { last_error_date: seconds() - 5, last_error_message: 'Connection refused' };
  expect(await health.fault()).toBe('deliveries to the webhook fail');
  clock.now += 5_000;
  health.noteDelivery();
  expect(await health.fault()).toBeUndefined();
});

test('webhook: an error in the second of a delivery counts, for Telegram tells no more than the second', async () => {
  const { clock, telegram, health, seconds } = webhook();
  clock.now += 200;
  health.noteDelivery();
  clock.now += 500;
  telegram.info = { last_error_date: seconds() };
  expect(await health.fault()).toBe('deliveries to the webhook fail');
  clock.now += 800;
  health.noteDelivery();
  expect(await health.fault()).toBeUndefined();
});

test('webhook: who was taken out of service for it is let in before the next try', async () => {
  const { clock, telegram, health, seconds } = webhook();
  telegram.info = { last_error_date: seconds() };
  expect(await health.fault()).toBe('deliveries to the webhook fail');
  clock.now += 100_000;
  expect(await health.fault()).toBeUndefined();
});

test('webhook: another one, none, and a Telegram that says nothing', async () => {
  const { clock, telegram, health } = webhook();
  telegram.info = { url: 'https://other.example/' };
  expect(await health.fault()).toBe('another webhook is set');
  clock.now += 60_000;
  telegram.info = { url: '' };
  expect(await health.fault()).toBe('no webhook is set');
  clock.now += 60_000;
  telegram.info = {};
  expect(await health.fault()).toBeUndefined();
  telegram.away = true;
  clock.now += 60_000;
  expect(await health.fault()).toBeUndefined();
  clock.now += 15_000;
  expect(await health.fault()).toBe('Telegram has not answered for 75 s');
});

test('webhook: one that was taken away is set again, another one is not', async () => {
  const { clock, telegram, health } = webhook();
  telegram.info = { url: 'https://other.example/' };
  expect(await health.fault()).toBe('another webhook is set');
  expect(telegram.gone).toBe(0);
  clock.now += 60_000;
  telegram.info = { url: '' };
  expect(await health.fault()).toBe('no webhook is set');
  expect(telegram.gone).toBe(1);
  // It is looked at again soon.
  clock.now += 10_000;
  expect(await health.fault()).toBeUndefined();
  expect(telegram.gone).toBe(1);
});

test('who refuses updates is counted by code; that they are given again is said once, after more than one failure', () => {
  const failed: string[] = [];
  let back = 0;
  const health = openPollingHealth({ onFailed: (code) => void failed.push(code), onBack: () => void (back += 1) });
  const conflict = new GrammyError('x', { ok: false, error_code: 409, description: 'Conflict' }, 'getUpdates', {});
  health.note({ error: new Error('broken off') });
  health.note('ok');
  expect(back).toBe(0);
  for (const error of [conflict, conflict, new Error('no answer')]) health.note({ error });
  health.note('ok');
  health.note('ok');
  expect(back).toBe(1);
  expect(failed).toEqual(['none', '409', '409', 'none']);
});
