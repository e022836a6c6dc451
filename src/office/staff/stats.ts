import { addBars, type DeskChart, FATES, median, percentInTime } from '../../domain/desk-chart.ts';
import { sumActions, calculateActionBars, type CabinetChart } from '../../domain/cabinet-chart.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { addDays, localDay, localMoment } from '../../domain/local-day.ts';
import { SPAN_DAYS, type StatsSpan } from '../../domain/staff-words.ts';
import { countCabinetState, listActionsOfDays } from '../../records/cabinet-figures.ts';
import type { Trx } from '../../records/database.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { countDeskState, type DeskState } from '../../records/request-figures.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice, type StaffDoor } from '../notices.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import { chartOf, daysOf, requestsSheetOf } from './figures.ts';
import { deskHours, lateText, normMs } from './hours.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

export type Posted = { outcome: 'posted' };

/** A picture, and its figures in words. */
export type StatsFigures<Chart> = { chart: Chart; words: Readonly<Record<string, string | number>> };

/** `text`: the text that the words are of; another one where holidays are not known. */
export type DeskFigures = StatsFigures<DeskChart> & { text: string };

export type Stats = ReturnType<typeof createStats>;

/** Section 5, /stats: how the desk has been doing, told to the group. */
export function createStats(edges: DeskEdges & Pick<OfficeEdges, 'centre' | 'settings'>) {
  const { centre, settings } = edges;

  /** How staff answered, and what residents did in the cabinet. */
  async function read(trx: Trx, span: StatsSpan, now: Date): Promise<{ desk: DeskFigures; cabinet: StatsFigures<CabinetChart> }> {
    const { timeZone } = settings;
    const step = span === 'year' ? 'month' : 'day';
    const days = daysOf(span, now, timeZone);
    const { chart, answersMs } = await chartOf({ ...edges, db: trx }, days, step);
    const hours = deskHours(edges);
    const state = await countDeskState(trx, hours.waitingSince(now, normMs(edges)));
    const { text, basis } = lateText('desk-stats', hours, localDay(now, timeZone));
    const [start, end] = [localMoment(days.from, 0, timeZone), localMoment(addDays(days.to, 1), 0, timeZone)];
    const bars = calculateActionBars({ ...days, step }, await listActionsOfDays(trx, start, end, timeZone));
    const cabinet = { ...days, step, bars } as const;
    const cabinetState = await countCabinetState(trx, start);
    return {
      desk: { chart, text, words: { span, ...chartWords(chart, answersMs), ...stateWords(state), ...basis } },
      cabinet: { chart: cabinet, words: { span, ...sumActions(cabinet), ...cabinetState } },
    };
  }

  return {
    /** Puts the picture of a span in line for the group, with its figures in words. */
    async show(caller: StaffCaller, span: StatsSpan): Promise<Posted | NotStaff> {
      return asStaff(edges, caller, 'stats', async (trx, now) => {
        const { desk, cabinet } = await read(trx, span, now);
        const { chart, text, words } = desk;
        const paper = { kind: 'desk-chart', data: chart } as const;
        await postNotice(trx, { to: 'staff', text, words, doors: doorsFrom(span), paper }, now);
        const more = {
          text: 'cabinet-stats',
          words: cabinet.words,
          paper: { kind: 'cabinet-chart', data: cabinet.chart },
        } as const;
        await postNotice(trx, { to: 'staff', ...more }, now);
        await insertAuditEntry(trx, { ...audited(caller), what: 'desk.stats', details: { span } }, now);
        return { outcome: 'posted' } as const;
      });
    },

    /** The same for one member, in private. */
    async see(
      caller: StaffCaller,
      span: StatsSpan,
    ): Promise<{ outcome: 'seen'; desk: DeskFigures; cabinet: StatsFigures<CabinetChart> } | NotStaff> {
      if (!(await edges.staff.isMember(caller.messengerId))) return { outcome: 'not-staff' };
      const now = edges.clock();
      const figures = await inSnapshot(edges.db, (trx) => read(trx, span, now));
      await insertAuditEntry(edges.db, { ...audited(caller), what: 'desk.stats', details: { span } }, now);
      return { outcome: 'seen', ...figures };
    },

    /** Puts a spreadsheet of a span's requests in line for the group. */
    async sheet(caller: StaffCaller, span: StatsSpan): Promise<Posted | NotStaff> {
      return asStaff(edges, caller, 'sheet', async (trx, now) => {
        const data = await requestsSheetOf({ ...edges, db: trx }, daysOf(span, now, settings.timeZone));
        const rows = data.rows.length;
        const words = { rows, from: data.from, to: data.to, hours: centre.requests.answerWithinHours };
        await postNotice(trx, { to: 'staff', text: 'desk-sheet', words, paper: { kind: 'requests-sheet', data } }, now);
        await insertAuditEntry(
          trx,
          { ...audited(caller), what: 'requests.export', details: { from: data.from, to: data.to, rows } },
          now,
        );
        return { outcome: 'posted' } as const;
      });
    },
  };
}

/** What came in within the span, and how soon it was answered. */
function chartWords(chart: DeskChart, answersMs: readonly number[]) {
  const fates = addBars(chart);
  const percent = percentInTime(fates);
  const minutes = Math.round((median(answersMs) ?? 0) / MINUTE_MS);
  return {
    opened: FATES.reduce((sum, fate) => sum + fates[fate], 0),
    known: percent === null ? 'no' : 'yes',
    percent: percent ?? 0,
    answers: answersMs.length,
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
    rated: chart.rated,
    rating: chart.rating,
  };
}

/** How things stand now. */
function stateWords({ new: fresh, taken, answered, waiting, late }: DeskState) {
  return { open: fresh + taken + answered, waiting, late };
}

const SPANS: readonly StatsSpan[] = ['week', 'month', 'year'];

/** The other spans, and the sheet of this one. */
function doorsFrom(span: StatsSpan): StaffDoor[] {
  const others = SPANS.filter((other) => other !== span);
  return [
    ...others.map((other): StaffDoor => ({ label: `button-stats-${other}`, verb: 'stats', number: SPAN_DAYS[other] })),
    { label: 'button-xlsx', verb: 'stats-sheet', number: SPAN_DAYS[span] },
  ];
}
