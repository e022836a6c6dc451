import { expect, test } from 'vitest';
import { createLog, logScoped } from '../../src/adapters/log.ts';
import { readableLine } from '../../src/adapters/log-line.ts';

function openLog(options: { level?: string; readable?: boolean } = {}) {
  const lines: string[] = [];
  const troubles: string[] = [];
  const log = createLog(options.level ?? 'info', {
    destination: { write: (line: string) => void lines.push(line) },
    onWarning: (level) => void troubles.push(level),
    readable: options.readable ?? false,
  });
  return { log, lines, troubles };
}

test('for a machine: JSON with the level as a word and the time as ISO', () => {
  const { log, lines } = openLog();
  log.warn({ why: 'ECONNREFUSED' }, 'Redis cannot be reached');
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    why: 'ECONNREFUSED',
    msg: 'Redis cannot be reached',
  });
});

test('in a terminal: one line, the clock on the wall, the level in words and colour, what it is about, fields, frames last', () => {
  const { log, lines } = openLog({ readable: true });
  log.warn({ where: ['a.ts:1', 'b.ts:2'], error: 'PoolError', why: 'no answer' }, 'a scheduled job failed');
  const [line = ''] = lines;
  expect(lines).toHaveLength(1);
  expect(line.match(/\n/g)).toHaveLength(1);
  expect(line.replace(/\p{Cc}\[[\d;]*m/gu, '')).toMatch(
    /^\d\d:\d\d:\d\d WARN {2}a scheduled job failed {2}error=PoolError why="no answer" where=a\.ts:1 < b\.ts:2\n$/,
  );
  expect(line).toContain('\u001b[33mWARN ');
  const moment = new Date(2026, 10, 29, 7, 5, 9);
  expect(readableLine(JSON.stringify({ level: 'info', time: moment.toISOString(), msg: 'x' }))).toMatch(/^07:05:09 /);
  expect(readableLine('no JSON\n')).toBe('no JSON\n');
});

test('all lines that are written while an update is worked off have its id, also later ones, and those of others do not', async () => {
  const { log, lines } = openLog();
  const work = async (update: number) =>
    logScoped({ update }, async () => {
      log.info('begun');
      await new Promise(setImmediate);
      log.info('ended');
    });
  await Promise.all([work(1), work(2)]);
  log.info('at rest');
  const said = lines.map((line) => JSON.parse(line) as { update?: number; msg: string });
  expect(said.map(({ update, msg }) => `${update} ${msg}`)).toEqual([
    '1 begun',
    '2 begun',
    '1 ended',
    '2 ended',
    'undefined at rest',
  ]);
});

test('warnings, errors and worse are heard of, by level', () => {
  const { log, troubles } = openLog({ level: 'trace' });
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) log[level]('x');
  expect(troubles).toEqual(['warn', 'error', 'fatal']);
});
