import { expect, test } from 'vitest';
import { openOneAfterAnother } from '../../src/app/one-after-another.ts';

test('who wants another while one is being opened waits for it, and gets one in the place of the newest', async () => {
  const said: string[] = [];
  let open: (name: string) => void = () => undefined;
  const first = new Promise<string>((opened) => (open = opened));
  const { replace } = openOneAfterAnother(first);
  const another = (name: string) => async (before: string) => {
    said.push(`closes ${before}`);
    await Promise.resolve();
    said.push(`opens ${name}`);
    return name;
  };
  const both = [replace(another('second')), replace(another('third'))];
  await Promise.resolve();
  expect(said).toEqual([]);
  open('first');
  expect(await Promise.all(both)).toEqual(['second', 'third']);
  expect(said).toEqual(['closes first', 'opens second', 'closes second', 'opens third']);
});

test('where the first does not open there is nothing to be replaced', async () => {
  const { replace } = openOneAfterAnother<string>(Promise.reject(new Error('no port')));
  await expect(replace(() => Promise.resolve('second'))).rejects.toThrow('no port');
});
