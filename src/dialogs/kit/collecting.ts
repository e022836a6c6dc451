import { MOST_MESSAGE_PARTS } from '../../domain/request.ts';
import type { Plain } from '../../office/idempotent.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import { underHeading } from './heading.ts';
import type { DialogProgress } from './progress.ts';
import type { TextArgs } from './scene.ts';

/** `quietly`: the first message of its album has been acknowledged. */
type AddedMessagePart = { outcome: 'taken' | 'quietly' } | { outcome: 'problem'; problem: string; words: TextArgs };

/** Adds a message to what was collected; undefined: it is of a kind that no request carries. */
export function addMessagePart(collected: MessagePart[], messagePart: MessagePart | undefined): AddedMessagePart {
  if (!messagePart) return { outcome: 'problem', problem: 'problem-not-collected', words: {} };
  const { source, album } = messagePart;
  if (collected.some((each) => each.source === source)) return { outcome: 'quietly' };
  if (collected.length >= MOST_MESSAGE_PARTS)
    return { outcome: 'problem', problem: 'problem-collected-enough', words: { most: MOST_MESSAGE_PARTS } };
  const begun = album !== null && collected.some((each) => each.album === album);
  collected.push(messagePart);
  return { outcome: begun ? 'quietly' : 'taken' };
}

/** What a dialog has collected and not handed on: at the question under way, or at one before it. */
export function collectedIn({ collected, answers }: Pick<DialogProgress, 'collected' | 'answers'>): readonly MessagePart[] {
  if (collected.length > 0) return collected;
  const last = answers.findLast(isCollection);
  return last?.messageParts ?? [];
}

/** What a chapter was brought: the answer of its first verb. */
export function broughtTo({ answers: [first] }: Pick<DialogProgress, 'answers'>): readonly MessagePart[] {
  return Array.isArray(first) && first.every(isMessagePart) ? first : [];
}

function isMessagePart(value: Plain): value is MessagePart {
  return typeof value === 'object' && value !== null && 'source' in value && 'words' in value;
}

function isCollection(answer: Plain): answer is { messageParts: MessagePart[] } {
  return typeof answer === 'object' && answer !== null && 'messageParts' in answer && Array.isArray(answer.messageParts);
}

/** An edited message takes the place of what it was; false when it was not collected. */
export function changeMessagePart(collected: MessagePart[], edited: MessagePart | undefined): boolean {
  const at = edited ? collected.findIndex(({ source }) => source === edited.source) : -1;
  if (!edited || at < 0) return false;
  collected[at] = underHeading(edited, collected[at]?.context);
  return true;
}
