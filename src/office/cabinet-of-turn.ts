import type { Cabinet } from '../records/links.ts';
import type { CallersTurn } from './caller.ts';

/** Longer than an update takes that nothing holds up. */
const FRESH_MS = 2_000;

const cabinets = new WeakMap<CallersTurn, { cabinet: Cabinet; readAt: number }>();

/** An update is asked whose it is before its chapter asks for the accounts of the same cabinet: what was read then is read once. */
export function keepCabinet(turn: CallersTurn | undefined, cabinet: Cabinet, now: Date): void {
  if (turn) cabinets.set(turn, { cabinet, readAt: now.getTime() });
}

/** The cabinet that this turn has read a moment ago; undefined: it has to be read, by a guest's turn each time. */
export function cabinetOfTurn(turn: CallersTurn | undefined, now: Date): Cabinet | undefined {
  const kept = turn && cabinets.get(turn);
  const age = now.getTime() - (kept?.readAt ?? 0);
  return age >= 0 && age <= FRESH_MS ? kept?.cabinet : undefined;
}

/** Before the turn writes: what it reads afterwards is as it is then. */
export function dropCabinet(turn: CallersTurn | undefined): void {
  if (turn) cabinets.delete(turn);
}
