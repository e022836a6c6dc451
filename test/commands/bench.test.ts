import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { RUN } from '../../src/build/places.js';

test('npm run bench starts outside of the tests, too, and says what there is', () => {
  const said = execFileSync('node', [RUN, 'test/bench/bench.ts', '--help'], { encoding: 'utf8' });
  for (const name of ['dialog', 'import', 'cabinet', 'desk', 'flood', 'faults']) expect(said).toContain(name);
}, 300_000);
