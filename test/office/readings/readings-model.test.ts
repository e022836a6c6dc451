import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { openMeters, typed } from './meters.ts';

type Step = { does: 'hand in'; scale: string; value: number } | { does: 'export' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('hand in' as const),
      scale: fc.constantFrom('день', 'ночь'),
      value: fc.integer({ min: 100, max: 106 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('export' as const) }) },
);

test('in whatever order readings are handed in, corrected and exported, billing ends up with the last of each scale, and never more than was handed in', async () => {
  const at = await openMeters();
  let meters = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
      const number = `M${++meters}`;
      await at.db.deleteFrom('meters').execute();
      for (const scale of ['день', 'ночь']) await at.meter(number, { scale, value: '100' });
      const heard = new Map<string, number[]>();
      const last = new Map<string, number>();
      async function goOut(): Promise<void> {
        let file = '';
        await exportNew(at.edges, READINGS_OUT, async (content) => void (file = content));
        for (const line of file.split('\r\n').slice(1, -1)) {
          const [, name, , scale = '', value] = line.split(';');
          expect(name).toBe(number);
          heard.set(scale, [...(heard.get(scale) ?? []), Number(value)]);
        }
      }
      for (const each of steps) {
        if (each.does === 'export') await goOut();
        else {
          last.set(each.scale, each.value);
          expect(await at.take(typed(number, each.value, { scale: each.scale }))).toMatchObject({ outcome: 'taken' });
        }
      }
      await goOut();
      expect(new Map([...heard].map(([scale, values]) => [scale, values.at(-1)]))).toEqual(last);
      // Away from a value and back to it between two exports, billing hears it again: the reading was corrected.
      expect([...heard.values()].flat().length).toBeLessThanOrEqual(steps.filter(({ does }) => does === 'hand in').length);
    }),
    { numRuns: 10 },
  );
}, 300_000);
