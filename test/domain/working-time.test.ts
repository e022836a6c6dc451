import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, localDay, localTime } from '../../src/domain/local-day.ts';
import { createWorkingTime, type WorkingRules } from '../../src/domain/working-time.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const ALL = ['sun', ...WEEK, 'sat'] as const;
const RULES: WorkingRules = {
  hours: [{ days: WEEK, from: '08:00', to: '17:00', lunch: { from: '12:00', to: '12:45' } }],
  holidays: [{ from: '2026-01-01', until: '2026-12-31', days: ['2026-11-04'] }],
  timeZone: 'Europe/Moscow',
};
const HOUR = 3_600_000;
const MINUTE = 60_000;
const moscow = (time: string) => new Date(`${time}:00+03:00`);
const work = createWorkingTime(RULES);

describe('the centre’s example: weekdays 8–17, lunch 12:00–12:45, November 4 off', () => {
  test.each([
    // A Tuesday, before a holiday.
    ['2026-11-03T07:59', '2026-11-03T08:00', false],
    ['2026-11-03T08:00', undefined, false],
    ['2026-11-03T11:59', undefined, false],
    ['2026-11-03T12:00', '2026-11-03T12:45', true],
    ['2026-11-03T12:44', '2026-11-03T12:45', true],
    ['2026-11-03T12:45', undefined, false],
    ['2026-11-03T17:00', '2026-11-05T08:00', false],
    ['2026-11-04T12:10', '2026-11-05T08:00', false],
    ['2026-11-06T17:00', '2026-11-09T08:00', false],
    ['2026-11-08T23:59', '2026-11-09T08:00', false],
  ])('at %s closed until %s', (moment, until, lunch) => {
    const closed = work.closedAt(moscow(moment));
    expect(closed).toEqual(until === undefined ? undefined : { until: moscow(until), lunch, known: true });
    expect(work.isOpen(moscow(moment))).toBe(until === undefined);
  });

  test.each([
    ['2026-11-03T08:00', 1, '2026-11-03T09:00'],
    ['2026-11-03T11:30', 1, '2026-11-03T13:15'],
    ['2026-11-03T16:30', 1, '2026-11-05T08:30'],
    ['2026-11-03T20:00', 8.25, '2026-11-05T17:00'],
    ['2026-11-06T16:59', 8, '2026-11-09T16:44'],
  ])('work that begins at %s and takes %d hours is done at %s', (from, hours, done) => {
    expect(work.doneAt(moscow(from), hours * HOUR)).toEqual(moscow(done));
  });

  test('where nobody ever works it is never done', () => {
    expect(createWorkingTime({ ...RULES, hours: [] }).doneAt(moscow('2026-11-03T08:00'), HOUR)).toBeNull();
  });

  test.each([
    ['2026-11-03T08:00', '2026-11-03T17:00', 8.25],
    ['2026-11-03T16:30', '2026-11-05T08:30', 1],
    ['2026-11-03T11:30', '2026-11-03T12:30', 0.5],
    ['2026-11-07T00:00', '2026-11-08T23:00', 0],
    ['2026-11-02T00:00', '2026-11-09T00:00', 4 * 8.25],
    ['2026-11-03T17:00', '2026-11-03T08:00', 0],
    ['2026-11-09T08:00', '2026-11-02T08:00', 0],
  ])('from %s to %s there are %s hours of work', (from, to, hours) => {
    expect(work.workingMs(moscow(from), moscow(to)) / HOUR).toBe(hours);
  });

  test('eight hours ago, by work', () => {
    expect(work.waitingSince(moscow('2026-11-03T17:00'), 8 * HOUR)).toEqual(moscow('2026-11-03T08:15'));
    expect(work.waitingSince(moscow('2026-11-05T09:00'), 8 * HOUR)).toEqual(moscow('2026-11-03T09:15'));
    // What came on the holiday waits as long as what came when work had just ended.
    expect(work.waitingSince(moscow('2026-11-05T08:00'), 0.25 * HOUR)).toEqual(moscow('2026-11-03T16:45'));
  });
});

