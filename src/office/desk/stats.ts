import { addBars, median, percentInTime } from '../../domain/desk-chart.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { countDeskState } from '../../records/request-figures.ts';
import { writeJournal } from '../../records/staff-journal.ts';
import type { OfficeEdges } from '../edges.ts';
import { type NoticeDoor, postNotice } from '../notices.ts';
import { once } from '../once.ts';
import { chartOf, daysOf, type StatsSpan, sheetOf } from './figures.ts';
import { deskHours, normMs } from './hours.ts';
import type { StaffCaller } from './staff.ts';

export type Posted = { outcome: 'posted' } | { outcome: 'not-staff' };

export type Stats = ReturnType<typeof createStats>;

/** Section 5, /stats: how the desk has been doing, told to the group. */
export function createStats(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre' | 'settings' | 'staff'>) {
  const { clock, centre, settings, staff } = edges;

  return {
    /** Puts the picture of a span in line for the group, with its figures in words. */
    async show(caller: StaffCaller, span: StatsSpan): Promise<Posted> {
      if (!(await staff.isMember(caller.messengerId))) return { outcome: 'not-staff' };
      return once(edges, caller, 'stats.show', async (trx) => {
        const now = clock();
        const { chart, answersMs } = await chartOf(
          { ...edges, db: trx },
          daysOf(span, now, settings.timeZone),
          span === 'year' ? 'month' : 'day',
        );
        const fates = addBars(chart);
        const percent = percentInTime(fates);
        const { troubles: _, ...state } = await countDeskState(trx, deskHours(edges).waitingSince(now, normMs(edges)));
        const minutes = Math.round((median(answersMs) ?? 0) / MINUTE_MS);
        const words = {
          span,
          opened: fates['in-time'] + fates.late + fates.unanswered + fates.waiting,
          known: percent === null ? 'no' : 'yes',
          percent: percent ?? 0,
          answers: answersMs.length,
          hours: Math.floor(minutes / 60),
          minutes: minutes % 60,
          open: state.new + state.taken + state.answered,
          waiting: state.waiting,
          late: state.late,
          rated: chart.rated,
          rating: chart.rating,
        };
        const paper = { kind: 'desk-chart', data: chart } as const;
        await postNotice(trx, { to: 'staff', text: 'desk-stats', words, doors: doorsFrom(span), paper }, now);
        await writeJournal(trx, { who: caller.messengerId, name: caller.name, what: 'stats.show', details: { span } }, now);
        return { outcome: 'posted' };
      });
    },

    /** Puts a spreadsheet of a span's requests in line for the group. */
    async sheet(caller: StaffCaller, span: StatsSpan): Promise<Posted> {
      if (!(await staff.isMember(caller.messengerId))) return { outcome: 'not-staff' };
      return once(edges, caller, 'stats.sheet', async (trx) => {
        const now = clock();
        const data = await sheetOf({ ...edges, db: trx }, daysOf(span, now, settings.timeZone));
        const words = { rows: data.rows.length, from: data.from, to: data.to, hours: centre.requests.answerWithinHours };
        await postNotice(trx, { to: 'staff', text: 'desk-sheet', words, paper: { kind: 'requests-sheet', data } }, now);
        const details = { span, rows: data.rows.length };
        await writeJournal(trx, { who: caller.messengerId, name: caller.name, what: 'requests.export', details }, now);
        return { outcome: 'posted' };
      });
    },
  };
}

const SPANS: readonly StatsSpan[] = ['week', 'month', 'year'];

/** The other spans, and the sheet of this one. */
function doorsFrom(span: StatsSpan): NoticeDoor[] {
  const others = SPANS.filter((other) => other !== span);
  return [
    ...others.map((other) => ({ label: `button-stats-${other}`, dialog: 'stats', ref: other })),
    { label: 'button-xlsx', dialog: 'stats-sheet', ref: span },
  ];
}
