import { z } from 'zod';
import type { DatedRow } from '../../domain/dated.ts';
import { FieldText, FieldDate } from './fields.ts';

/** A row holds from a date on, up to and with `until` where that is known; `source` says where it was read. */
export const DATED = { from: FieldDate, until: FieldDate.optional(), source: FieldText.optional() };

/** Rows that hold from a date on, oldest first, no date twice. */
export function dated<Row extends z.ZodType<DatedRow>>(row: Row) {
  return datedOrNone(row).min(1, 'нужна хотя бы одна строка с датой');
}

/** The same, or none at all. */
export function datedOrNone<Row extends z.ZodType<DatedRow>>(row: Row) {
  return z
    .array(row)
    .refine(inOrder, 'нужны строки по порядку дат, каждая дата один раз')
    .refine(endInOrder, 'нужен until не раньше from своей строки и раньше from следующей');
}

function inOrder(rows: readonly DatedRow[]): boolean {
  return rows.every((each, i) => i === 0 || (rows[i - 1] as DatedRow).from < each.from);
}

function endInOrder(rows: readonly DatedRow[]): boolean {
  return rows.every(({ from, until = from }, i) => from <= until && until < (rows[i + 1]?.from ?? '9999'));
}
