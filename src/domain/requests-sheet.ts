import type { Fate } from './desk-chart.ts';
import type { LocalDay } from './local-day.ts';

/** Residents' requests as rows of a spreadsheet; times are by the centre's clocks, `2026-11-05T14:30`. No word of a request is in it. */
export type RequestsSheet = { from: LocalDay; to: LocalDay; normHours: number; rows: readonly RequestRow[] };

export type RequestRow = {
  number: number;
  /** As residents read it. */
  topic: string;
  account: string | null;
  openedAt: string;
  answeredAt: string | null;
  /** Hours of work until the first answer. */
  answerHours: number | null;
  fate: Fate;
  state: 'new' | 'taken' | 'answered' | 'closed';
  closedAt: string | null;
  /** How often it came back after it was closed. */
  reopened: number;
  takenBy: string | null;
  fromResident: number;
  fromStaff: number;
  rating: number | null;
  /** What the resident said to the rating. */
  ratingWords: string | null;
};
