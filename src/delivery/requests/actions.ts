import type { ButtonLook } from '../../domain/button-look.ts';
import type { ChapterDoor, DeskDoor } from '../../domain/doors.ts';
import type { TextLimits } from '../../domain/text-limits.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { MessagePartKind } from '../../records/request-messages.ts';
import type { OutgoingFile } from '../outgoing-file.ts';
import type { RefusedWhat } from '../refusal.ts';

/** In a person's own chat; or in the staff group: in one of its threads, or at large. */
export type ChatPlace = { person: MessengerId } | { group: true; thread: MessageRef | undefined };

export const STAFF_GROUP: ChatPlace = { group: true, thread: undefined };

/** Labels are plain text; what a button carries for what it means is the channel's to make. */
export type DeskButtons = readonly (readonly { label: string; means: ChapterDoor | DeskDoor; look?: ButtonLook }[])[];

/** A file that may carry words; the messenger has it already. */
export type FileKind = Exclude<MessagePartKind, 'words' | 'location' | 'contact'>;

/** Where something is brought to, in answer to what (and to which words of it), and how loudly. */
export type Manner = { to: ChatPlace; replyTo: MessageRef | undefined; quote?: string | undefined; silent: boolean };

/**
 * One call of the messenger. `marked` has the tags of `texts/markup.ts`; `source` is the message that has the file, in its own messenger, and
 * `fileName` what it is called there.
 */
export type MessengerAction =
  | { does: 'open-thread'; title: string }
  | ({ does: 'say'; marked: string; buttons: DeskButtons } & Manner)
  | ({ does: 'hand' } & CaptionedFile & Manner)
  | ({ does: 'hand-album'; files: readonly CaptionedFile[] } & Manner)
  | ({ does: 'copy'; source: MessageRef } & Manner)
  | { does: 'change-words'; message: MessageRef; marked: string; buttons: DeskButtons }
  | ({ does: 'change-file'; message: MessageRef } & CaptionedFile)
  | { does: 'delete'; message: MessageRef }
  | { does: 'retitle'; thread: MessageRef; title: string }
  | { does: 'shut-thread' | 'reopen-thread'; thread: MessageRef }
  /** A sign at somebody's message that it was seen to. */
  | { does: 'nod'; message: MessageRef };

/** A file with words under it. */
export type CaptionedFile = { kind: FileKind; file: OutgoingFile; fileName: string | null; source: MessageRef; marked: string };

export type Done =
  /** `messages`: those that came of it, in order; of `open-thread`, the thread. */
  | { outcome: 'done'; messages: readonly MessageRef[] }
  /** The messenger wants to be left alone for a while. */
  | { outcome: 'wait'; seconds: number }
  /**
   * This chat takes nothing from us: blocked, deleted, not found, no rights; `partly`: its threads do, and what is said at large is not taken;
   * `ofKind`: only messages of this kind are not.
   */
  | { outcome: 'blocked'; reason: string; partly?: true; ofKind?: true }
  /** The group has no threads, or we may not make any. */
  | { outcome: 'no-threads' }
  | { outcome: 'thread-gone' }
  | { outcome: 'thread-shut' }
  /** The message that was to be changed or deleted is not there. */
  | { outcome: 'message-gone' }
  /** The group has become another one, which is known from now on. */
  | { outcome: 'moved' }
  /** This will never be taken. */
  | { outcome: 'refused'; reason: string; what: RefusedWhat };

export type Limits = TextLimits & {
  /** In characters. */
  threadTitle: number;
  /** Files that go as one album, and words under one of them: longer ones need a message of their own. */
  album: number;
  inAlbum: number;
};

/** Where deliveries are run. */
export type Messenger = {
  /** What fits into a message there. */
  limitsIn(place: ChatPlace): Limits;
  /** `telegram:-1001`; undefined while there is no staff group. */
  group(): string | undefined;
  /** Where members of the group are led to a message or a thread of it. */
  linkTo(ref: MessageRef): string | undefined;
  /**
   * Settles within a minute and a half; where a file is carried from one messenger to another, within seven. @throws when it is not known
   * whether it was done (network, the server's own failure): it will be done again, and may then have been done twice.
   */
  perform(action: MessengerAction): Promise<Done>;
};

/** The chat of a person in which it is done; undefined: it is done in the group. */
export function whoseChat(action: MessengerAction): string | undefined {
  if ('to' in action) return 'person' in action.to ? action.to.person : undefined;
  return 'message' in action ? action.message.split('/')[0] : undefined;
}

/** Whether it changes a thread itself: such calls are no messages, and have a share of their own. */
export function isOfThread(action: MessengerAction): boolean {
  return action.does === 'open-thread' || 'thread' in action;
}

/** Whether it is said in the group to none of its threads. */
export function isAtLarge(action: MessengerAction): boolean {
  return 'to' in action && 'group' in action.to && action.to.thread === undefined;
}

/** How many messages the action brings into its chat: what a messenger's limit of a group counts. A change counts as one, to be safe. */
export function messagesOf(action: MessengerAction): number {
  if (action.does === 'hand-album') return action.files.length;
  return action.does === 'nod' || action.does === 'delete' ? 0 : 1;
}
