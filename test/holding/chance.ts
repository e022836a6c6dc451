import { createDice } from '../../src/sandbox/town/dice.ts';

/** A source of chance that is all of the seed: the same seed, the same answers. */
export type Chance = ReturnType<typeof chanceOf>;

export function chanceOf(seed: number) {
  const { between: integer, percent } = createDice(seed);
  return {
    integer,
    /** So often out of a hundred. */
    percent,
    pick: <A>(among: readonly [A, ...A[]]): A => among[integer(0, among.length - 1)] ?? among[0],
    /** Undefined where there is none. */
    any: <A>(among: readonly A[]): A | undefined => among[integer(0, among.length - 1)],
  };
}
