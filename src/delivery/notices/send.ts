import type { ButtonLook } from '../../domain/button-look.ts';
import type { ChapterDoor, DeskDoor } from '../../domain/doors.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { Paper } from '../../papers/paper.ts';
import type { OutgoingFile } from '../outgoing-file.ts';

/** Said to a person: HTML, and buttons whose labels are plain text. */
export type SpokenToPerson = { marked: string; doors: readonly ({ label: string; look?: ButtonLook } & ChapterDoor)[] };

/** A notice in words. */
export type SpokenNotice = {
  marked: string;
  doors: readonly ({ label: string; look?: ButtonLook } & (ChapterDoor | DeskDoor))[];
  /** To be handed over, with the words below it. */
  paper?: SpokenPaper | undefined;
};

/** To be drawn; or a picture that is there, of messenger `of` where it is by its handle. */
export type SpokenPaper = Exclude<Paper, { kind: 'picture' }> | { kind: 'picture'; data: { file: OutgoingFile; of?: string } };

/**
 * Sends one notice, and settles within a minute. Throws when it is not known whether it arrived (network, the server's own failure): it will
 * be sent again, and may then arrive twice.
 */
export type SendNotice = (to: 'staff' | MessengerId, notice: SpokenNotice) => Promise<NoticeSent>;

export type NoticeSent =
  /** `handle`: under which the messenger has the picture that was sent up to it. */
  | { outcome: 'sent'; handle?: string | undefined }
  /** This chat takes nothing from us: blocked, deleted, not found, no rights. */
  | { outcome: 'blocked'; reason: string }
  /** The messenger wants everybody to wait. */
  | { outcome: 'wait'; seconds: number }
  /** This very message will never be taken. */
  | { outcome: 'refused'; reason: string };
