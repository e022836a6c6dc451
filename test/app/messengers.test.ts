import { expect, test } from 'vitest';
import { claimAll, type ConnectedMessenger, drainAll, openDeliveries } from '../../src/app/messengers.ts';
import { memoryMessenger } from '../kit/chat/memory-messenger.ts';

function connected(name: string, claimed: 'soon' | 'later'): ConnectedMessenger & { drained: number[] } {
  const drained: number[] = [];
  return {
    intake: { claim: async () => claimed, drain: async (mostMs) => void drained.push(mostMs) },
    openDelivery: () => memoryMessenger(name).channel,
    receive: async () => ({ stop: async () => undefined, confirm: async () => undefined }),
    drained,
  };
}

test('of several messengers each is opened, in their order, waited for and emptied', async () => {
  const [telegram, max] = [connected('telegram', 'later'), connected('max', 'soon')];
  expect(openDeliveries([telegram, max]).map(({ name }) => name)).toEqual(['telegram', 'max']);
  expect(await claimAll([telegram])).toBe('later');
  expect(await claimAll([telegram, max])).toBe('soon');
  await drainAll([telegram, max], 25);
  expect([telegram, max].map(({ drained }) => drained)).toEqual([[25], [25]]);
});
