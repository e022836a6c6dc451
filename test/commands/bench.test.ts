import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('npm run bench starts outside of the tests, too, and says what there is', () => {
  const said = execFileSync('node', ['--import', '@oxc-node/core/register', 'test/bench/bench.ts', '--help'], {
    encoding: 'utf8',
  });
  for (const name of ['dialog', 'import', 'cabinet', 'desk', 'flood', 'faults']) expect(said).toContain(name);
}, 300_000);
