/** Tells connections apart by when they were made. */
export type Vintages = {
  born: (connection: object) => void;
  /** A connection turned out to lead nowhere, or to the wrong place: so do those that are as old. */
  spoil: () => void;
  isGood: (connection: object) => boolean;
};

/** Where a whole server refuses, the next connection is no better: they are not all made anew more often. */
const SPOIL_MS = 1_000;

export function openVintages(nowMs: () => number = () => performance.now()): Vintages {
  const births = new WeakMap<object, number>();
  let spoiltAt = -Infinity;
  return {
    born: (connection) => void births.set(connection, nowMs()),
    spoil: () => {
      if (nowMs() - spoiltAt >= SPOIL_MS) spoiltAt = nowMs();
    },
    isGood: (connection) => (births.get(connection) ?? Infinity) > spoiltAt,
  };
}
