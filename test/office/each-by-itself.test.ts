import { expect, test } from 'vitest';
import { eachByItself } from '../../src/office/each-by-itself.ts';

test('one that fails hides none of those after it; all that failed are named, and thrown as one', async () => {
  const done: number[] = [];
  const failed: [number, unknown][] = [];
  const work = async (n: number) => {
    if (n % 2 === 0) throw new Error(`no ${n}`);
    done.push(n);
  };
  const thrown = await eachByItself([1, 2, 3, 4, 5], work, (n, error) => failed.push([n, error])).catch(
    (error: unknown) => error,
  );
  expect(done).toEqual([1, 3, 5]);
  expect(failed).toEqual([
    [2, new Error('no 2')],
    [4, new Error('no 4')],
  ]);
  expect(thrown).toEqual(new AggregateError([new Error('no 2'), new Error('no 4')], '2 of several failed'));
  await eachByItself([1, 3], work);
  expect(done).toEqual([1, 3, 5, 1, 3]);
});
