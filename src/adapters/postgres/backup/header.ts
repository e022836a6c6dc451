import { z } from 'zod';
import type { DataOwner } from '../../../domain/data-owner.ts';

/** What stands before the rows. */
export type BackupHeader = z.output<typeof HEADER>;

const FORMAT = 'inkomus-backup';
/** Raised where what is written can no longer be read as before. */
const VERSION = 1;

const HEADER = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** ISO, UTC: the moment that all of it is of. */
  madeAt: z.string(),
  owner: z.custom<DataOwner>((value) => typeof value === 'string').nullable(),
  /** The sandbox's own key, without which its data do not open: it guards nobody real. Never the operator's `SECRET_KEY`. */
  sandboxKey: z.string().optional(),
  /** Those that were run, in order. */
  migrations: z.array(z.string()).min(1),
  /** In the order in which their rows follow. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
  sequences: z.array(z.object({ name: z.string(), last: z.number().int() })),
});

/** How many rows each table has; stands after all of them, so that what is whole has it. */
export type BackupTotals = z.output<typeof TOTALS>;

const TOTALS = z.object({ rows: z.record(z.string(), z.number().int().min(0)) });

export function writeHeader(header: Omit<BackupHeader, 'format' | 'version'>): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, ...header } satisfies BackupHeader);
}

export function writeTotals(totals: BackupTotals): string {
  return JSON.stringify(totals);
}

/** Undefined where it is no backup of ours, or one that another version writes. */
export function readHeader(frame: Buffer): BackupHeader | undefined {
  return HEADER.safeParse(parse(frame)).data;
}

export function readTotals(frame: Buffer): BackupTotals | undefined {
  return TOTALS.safeParse(parse(frame)).data;
}

/** Whether it is a backup of ours, which another version may have written. */
export function isBackup(frame: Buffer): boolean {
  return z.object({ format: z.literal(FORMAT) }).safeParse(parse(frame)).success;
}

function parse(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString());
  } catch {
    return undefined;
  }
}
