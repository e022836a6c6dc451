import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is imported is evaluated once a worker, not once a file: a fifth of the whole time. No file may leave a module's state changed.
    isolate: false,
    // Two cores, one worker more: tests of processes mostly wait.
    maxWorkers: 3,
  },
});
