import { z } from 'zod';
import type { DatedRow } from '../../domain/dated.ts';
import { DATED, dated } from './dated-rows.ts';

/**
 * ПП РФ от 18.03.2025 № 329: the rate of the penalty is held down up to this day. A file that was written before rows could end goes no
 * further either; who knows what comes then writes a row that begins later, or this one's `until`.
 */
const PENALTY_ENDS = { until: '2026-12-31', source: 'постановление Правительства РФ от 18.03.2025 № 329' };

function endedByLaw<Row extends DatedRow>(rows: readonly Row[]): Row[] {
  return rows.map((row, i) =>
    i === rows.length - 1 && row.until === undefined && row.from <= PENALTY_ENDS.until
      ? { ...row, ...PENALTY_ENDS, source: row.source ?? PENALTY_ENDS.source }
      : row,
  );
}

/** The yearly rate of the penalty, and from which day of delay which part of it (1/divisor) is taken a day. */
export const PenaltyRates = dated(
  z.strictObject({
    ...DATED,
    percent: z.number({ error: 'нужна ставка в процентах годовых' }).min(0).max(100),
    steps: z
      .array(z.strictObject({ fromDay: z.int().min(1), divisor: z.int().min(1) }))
      .min(1)
      .refine(
        (steps) => steps.every(({ fromDay }, i) => i === 0 || (steps[i - 1]?.fromDay ?? 0) < fromDay),
        'нужны шаги по порядку дней, каждый день один раз',
      ),
  }),
).transform(endedByLaw);
