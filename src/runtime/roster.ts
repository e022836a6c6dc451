/** Who is there now, in no order. */
export type Roster<T> = {
  /** Hands what takes it off again; taking it off twice does no harm. */
  enter: (one: T) => () => void;
  /** Those who are there when it is called. */
  present: () => T[];
};

/**
 * A Set for what comes and goes a thousand times a second. A Set itself throws its table away every hundred or so, and until the next
 * full collection that table keeps alive all that was in it, with all that hangs on it: here, whole updates.
 */
export function openRoster<T>(): Roster<T> {
  const places: ({ one: T; place: number } | undefined)[] = [];
  let count = 0;

  return {
    enter(one) {
      const entry = { one, place: count };
      places[count++] = entry;
      return () => {
        if (places[entry.place] !== entry) return;
        // The last one takes the place that is left.
        const last = places[--count];
        places[count] = undefined;
        if (last === undefined || last === entry) return;
        last.place = entry.place;
        places[entry.place] = last;
      };
    },
    present: () => places.flatMap((entry) => (entry ? [entry.one] : [])),
  };
}
