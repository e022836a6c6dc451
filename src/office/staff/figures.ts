import { type AskedAndAnswered, answerMs, type DeskChart, fateOf, type Measure, calculateBars } from '../../domain/desk-chart.ts';
import { HOUR_MS } from '../../domain/durations.ts';
import { addDays, type LocalDay, localDay, localMoment, localTime } from '../../domain/local-day.ts';
import { makePeriod, shiftPeriod } from '../../domain/period.ts';
import type { RequestRow, RequestsSheet } from '../../domain/requests-sheet.ts';
import { SPAN_DAYS, type StatsSpan } from '../../domain/staff-words.ts';
import { countDeskWork, listRequestFigures, type RequestFigures } from '../../records/request-figures.ts';
import type { OfficeEdges } from '../edges.ts';
import { deskHours, type HoursEdges, normMs } from './hours.ts';

type FiguresEdges = Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & Pick<HoursEdges, 'settings'>;

/** Days, both included. */
export type Days = { from: LocalDay; to: LocalDay };

export function daysOf(span: StatsSpan, now: Date, timeZone: string): Days {
  const to = localDay(now, timeZone);
  if (span !== 'year') return { from: addDays(to, 1 - SPAN_DAYS[span]), to };
  const [year, month] = to.split('-').map(Number);
  return { from: `${shiftPeriod(makePeriod(year ?? 0, month ?? 0), -11)}-01`, to };
}

/** Residents' requests that were opened on these days. */
async function figuresOf({ db, settings }: FiguresEdges, { from, to }: Days): Promise<RequestFigures[]> {
  const start = localMoment(from, 0, settings.timeZone);
  return listRequestFigures(db, start, localMoment(addDays(to, 1), 0, settings.timeZone));
}

/** The picture of these days, and how long each first answer took, in time of work. */
export async function chartOf(
  edges: FiguresEdges,
  days: Days,
  step: DeskChart['step'],
): Promise<{ chart: DeskChart; answersMs: number[] }> {
  const { timeZone } = edges.settings;
  const measure = measureOf(edges);
  const asked = (await figuresOf(edges, days)).map(timesOf);
  const [start, end] = [localMoment(days.from, 0, timeZone), localMoment(addDays(days.to, 1), 0, timeZone)];
  const { rated, rating } = await countDeskWork(edges.db, start, end);
  const bars = calculateBars(
    { ...days, step, timeZone },
    asked.map((times) => ({ openedAt: times.openedAt, fate: fateOf(times, measure) })),
  );
  return {
    chart: { ...days, step, bars, rated, rating: Math.round(rating * 10) / 10 },
    answersMs: asked.flatMap((times) => answerMs(times, measure) ?? []),
  };
}

/** All requests of these days as rows, the newest first. */
export async function requestsSheetOf(edges: FiguresEdges, days: Days): Promise<RequestsSheet> {
  const { centre, settings } = edges;
  const measure = measureOf(edges);
  const local = (moment: Date | null) => moment && localTime(moment, settings.timeZone);
  const topics = new Map(centre.requests.topics.map(({ key, label }) => [key, label]));
  const rows = (await figuresOf(edges, days)).map((request): RequestRow => {
    const times = timesOf(request);
    const tookMs = answerMs(times, measure);
    return {
      number: request.number,
      // One that the settings file no longer has is shown by its key.
      topic: topics.get(request.topic ?? '') ?? request.topic ?? '',
      account: request.account,
      openedAt: localTime(request.openedAt, settings.timeZone),
      answeredAt: local(request.firstAnsweredAt),
      answerHours: tookMs === null ? null : Math.round((100 * tookMs) / HOUR_MS) / 100,
      fate: fateOf(times, measure),
      state: request.state,
      closedAt: local(request.closedAt),
      reopened: request.reopened,
      takenBy: request.takenByName,
      fromResident: request.fromResident,
      fromStaff: request.fromStaff,
      rating: request.rating,
      ratingWords: request.ratingWords,
    };
  });
  return { ...days, normHours: centre.requests.answerWithinHours, rows };
}

function measureOf(edges: FiguresEdges): Measure {
  return { hours: deskHours(edges), normMs: normMs(edges), now: edges.clock() };
}

function timesOf(request: RequestFigures): AskedAndAnswered {
  return { openedAt: request.openedAt, answeredAt: request.firstAnsweredAt, closedAt: request.closedAt };
}
