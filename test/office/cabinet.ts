import { onTestFinished } from 'vitest';
import type { OfficeSettings } from '../../src/office/edges.ts';
import { type Cabinet, cabinetOn } from '../kit/cabinet.ts';
import { testDatabase } from '../kit/postgres.ts';

export type { Cabinet } from '../kit/cabinet.ts';

export const START = new Date('2026-11-05T09:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The same answer so many times. */
export const times = <A>(count: number, answer: A): A[] => Array.from({ length: count }, () => answer);

/** A cabinet of the test's own, until it ends; what broke in the background breaks the test. */
export async function openCabinet(settings: Partial<OfficeSettings> = {}, start = START): Promise<Cabinet> {
  const { db, url, close } = await testDatabase();
  const at = cabinetOn({ db, url }, start, settings);
  onTestFinished(async () => {
    await at.settled();
    await close();
    if (at.failed.length > 0) throw at.failed[0];
  });
  return at;
}
