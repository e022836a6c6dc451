import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';
import { chatter } from './chatter.ts';
import { openOutfit } from './outfit.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const FAULTLESS = { lost: [], astray: [], disordered: [], doubled: [], stale: [], notWithdrawn: [], refused: 0 };

// `npm run bench -- desk` does the same with ten thousand.
test('a thousand messages at random, through kills, repeats and 429s: each at its own addressee, in order, none lost', async () => {
  const figures = await chatter(await openOutfit(base), {
    messages: 1000,
    residents: 50,
    staff: 5,
    kills: 6,
    floodWaits: 10,
    unheard: 3,
    edits: 6,
    withdrawals: 2,
    repeats: 5,
    seed: 4,
  });
  expect(figures).toMatchObject({ ...FAULTLESS, written: 1000, kills: 6 });
  expect(figures.mostAMinute).toBeLessThanOrEqual(18);
}, 300_000);
