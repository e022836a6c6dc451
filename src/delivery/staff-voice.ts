import type { MessengerId } from '../office/caller.ts';
import type { MessageRef } from '../office/staff/message-part.ts';
import type { SpokenToPerson } from './notices/send.ts';

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
