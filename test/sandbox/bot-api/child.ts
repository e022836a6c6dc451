/** A sandbox in a process of its own, to be killed: prints its address as JSON. */
import { startSandbox } from '../../../src/sandbox/sandbox.ts';

const silent = (): void => undefined;
const { apiRoot, token, staffChatId } = await startSandbox({
  dataDir: process.argv[2] ?? '',
  port: 0,
  clock: () => new Date(),
  log: { info: silent, warn: silent, error: silent },
  limits: 'off',
});
process.stdout.write(`${JSON.stringify({ apiRoot, token, staffChatId })}\n`);
