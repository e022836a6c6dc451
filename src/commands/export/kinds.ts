import type { ExportKind } from '../../records/exports.ts';

/** What goes out to billing, as people call it. */
export const TITLES: Readonly<Record<ExportKind, string>> = { readings: 'показания', payments: 'платежи' };

/** As it is named on the command line. */
export const NAMES = ['readings', 'payments'] as const satisfies ExportKind[];

export function readKind(word: string | undefined): ExportKind | undefined {
  return NAMES.find((name) => name === word);
}

/** Of requests, without --from. */
export const LATELY_DAYS = 30;