describe('holidays that are known for a year', () => {
  test('when work goes on beyond them is not known, and not guessed', () => {
    // Thursday, December 31; by the week alone work would go on on January 1.
    expect(work.closedAt(moscow('2026-12-31T07:00'))).toEqual({ until: moscow('2026-12-31T08:00'), lunch: false, known: true });
    expect(work.closedAt(moscow('2026-12-31T17:00'))).toEqual({ until: null, lunch: false, known: false });
    expect(work.closedAt(moscow('2027-01-05T12:10'))).toEqual({ until: null, lunch: false, known: false });
    expect(work.holidaysEndBefore('2026-12-31')).toBe(null);
    // Nothing is promised for a day of which it is not known whether anybody works.
    expect(work.doneAt(moscow('2026-12-31T10:00'), HOUR)).toEqual(moscow('2026-12-31T11:00'));
    expect(work.doneAt(moscow('2026-12-31T16:30'), HOUR)).toBeNull();
    expect(work.doneAt(moscow('2027-01-05T10:00'), HOUR)).toBeNull();
    expect(work.holidaysEndBefore('2027-01-01')).toBe('2026-12-31');
  });

  test('the next year’s row makes it known again; a list without an end is never over', () => {
    const more = createWorkingTime({
      ...RULES,
      holidays: [...RULES.holidays, { from: '2027-01-01', until: '2027-12-31', days: ['2027-01-01', '2027-01-04'] }],
    });
    expect(more.closedAt(moscow('2026-12-31T17:00'))).toEqual({ until: moscow('2027-01-05T08:00'), lunch: false, known: true });
    const none = createWorkingTime({ ...RULES, holidays: [] });
    expect(none.closedAt(moscow('2026-12-31T17:00'))).toEqual({ until: moscow('2027-01-01T08:00'), lunch: false, known: true });
  });
});

test('rows that meet are one stretch, lunch is nobody’s work', () => {
  const { spansOf } = createWorkingTime({
    hours: [
      { days: ['mon'], from: '13:00', to: '20:00', lunch: { from: '15:00', to: '15:30' } },
      { days: ['mon', 'tue'], from: '09:00', to: '13:00' },
      { days: ['mon'], from: '14:00', to: '18:00' },
      // A lunch that goes beyond the hours.
      { days: ['tue'], from: '14:00', to: '18:00', lunch: { from: '12:30', to: '14:30' } },
    ],
    holidays: [],
    timeZone: 'Europe/Moscow',
  });
  const shown = (day: string) =>
    spansOf(day).map(({ from, to }) => [from, to].map((at) => localTime(at, RULES.timeZone).slice(11)));
  expect(shown('2026-11-02')).toEqual([
    ['09:00', '15:00'],
    ['15:30', '20:00'],
  ]);
  expect(shown('2026-11-03')).toEqual([
    ['09:00', '12:30'],
    ['14:30', '18:00'],
  ]);
  expect(shown('2026-11-04')).toEqual([]);
});

test('around the clock there is no closed minute', () => {
  const always = createWorkingTime({
    hours: [{ days: ALL, from: '00:00', to: '24:00' }],
    holidays: [],
    timeZone: 'Europe/Moscow',
  });
  expect(always.closedAt(moscow('2026-11-03T23:59'))).toBeUndefined();
  expect(always.closedAt(moscow('2026-11-04T00:00'))).toBeUndefined();
  expect(always.workingMs(moscow('2026-11-03T12:00'), moscow('2026-11-05T12:00'))).toBe(48 * HOUR);
});

test('where there is no work at all, nothing opens and nothing is late', () => {
  const never = createWorkingTime({
    hours: [{ days: ['mon'], from: '09:00', to: '10:00', lunch: { from: '08:00', to: '11:00' } }],
    holidays: [],
    timeZone: 'Europe/Moscow',
  });
  expect(never.closedAt(moscow('2026-11-03T12:00'))).toEqual({ until: null, lunch: false, known: true });
  expect(+never.waitingSince(moscow('2026-11-03T12:00'), HOUR)).toBeLessThan(+moscow('2000-01-01T00:00'));
});

