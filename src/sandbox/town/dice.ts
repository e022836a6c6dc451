/** Chance that is the same on every run. */
export type Dice = {
  /** 0 ≤ n < below. */
  integer(below: number): number;
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** True in so many cases of a hundred. */
  percent(chance: number): boolean;
  hex(digits: number): string;
};

/** Mulberry32: small, even, and good enough for a made-up town. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    between: (least, most) => least + integer(most - least + 1),
    pick: (from) => from[integer(from.length)]!,
    percent: (chance) => next() * 100 < chance,
    hex: (digits) => Array.from({ length: digits }, () => integer(16).toString(16)).join(''),
  };
}
