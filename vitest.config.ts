import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    pool: 'forks',
    // A limit only tells a hang from work: a busy machine is slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 180_000 } },
    // What is imported is evaluated once a worker, not once a file: a fifth of the whole time. No file may leave a module's state changed.
    isolate: false,
    // Two cores, one worker more: tests of processes mostly wait.
    maxWorkers: 3,
    // Of tests that say they may run side by side: they wait for limits of time.
    maxConcurrency: 15,
  },
});
