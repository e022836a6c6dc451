import { readStatsSpan } from '../../domain/staff-words.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';

/** /stats in private: how staff answer, and what residents do in the cabinet; `ref`: the span. */
export const staffStats: Dialog<Office> = async ({ say, hand, office }, ref) => {
  const span = readStatsSpan(ref) ?? 'month';
  const seen = await office.stats.see(span);
  if (seen.outcome === 'not-staff') return say('not-understood');
  const { desk, cabinet } = seen;
  await hand({ kind: 'desk-chart', data: desk.chart }, desk.text, desk.words);
  const doors = SPANS.filter(({ span: other }) => other !== span).map(
    ({ span: other, ref: days }): Door => ({ label: `button-stats-${other}`, dialog: 'staff-stats', ref: days }),
  );
  return hand({ kind: 'cabinet-chart', data: cabinet.chart }, 'cabinet-stats', cabinet.words, doors);
};

const SPANS = [
  { span: 'week', ref: '7' },
  { span: 'month', ref: '30' },
  { span: 'year', ref: '365' },
] as const;
