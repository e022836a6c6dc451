import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';
import { runs } from '../kit/runs.ts';
import { chatter } from './chatter.ts';
import { openOutfit } from './outfit.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const FAULTLESS = { lost: [], astray: [], disordered: [], doubled: [], stale: [], notWithdrawn: [], refused: 0 };

// `npm run bench -- desk` does the same with ten thousand.
test('four hundred messages at random, through kills, repeats and 429s: each at its own addressee, in order, none lost', async () => {
  const [messages, kills] = [runs(400), runs(4)];
  const figures = await chatter(await openOutfit(base), {
    messages,
    residents: 50,
    staff: 5,
    kills,
    floodWaits: 10,
    unheard: 3,
    edits: 6,
    withdrawals: 2,
    repeats: 5,
    seed: 4,
  });
  expect(figures).toMatchObject({ ...FAULTLESS, written: messages, kills });
  expect(figures.mostAMinute).toBeLessThanOrEqual(18);
}, 300_000);
