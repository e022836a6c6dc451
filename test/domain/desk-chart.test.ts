import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addBars, FATES, type Fate, fateOf, median, percentInTime, calculateBars } from '../../src/domain/desk-chart.ts';
import { localDay } from '../../src/domain/local-day.ts';
import { createWorkingTime } from '../../src/domain/working-time.ts';

const timeZone = 'Europe/Moscow';
const hours = createWorkingTime({ hours: [{ days: ['mon', 'tue'], from: '09:00', to: '18:00' }], holidays: [], timeZone });
const moscow = (time: string) => new Date(`${time}:00+03:00`);

// Asked on a Sunday; ten o'clock on Monday is an hour of work later.
test.each<[string | null, string | null, Fate]>([
  ['2026-11-23T10:00', null, 'in-time'],
  ['2026-11-23T10:00', '2026-11-23T10:30', 'in-time'],
  ['2026-11-23T10:01', null, 'late'],
  [null, '2026-11-23T09:10', 'unanswered'],
  [null, null, 'waiting'],
])('answered %s, closed %s: %s', (answered, closed, fate) => {
  const times = {
    openedAt: moscow('2026-11-22T15:00'),
    answeredAt: answered === null ? null : moscow(answered),
    closedAt: closed === null ? null : moscow(closed),
  };
  expect(fateOf(times, { hours, normMs: 3_600_000, now: moscow('2026-11-23T10:00') })).toBe(fate);
});

test('who waits beyond the norm is late already', () => {
  const asked = { openedAt: moscow('2026-11-22T15:00'), answeredAt: null, closedAt: null };
  expect(fateOf(asked, { hours, normMs: 3_600_000, now: moscow('2026-11-23T10:01') })).toBe('late');
});

test('every request stands in one bar, and bars are without gaps', () => {
  const request = fc.record({
    openedAt: fc.date({ min: moscow('2026-01-01T00:00'), max: moscow('2026-03-31T23:59'), noInvalidDate: true }),
    fate: fc.constantFrom(...FATES),
  });
  fc.assert(
    fc.property(fc.array(request), fc.constantFrom('day' as const, 'month' as const), (requests, step) => {
      const bars = calculateBars({ from: '2026-01-01', to: '2026-03-31', step, timeZone }, requests);
      expect(bars).toHaveLength(step === 'day' ? 90 : 3);
      const total = addBars({ bars });
      for (const fate of FATES) expect(total[fate]).toBe(requests.filter((each) => each.fate === fate).length);
      for (const bar of bars) {
        const here = requests.filter(({ openedAt }) => localDay(openedAt, timeZone).startsWith(bar.from));
        expect(FATES.reduce((sum, fate) => sum + bar[fate], 0)).toBe(here.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('percents of what is known, the middle of what was measured', () => {
  expect(percentInTime({ 'in-time': 2, late: 1, unanswered: 0, waiting: 9 })).toBe(67);
  expect(percentInTime({ 'in-time': 0, late: 0, unanswered: 0, waiting: 9 })).toBeNull();
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(median([])).toBeNull();
});
