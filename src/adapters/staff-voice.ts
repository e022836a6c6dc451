import type { SpokenToPerson } from '../delivery/notices/send.ts';
import type { MessengerId } from '../office/caller.ts';
import type { MessageRef } from '../office/staff/message-part.ts';
import type { MemberVoice, Said } from '../office/edges.ts';
import type { Texts } from '../texts/texts.ts';

/**
 * Speaks in a member of staff's private chat about work that goes on. Throws when it is not known whether it arrived, and when the messenger
 * wants us to wait for long: it is tried again.
 */
export type StaffVoice = {
  /** Says it in place of an earlier message, where that can still be changed, else anew. Undefined: this chat takes nothing from us. */
  show(to: MessengerId, spoken: SpokenToPerson, inPlaceOf: MessageRef | null): Promise<MessageRef | undefined>;
  /** Hands a file over, under a name without spaces; false: this chat does not take it. */
  hand(to: MessengerId, file: { name: string; content: string | { path: string } }, spoken: SpokenToPerson): Promise<boolean>;
};

/** Brings a file that somebody sent onto this machine, a smaller one than `mostBytes` only. Throws when the messenger does not answer. */
export type FetchFile = (
  handle: string,
  path: string,
  limits?: { mostBytes?: number; signal?: AbortSignal },
) => Promise<{ outcome: 'fetched'; sha256: string } | { outcome: 'gone' } | { outcome: 'too-large' }>;

/** Puts what the office says into words. */
export function memberVoice(voice: StaffVoice, texts: Texts): MemberVoice {
  const spoken = ({ text, words, doors = [] }: Said): SpokenToPerson => ({
    marked: texts.text(text, words, { marked: true }),
    doors: doors.map((door) => ({ ...door, label: texts.text(door.label) })),
  });
  return {
    show: (to, said, inPlaceOf) => voice.show(to, spoken(said), inPlaceOf),
    hand: (to, file, said) => voice.hand(to, file, spoken(said)),
  };
}
