import { fillIn } from '../../domain/staff-words.ts';
import type { OfficeEdges } from '../edges.ts';
import type { createAnswers, Written } from './answers.ts';
import type { DeskEdges } from './as-staff.ts';
import type { MessagePart } from './message-part.ts';
import type { StaffCaller } from './staff.ts';
import { requestAt, type ThreadRef } from './thread.ts';

export type CannedSent =
  | Exclude<Written, { outcome: 'answered' }>
  | { outcome: 'answered'; number: number; reopened: boolean; words: string }
  /** It names the account, and the request is about none. */
  | { outcome: 'no-account'; number: number }
  | { outcome: 'no-such-answer' };

/** Answers that staff send by a command: `centre.requests.cannedAnswers`. */
export function createCanned(
  edges: DeskEdges & Pick<OfficeEdges, 'centre'>,
  { written }: Pick<ReturnType<typeof createAnswers>, 'written'>,
) {
  const { cannedAnswers } = edges.centre.requests;
  return {
    cannedAnswers: (): readonly { command: string; label: string }[] => cannedAnswers,

    /** Sends the answer of this command as if its words were typed; `messagePart` is the message with the command. */
    async sendCanned(staff: StaffCaller, threadRef: ThreadRef, command: string, messagePart: MessagePart): Promise<CannedSent> {
      if (!(await edges.staff.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      const canned = cannedAnswers.find((one) => one.command === command);
      if (!canned) return { outcome: 'no-such-answer' };
      const request = await requestAt(edges.db, threadRef);
      if (!request) return { outcome: 'nowhere' };
      const filled = fillIn(canned.text, { name: request.called ?? undefined, account: request.account ?? undefined });
      if ('wants' in filled) return { outcome: 'no-account', number: request.number };
      const sent = await written(staff, threadRef, {
        ...messagePart,
        words: filled.words,
        album: null,
        kind: 'words',
        file: null,
        fileName: null,
      });
      return sent.outcome === 'answered' ? { ...sent, words: filled.words } : sent;
    },
  };
}