test('on a day on which the clocks go on, work is from eight by the clocks', () => {
  const berlin = createWorkingTime({
    hours: [{ days: ALL, from: '01:00', to: '08:00' }],
    holidays: [],
    timeZone: 'Europe/Berlin',
  });
  const [spring] = berlin.spansOf('2026-03-29');
  expect(spring).toEqual({ from: new Date('2026-03-29T00:00:00Z'), to: new Date('2026-03-29T06:00:00Z') });
  const [autumn] = berlin.spansOf('2026-10-25');
  expect(autumn).toEqual({ from: new Date('2026-10-24T23:00:00Z'), to: new Date('2026-10-25T07:00:00Z') });
});

describe('whatever the rules are', () => {
  const time = fc.integer({ min: 0, max: 23 * 60 + 59 }).map((minutes) => {
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  });
  const stretch = fc
    .tuple(time, time)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
  const row = fc
    .record({ days: fc.subarray([...ALL], { minLength: 1 }), span: stretch, lunch: fc.option(stretch, { nil: undefined }) })
    .map(({ days, span, lunch }) => ({ days, ...span, lunch }));
  const rules = fc.record({
    hours: fc.array(row, { minLength: 1, maxLength: 3 }),
    holidays: fc
      .uniqueArray(fc.integer({ min: 0, max: 12 }).map((days) => addDays('2026-10-20', days)))
      .map((days) => [{ from: '2026-01-01', days }]),
    timeZone: fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'),
  });
  // Ten days about the night on which the clocks of Berlin go back.
  const START = Date.parse('2026-10-21T00:00:00Z');
  const moment = fc.integer({ min: 0, max: 10 * 24 * 60 }).map((minutes) => new Date(START + minutes * MINUTE));

  /** By the clock alone, a minute at a time. */
  function isWork({ hours, holidays, timeZone }: WorkingRules, at: Date): boolean {
    const clock = localTime(at, timeZone).slice(11);
    const day = localDay(at, timeZone);
    const weekday = ALL[new Date(`${day}T12:00:00Z`).getUTCDay()];
    if (holidays.some(({ days }) => days.includes(day))) return false;
    const rows = hours.filter(({ days }) => days.some((each) => each === weekday));
    const within = (span: { from: string; to: string } | undefined) =>
      span !== undefined && span.from <= clock && clock < span.to;
    return rows.some(within) && !rows.some(({ lunch }) => within(lunch));
  }

  /** Minutes that the clocks show twice or never are nobody's business here. */
  const isPlain = (at: Date, timeZone: string) => timeZone !== 'Europe/Berlin' || localDay(at, timeZone) !== '2026-10-25';

  test('it is open when a plain look at the clock says so', () => {
    fc.assert(
      fc.property(rules, moment, (given, at) => {
        fc.pre(isPlain(at, given.timeZone));
        expect(createWorkingTime(given).isOpen(at)).toBe(isWork(given, at));
      }),
      { numRuns: 200 },
    );
  });

  test('work adds up, and is as much as a count of its minutes', () => {
    fc.assert(
      fc.property(rules, fc.array(moment, { minLength: 3, maxLength: 3 }), (given, moments) => {
        const [a, b, c] = moments.toSorted((x, y) => +x - +y) as [Date, Date, Date];
        const time = createWorkingTime(given);
        expect(time.workingMs(a, b) + time.workingMs(b, c)).toBe(time.workingMs(a, c));
        expect(time.workingMs(a, c)).toBeLessThanOrEqual(+c - +a);
        const end = Math.min(+c, +a + 36 * HOUR);
        let minutes = 0;
        for (let at = +a; at < end; at += MINUTE) {
          if (!isPlain(new Date(at), given.timeZone)) return;
          if (time.isOpen(new Date(at))) minutes += 1;
        }
        expect(time.workingMs(a, new Date(end))).toBe(minutes * MINUTE);
      }),
      { numRuns: 40 },
    );
  });

  test('late is what has waited for the norm of working time, and closed is until the next minute of work', () => {
    fc.assert(
      fc.property(rules, moment, moment, fc.integer({ min: 1, max: 30 * 60 }), (given, since, now, minutes) => {
        const time = createWorkingTime(given);
        const norm = minutes * MINUTE;
        expect(since <= time.waitingSince(now, norm)).toBe(time.workingMs(since, now) >= norm);
        const closed = time.closedAt(now);
        expect(closed === undefined).toBe(time.isOpen(now));
        if (!closed?.until) return;
        expect(time.isOpen(closed.until)).toBe(true);
        expect(time.workingMs(now, closed.until)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
