import type { DeskEdges } from './as-staff.ts';
import { createClosing } from './hand-credits/closing.ts';
import { createCrediting } from './hand-credits/crediting.ts';
import { createEndPresses } from './hand-credits/ends.ts';
import { createReturning } from './hand-credits/returning.ts';
import { createSettling } from './hand-credits/settling.ts';

export type HandCredits = ReturnType<typeof createHandCredits>;

/**
 * What seniors do about payments, each with a reason, in the audit log: money that no account has is credited or refused, what was given back at
 * the provider is noted, and so is what billing has otherwise.
 */
export function createHandCredits(edges: DeskEdges) {
  return {
    ...createCrediting(edges),
    ...createClosing(edges),
    ...createReturning(edges),
    ...createSettling(edges),
    ...createEndPresses(edges),
  };
}
