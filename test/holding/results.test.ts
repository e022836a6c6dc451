import { expect, test } from 'vitest';
import { holdsPage, type Result } from './results.ts';

const RESULT: Result = {
  seed: 1,
  isOfPrograms: true,
  steps: 200,
  seconds: 360,
  day: '2026-12-01',
  commit: 'abcdef12',
  faults: { 'web killed, its call heard': { times: 3, longestMs: 1_234 } },
  troubles: [],
  fault: undefined,
};

const rowOf = (page: string, kind: string) => page.split('\n').find((line) => line.startsWith(`| ${kind} |`));

test('what was injected is counted over all seeds, and the longest recovery is said', () => {
  const slower = { ...RESULT, seed: 2, faults: { 'web killed, its call heard': { times: 2, longestMs: 5_000 } } };
  const page = holdsPage([RESULT, slower]);
  expect(rowOf(page, 'web killed, its call heard')).toBe(
    '| web killed, its call heard | kill -9 at a call to the messenger | 5 | 0 | 0 | 5.0 |',
  );
  expect(rowOf(page, 'all')).toBe('| all | | 5 | 0 | 0 | |');
  expect(page).toContain('| 2 | 400 | 0.20 |');
  expect(page).toContain('No seed failed.');
});

test('what was lost or doubled stands beside the fault of the step in which it was found', () => {
  const troubles = ['the records have not: anna has 0010001', 'the records have, and should not: money 1'];
  const page = holdsPage([{ ...RESULT, seed: 7, troubles, fault: 'Redis flushed' }]);
  expect(rowOf(page, 'Redis flushed')).toBe('| Redis flushed | before an update | 0 | 1 | 1 | – |');
  expect(page).toContain('- seed 7 (programs) at abcdef12: the records have not: anna has 0010001');
});

test('the page of no seeds says so', () => {
  expect(holdsPage([])).toContain('Never on ');
});
