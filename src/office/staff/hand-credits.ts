import type { DeskEdges } from './as-staff.ts';
import { createClosing } from './hand-credits/closing.ts';
import { createCrediting } from './hand-credits/crediting.ts';

export type HandCredits = ReturnType<typeof createHandCredits>;

/** Money that was taken and is credited to no account: seniors credit it, note that it went back, or refuse it; each with a reason, in the audit log. */
export function createHandCredits(edges: DeskEdges) {
  return { ...createCrediting(edges), ...createClosing(edges) };
}
