import type { Generated } from 'kysely';

/** A payment that billing has posted. `source` and `operation` together are its key. */
export type PaymentsTable = {
  source: Generated<string>;
  operation: string;
  account: string;
  /** `YYYY-MM-DD`. */
  day: string;
  /** Never 0; negative is a reversal. */
  sum_kopecks: number;
};
