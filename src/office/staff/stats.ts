import { addBars, type DeskChart, FATES, median, percentInTime } from '../../domain/desk-chart.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { localDay } from '../../domain/local-day.ts';
import { SPAN_DAYS, type StatsSpan } from '../../domain/staff-words.ts';
import { countDeskState, type DeskState } from '../../records/request-figures.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice, type StaffDoor } from '../notices.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import { chartOf, daysOf, requestsSheetOf } from './figures.ts';
import { deskHours, lateText, normMs } from './hours.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

export type Posted = { outcome: 'posted' };

export type Stats = ReturnType<typeof createStats>;

/** Section 5, /stats: how the desk has been doing, told to the group. */
export function createStats(edges: DeskEdges & Pick<OfficeEdges, 'centre' | 'settings'>) {
  const { centre, settings } = edges;

  return {
    /** Puts the picture of a span in line for the group, with its figures in words. */
    async show(caller: StaffCaller, span: StatsSpan): Promise<Posted | NotStaff> {
      return asStaff(edges, caller, 'stats', async (trx, now) => {
        const step = span === 'year' ? 'month' : 'day';
        const { chart, answersMs } = await chartOf({ ...edges, db: trx }, daysOf(span, now, settings.timeZone), step);
        const hours = deskHours(edges);
        const state = await countDeskState(trx, hours.waitingSince(now, normMs(edges)));
        const { text, basis } = lateText('desk-stats', hours, localDay(now, settings.timeZone));
        const words = { span, ...chartWords(chart, answersMs), ...stateWords(state), ...basis };
        const paper = { kind: 'desk-chart', data: chart } as const;
        await postNotice(trx, { to: 'staff', text, words, doors: doorsFrom(span), paper }, now);
        await insertAuditEntry(trx, { ...audited(caller), what: 'desk.stats', details: { span } }, now);
        return { outcome: 'posted' } as const;
      });
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
