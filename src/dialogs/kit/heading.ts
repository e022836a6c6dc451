import type { Cited, MessagePart } from '../../office/staff/message-part.ts';

/** The same with what it is about above it; `edited`: what of that holds whatever its writer makes of the words. */
export function withHeading(messagePart: MessagePart, shown: string, edited = shown): MessagePart {
  return { ...messagePart, context: { ...messagePart.context, heading: { shown, edited } } };
}

/** An edited message below what stood above it before. */
export function underHeading(messagePart: MessagePart, before: Cited | null | undefined): MessagePart {
  return before?.heading ? withHeading(messagePart, before.heading.edited) : messagePart;
}

/** All that stands there, also above the words. */
export const wholeWordsOf = ({ words, context }: Pick<MessagePart, 'words' | 'context'>): string =>
  [context?.heading?.shown, words].filter(Boolean).join('\n\n');
