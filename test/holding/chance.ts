/** A source of chance that is all of the seed: the same seed, the same answers (mulberry32). */
export type Chance = ReturnType<typeof chanceOf>;

export function chanceOf(seed: number) {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));

  return {
    integer,
    /** So often out of a hundred. */
    percent: (share: number): boolean => next() * 100 < share,
    pick<A>(among: readonly [A, ...A[]]): A {
      return among[integer(0, among.length - 1)] ?? among[0];
    },
    /** Undefined where there is none. */
    any: <A>(among: readonly A[]): A | undefined => among[integer(0, among.length - 1)],
  };
}
