import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';
import { runs } from '../kit/runs.ts';
import { month } from './month.ts';
import { openOutfit } from './outfit.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

// `npm run bench -- desk` does the same with six hundred.
test('thirty days of a desk: no topic without its request, no request without its topic, and each shows its state', async () => {
  const requests = runs(60);
  const went = await month(await openOutfit(base), { days: 30, requests, seed: 7 });
  expect(went).toMatchObject({ opened: requests, withoutTopic: [], otherwise: [], withoutRequest: [], refused: 0 });
  expect(went.deleted).toBeGreaterThan(0);
  expect(went.reopened).toBeGreaterThan(0);
  expect(went.mostAMinute).toBeLessThanOrEqual(18);
}, 300_000);
