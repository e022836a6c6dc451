import { expect, onTestFinished, test, vi } from 'vitest';
import { clockOfSandbox } from '../../src/adapters/clock.ts';
import { openSandbox, START, temporaryFolder } from './bot-api/sandbox-kit.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

test('the clock goes on from where it was moved to, and messages have its time', async () => {
  const { act, api, clock, ivan, pass } = await openSandbox();
  act({ type: 'move-clock', seconds: DAY });
  act({ type: 'move-clock', seconds: HOUR });
  pass(60);
  const moved = START.getTime() / 1000 + DAY + HOUR + 60;
  expect(clock().getTime() / 1000).toBe(moved);
  expect((await api.sendMessage(ivan, 'я')).date).toBe(moved);
});

test('only forwards, but for the way back to the present', async () => {
  const { act, clock } = await openSandbox();
  act({ type: 'move-clock', seconds: HOUR });
  for (const seconds of [-60, 0, Number.NaN, Number.POSITIVE_INFINITY, 100 * 365 * DAY])
    expect(() => act({ type: 'move-clock', seconds })).toThrow();
  expect(clock().getTime()).toBe(START.getTime() + HOUR * 1000);
  act({ type: 'reset-clock' });
  expect(clock()).toEqual(START);
});

test('a move is heard of, and commands beside the sandbox have its time', async () => {
  const dataDir = await temporaryFolder();
  const { act, onEvent, close } = await openSandbox({ dataDir });
  const heard: string[] = [];
  onEvent((event) => event.type === 'clock' && heard.push(`${event.clock.now} +${event.clock.movedSeconds}`));
  const beside = clockOfSandbox(dataDir);
  // Adding 0 makes 0 of -0.
  const ahead = () => Math.round((beside().getTime() - Date.now()) / 1000) + 0;
  expect(ahead()).toBe(0);
  act({ type: 'move-clock', seconds: DAY });
  expect(ahead()).toBe(DAY);
  await close();
  const again = await openSandbox({ dataDir, started: false });
  expect(again.clock().getTime()).toBe(START.getTime() + DAY * 1000);
  again.act({ type: 'reset-clock' });
  expect(ahead()).toBe(0);
  expect(heard).toEqual(['2026-11-06T09:00:00.000Z +86400']);
});

test('where there is no sandbox, the time is the machine’s', async () => {
  const dataDir = await temporaryFolder();
  vi.useFakeTimers({ now: START, toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  expect(clockOfSandbox(dataDir)()).toEqual(START);
});

test('a clock set back leaves no limit in the future', async () => {
  const { act, call, pass, staffChatId } = await openSandbox({ limits: 'groups' });
  const send = async () => (await call('sendMessage', { chat_id: staffChatId, text: 'я' })).ok;
  act({ type: 'move-clock', seconds: DAY });
  for (let count = 0; count < 20; count += 1) expect(await send()).toBe(true);
  act({ type: 'reset-clock' });
  expect(await send()).toBe(false);
  pass(60);
  expect(await send()).toBe(true);
});
