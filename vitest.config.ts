import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { build } from './src/build/build.js';
import { builtFile, ROOT } from './src/build/places.js';
import { WaitingBesideComputing } from './test/kit/sequencer.ts';

await build(['src', 'migrations', 'test']);

/**
 * What tests import is loaded by Node itself, from `.build`, as the program is: vitest would translate it once more, and every call from one
 * module to another would go through it. Only the files with the tests are vitest's.
 */
const built: Plugin = {
  name: 'built',
  enforce: 'pre',
  resolveId(source, importer) {
    if (importer === undefined || !/^\.{1,2}\/.*\.(?:ts|js)$/.test(source) || source.endsWith('.test.ts')) return undefined;
    return { id: fileURLToPath(builtFile(new URL(source, new URL(importer, ROOT)))), external: true };
  },
};

export default defineConfig({
  plugins: [built],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    server: { deps: { external: [/\/\.build\//] } },
    pool: 'forks',
    // What Node loads names the lines of the TypeScript where it fails.
    // A limit only tells a hang from work: a busy machine is slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 180_000 } },
    // What is imported is evaluated once a worker, not once a file: a fifth of the whole time. No file may leave a module's state changed.
    isolate: false,
    // Two cores, two workers more: tests of processes mostly wait.
    maxWorkers: 4,
    sequence: { sequencer: WaitingBesideComputing },
    // Of tests that say they may run side by side: they wait for limits of time.
    maxConcurrency: 15,
  },
});
