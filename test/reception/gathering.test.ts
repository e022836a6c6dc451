import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openGathering } from '../../src/reception/gathering.ts';

test('what is met within a while is handed on at once, each once', async () => {
  const handed: string[][] = [];
  const met = openGathering<string>(20, async (all) => void handed.push([...all]));
  for (const one of ['a', 'b', 'a']) void met(one);
  expect(handed).toEqual([]);
  await sleep(60);
  expect(handed).toEqual([['a', 'b']]);
  void met('a');
  await sleep(60);
  expect(handed).toEqual([['a', 'b'], ['a']]);
});

test('what could not be handed on goes with the next', async () => {
  const handed: string[][] = [];
  let away = true;
  const met = openGathering<string>(10, async (all) => {
    if (away) throw new Error('Postgres is away');
    handed.push([...all]);
  });
  void met('a');
  await sleep(40);
  away = false;
  void met('b');
  await sleep(40);
  expect(handed).toEqual([['a', 'b']]);
});

test('without a time each is handed on and waited for', async () => {
  const handed: string[][] = [];
  await openGathering<string>(0, async (all) => void handed.push([...all]))('a');
  expect(handed).toEqual([['a']]);
});
