import { type Kopecks, parseMoney } from '../../domain/money.ts';
import type { Later } from '../town/later.ts';

/** The program's exports of payments: a file each, with a header. */
export type Exports = {
  /** Exports what has not gone out yet; the number of the newest export, also where nothing was new; 0: there is none. */
  exportNew: () => Promise<number>;
  /** An export's file as text; undefined where it is no longer kept. */
  readAgain: (exportNumber: number) => Promise<string | undefined>;
};

export type PaidByCard = { row: string[]; exportNumber: number };

/**
 * The rows of payments by card that billing has not booked in the town yet. Whoever exported them (the operator, the program by itself, a click
 * after which the process died), they are in an export that came after the last one that was booked.
 */
export async function findPaidByCard(later: readonly Later[], { exportNew, readAgain }: Exports): Promise<PaidByCard[]> {
  const payments = later.flatMap((one) => ('account' in one ? [one] : []));
  const booked = new Set(payments.map(({ operation }) => operation));
  // Of what an older release has booked only the account and the sum are known.
  const older = payments.filter(({ operation }) => operation === undefined);
  const isBooked = (row: readonly string[]): boolean => {
    if (booked.has(operationIn(row))) return true;
    const at = older.findIndex(({ account, sum }) => account === row[0] && sum === sumIn(row));
    if (at >= 0) older.splice(at, 1);
    return at >= 0;
  };
  const last = Math.max(0, ...payments.map(({ exportNumber = 0 }) => exportNumber));
  const newest = await exportNew();
  const found: PaidByCard[] = [];
  for (let exportNumber = last + 1; exportNumber <= newest; exportNumber += 1) {
    const [, ...lines] = ((await readAgain(exportNumber)) ?? '').trim().split('\r\n');
    const rows = lines.map((line) => line.split(';')).filter((row) => !isBooked(row));
    found.push(...rows.map((row) => ({ row, exportNumber })));
  }
  return found;
}

/** Of a row of a registry of payments. */
export const operationIn = (row: readonly string[]): string => row[4] ?? '';
export const sumIn = (row: readonly string[]): Kopecks => parseMoney(row[2] ?? '') ?? 0;
