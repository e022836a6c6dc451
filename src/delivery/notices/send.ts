import type { ButtonLook } from '../../domain/button-look.ts';
import type { ChapterDoor, DeskDoor } from '../../domain/doors.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { Paper } from '../../papers/paper.ts';

/** Said to a person: HTML, and buttons whose labels are plain text. */
export type SpokenToPerson = { marked: string; doors: readonly ({ label: string } & ChapterDoor)[] };

/** A notice in words. */
export type SpokenNotice = {
  marked: string;
  doors: readonly ({ label: string; look?: ButtonLook } & (ChapterDoor | DeskDoor))[];
  /** To be handed over, with the words below it. */
  paper?: Paper | undefined;
};

/**
 * Sends one notice, and settles within a minute. Throws when it is not known whether it arrived (network, the server's own trouble): it will
 * be sent again, and may then arrive twice.
 */
export type SendNotice = (to: 'staff' | MessengerId, notice: SpokenNotice) => Promise<NoticeSent>;

export type NoticeSent =
  | { outcome: 'sent' }
  /** This chat takes nothing from us: blocked, deleted, not found, no rights. */
  | { outcome: 'blocked'; reason: string }
  /** The messenger wants everybody to wait. */
  | { outcome: 'wait'; seconds: number }
  /** This very message will never be taken. */
  | { outcome: 'refused'; reason: string };
