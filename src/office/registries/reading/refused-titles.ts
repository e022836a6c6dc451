import type { Registry } from '../registry.ts';

/** The columns that a file of refused rows has behind those of its registry: the row's line, and why it was refused. */
export const LINE_TITLE = 'Строка';
const REASON = 'Причина';
/** Where the registry has a reason of its own. */
const OTHER_REASON = 'Почему отклонено';

export const reasonTitleOf = ({ columns }: Registry): string =>
  columns.some(({ title }) => title === REASON) ? OTHER_REASON : REASON;

/** Whether a header of a registry is that of its refused rows; whoever mended them may have moved columns, or added some. */
export function areOfRefusedRows(titles: readonly string[], registry: Registry): boolean {
  const plain = new Set(titles.map((title) => title.trim()));
  return plain.has(LINE_TITLE) && plain.has(reasonTitleOf(registry));
}

/** The same by the file's name, which stays where the two columns were taken out: `meters.csv.refused.csv`, `meters.refused (1).xlsx`. */
export const isNamedAsRefused = (name: string): boolean => /\.refused(?![\p{L}\p{N}])/iu.test(name);
