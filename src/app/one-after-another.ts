/**
 * Things of which one is open at a time, each in the place of the one before. Who wants another while one is still being opened waits for it:
 * what was asked for is neither forgotten nor done to one that is closed already.
 */
export function openOneAfterAnother<A>(first: Promise<A>) {
  let newest = first;
  return {
    /** Once the newest is open, makes another of it; answers that one. */
    replace(make: (before: A) => Promise<A>): Promise<A> {
      newest = newest.then(make);
      return newest;
    },
  };
}
