import { createAnswerEdits } from './answer-edits.ts';
import { createAnswers } from './answers.ts';
import { type CannedEdges, createCanned } from './canned.ts';
import { createGroup } from './group.ts';
import { createHandOver } from './hand-over.ts';
import { createPhone } from './phone.ts';
import { createSilence } from './silence.ts';
import type { StaffCaller } from './staff.ts';
import { createStates } from './states.ts';
import { createTell } from './tell.ts';
import { createWithdrawals } from './withdrawals.ts';
import { createWriting, type WritingEdges } from './writing.ts';

export type Desk = ReturnType<typeof createDesk>;

/** What staff do in their group. Each verb asks by itself whether the caller is a member at this moment. */
export function createDesk(edges: CannedEdges & WritingEdges) {
  const answers = createAnswers(edges);
  return {
    /** Whether the caller is staff: who is not is told nothing, not even how a command is written. */
    isStaff: ({ messengerId }: StaffCaller): Promise<boolean> => edges.staff.isMember(messengerId),
    ...answers,
    ...createAnswerEdits(edges),
    ...createWithdrawals(edges),
    ...createStates(edges),
    ...createCanned(edges, answers),
    ...createHandOver(edges),
    ...createPhone(edges),
    ...createSilence(edges),
    ...createTell(edges),
    ...createWriting(edges),
    ...createGroup(edges),
  };
}
