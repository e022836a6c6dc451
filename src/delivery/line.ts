/** A kind of things that go out to people and to staff, one by one, by the one pace. */
export type Line = {
  /** Of the log: `notices`. */
  name: string;
  /** Takes up to `limit` that are due, oldest first, of each addressee one at most, none for `resting` addressees. */
  take: (share: { limit: number; resting: readonly string[] }) => Promise<Load[]>;
  /** How many are due and at no end. */
  countWaiting: () => Promise<number>;
};

/** One thing that was taken out of its line and is held by this process. */
export type Load = {
  /** Unique over all lines: `notices 12`. */
  key: string;
  /** Whose share of the messenger's limits it takes: `staff`, or a messenger id. */
  addressee: string;
  /** What is to go out now; undefined when there was nothing to say any more, which is written down already. */
  prepare: () => Promise<Flight | undefined>;
  /** Puts it back as if it had not been taken. */
  release: () => Promise<void>;
};

/** One call of the messenger. */
export type Flight = {
  /** How many messages come of it. */
  messages: number;
  /** Makes the call and tells what is to be written down. Never throws. */
  go: () => Promise<Verdict>;
};

/** What is to be written down once it is known; kept apart so that it can be tried again without sending again. */
export type Verdict = {
  arrived: boolean;
  write: () => Promise<void>;
  /** One call more, once it was written and the pace has room, if the process lives so long; what comes of it is in nobody's way. */
  afterwards?: () => Promise<void>;
};

/** As much of a logger as is needed here; fields hold neither words nor people. */
export type OutboxLog = Record<'info' | 'warn', (fields: Record<string, unknown>, message: string) => void>;
