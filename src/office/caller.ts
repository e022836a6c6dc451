/** A person's account in a messenger, e.g. `telegram:7`. */
export type MessengerId = `${string}:${string}`;

/** Who asks the office, and by which step of which update: the step makes a repeated question harmless. */
export type Caller = {
  messengerId: MessengerId;
  /** Unique for one call of one update; the same when the update is repeated. */
  operation: string;
};
