import { REGISTRIES } from '../../../office/registries/registries.ts';

/** `rank`: the place of its kind among those of registries, which are taken in that order. */
export type Ranked = { name: string; rank: number };

/** After all kinds: these are looked into last, and find out whether they come before those that are known. */
export const UNKNOWN_RANK = REGISTRIES.length;

/** By kind, then by name. */
export const inTurn = (a: Ranked, b: Ranked): number => a.rank - b.rank || (a.name < b.name ? -1 : 1);
