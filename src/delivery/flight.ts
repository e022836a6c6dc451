/** Where the engine takes from what is to go out. */
export type OutboxSource = {
  /** Takes up to `limit` that are due, of each addressee one at most, none for `resting` addressees, nor for anybody of a messenger named there. */
  take: (share: { limit: number; resting: readonly string[] }) => Promise<ClaimedRow[]>;
  /** How many are due and at no end. */
  countWaiting: () => Promise<number>;
  /** How long until the next is due that is meant for later. */
  dueInMs: () => Promise<number>;
};

/** One thing that was taken out of its line and is held by this process. */
export type ClaimedRow = {
  /** Of the log: `notice 12`. */
  key: string;
  /** Whose share of the messenger's limits it takes: `staff`, or a messenger id. */
  addressee: string;
  /** What is to go out now; undefined when there was nothing to say any more, which is written down already. */
  prepare: () => Promise<Flight | undefined>;
  /** Puts it back as if it had not been taken. */
  release: () => Promise<void>;
};

/** `room`: so much of it has to be free. */
export type FlightShare = { of: string; room: number; postpone: (ms: number) => Promise<void> };

/** One call of the messenger. */
export type Flight = {
  /** How many messages come of it. */
  messages: number;
  /** Whose share they take, where it is not the addressee's: then the load waits by itself, and nobody else with it. */
  share?: FlightShare | undefined;
  /** Makes the call and tells what is to be written down. Never throws. */
  go: () => Promise<DeliveryVerdict>;
};

/** What is to be written down once it is known; kept apart so that it can be tried again without sending again. */
export type DeliveryVerdict = {
  arrived: boolean;
  write: () => Promise<void>;
  /** Where the database never takes that: all that came to its end by this is taken out of its line for good, and as much said as can be. */
  giveUp?: (reason: string) => Promise<void>;
  /** One call more, once it was written and the pace has room, if the process lives so long; what comes of it is in nobody's way. */
  afterwards?: () => Promise<void>;
};
