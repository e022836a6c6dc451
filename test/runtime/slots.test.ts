import { expect, test } from 'vitest';
import { openSlots } from '../../src/runtime/slots.ts';
import { openTimeLimit } from '../../src/runtime/time-limit.ts';

const LONG = openTimeLimit(60_000);

test('so many go on at once, the others in their order; one that fails leaves its slot', async () => {
  const slots = openSlots(2);
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((n) =>
    slots.use(LONG, async () => {
      began.push(n);
      await new Promise<void>((end) => ends.push(end));
      if (n === 0) throw new Error('broken');
      return n;
    }),
  );
  const settled = Promise.allSettled(works);
  await Promise.resolve();
  expect(began).toEqual([0, 1]);
  ends[0]?.();
  await expect(works[0]).rejects.toThrow('broken');
  while (ends.length < 3) await Promise.resolve();
  expect(began).toEqual([0, 1, 2]);
  ends[1]?.();
  while (ends.length < 4) await Promise.resolve();
  for (const end of ends) end();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});

test('who waits for too long does nothing, and takes nobody’s slot', async () => {
  const slots = openSlots(1);
  let end = () => {};
  const first = slots.use(LONG, () => new Promise<void>((resolve) => (end = resolve)));
  let worked = false;
  await expect(slots.use(openTimeLimit(5), async () => (worked = true))).rejects.toThrow('no slot is free');
  end();
  await first;
  expect(await slots.use(LONG, async () => 'free')).toBe('free');
  expect(worked).toBe(false);
});
