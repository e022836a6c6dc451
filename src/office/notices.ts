import type { ChapterDoor, DeskDoor, DoorLabel } from '../domain/doors.ts';
import type { Trx } from '../records/database.ts';
import { insertNotices, type NoticePaper, type NoticeOwner, type NoticeArgs } from '../records/notices.ts';
import { deleteUnreachable, hasUnreachable } from '../records/unreachable.ts';
import type { MessengerId } from './caller.ts';
import type { OfficeEdges } from './edges.ts';
import { bringHeldUpAnswers } from './requests/reader.ts';

/**
 * Something that must reach somebody later or surely. The text is named, not written: it is put into words when it is sent.
 * Its words are stored in clear and wiped once it is sent: no secret may be among them.
 */
type NoticeParts = {
  /** The name of a text. */
  text: string;
  words?: NoticeArgs;
  /** A picture or a file above the text, which is then no longer than `OfficeSettings.textLimits` lets a caption be. */
  paper?: NoticePaper;
  /** A notice with the same key goes out once only. */
  key?: string;
  /** Not to be sent earlier. */
  runAt?: Date;
  /** Set for whatever a resident is told: it is judged once more when it is sent. */
  owner?: NoticeOwner | undefined;
  /** News that can wait for the morning: it is never sent at night, however late it has become. */
  daytime?: boolean;
};

/** A person's buttons open chapters; those in the staff group are its own. */
export type PersonNotice = NoticeParts & { to: MessengerId; doors?: readonly NoticeDoor[] };
export type StaffNotice = NoticeParts & { to: 'staff'; doors?: readonly StaffDoor[] };
export type Notice = PersonNotice | StaffNotice;

export type NoticeDoor = DoorLabel & ChapterDoor;
export type StaffDoor = DoorLabel & DeskDoor;

/** Puts a notice in line, to be sent if and only if the transaction commits; a worker sends it within seconds, in order per addressee. */
export async function postNotice(trx: Trx, notice: Notice, now: Date): Promise<void> {
  const { to, text, words = {}, doors = [], paper, key = null, runAt = now, daytime = false, owner } = notice;
  await insertNotices(trx, [{ addressee: to, text, words, doors, paper, key, runAt, daytime, owner }], now);
}

export type Notices = ReturnType<typeof createNotices>;

export function createNotices({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /**
     * People who may have blocked the bot before are here: notices go to them from now on, and staff's answers that did not arrive follow. Notices
     * given up meanwhile do not come back.
     */
    async welcomeBack(messengerIds: readonly MessengerId[]): Promise<void> {
      // Of nearly everybody who writes nothing is known: one question is all that it costs.
      if (!(await hasUnreachable(db, messengerIds))) return;
      await db.transaction().execute(async (trx) => {
        await bringHeldUpAnswers(trx, await deleteUnreachable(trx, messengerIds), clock());
      });
    },
  };
}
