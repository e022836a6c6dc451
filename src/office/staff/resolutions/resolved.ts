import type { Request } from '../../../records/requests.ts';
import type { StaffCaller } from '../staff.ts';

/** What a resolution came to. What it says in the thread is `desk-resolution-<said>`, with `name`, who did it, among its words. */
export type Resolved =
  | {
      outcome: 'done';
      said: string;
      words?: Readonly<Record<string, string | number>>;
      /** The escalation is closed. */
      closes: boolean;
      /** For the journal. */
      details?: Readonly<Record<string, string | number | boolean>>;
      /** Runs after the commit and after the answer. */
      afterwards?: () => Promise<void>;
    }
  /** It takes words: how they are written is said in the thread. */
  | { outcome: 'explained'; said: string; words?: Readonly<Record<string, string | number>> }
  /** There is nothing (any more) that it could do. */
  | { outcome: 'nothing' };

export type ResolutionAsked = { staff: StaffCaller; request: Request; now: Date };
