import {
  type Announcement,
  listOpenAnnouncements,
  markAnnouncementTold,
  updateAnnouncementMessage,
} from '../../records/announcements.ts';
import { announcementProgress } from './announcement-progress.ts';
import type { Announcing } from './announcing.ts';
import type { MessengerId } from '../caller.ts';
import type { MessageRef } from '../staff/message-part.ts';
import type { MemberVoice, OfficeEdges } from '../edges.ts';
import type { NoticeDoor } from '../notices.ts';

export type BoardEdges = Pick<OfficeEdges, 'db' | 'clock'> & {
  timeZone: string;
  voice: MemberVoice;
  announcing: Announcing;
  onFailed: (error: unknown) => void;
};

export type AnnouncementBoard = { look: () => Promise<boolean> };

/**
 * Puts announcements in line and shows in the announcer's chat how far each has come, in one message that is changed, with «Исправить» and
 * «Остановить»; a look a time. What is shown already is not shown again. Answers whether there are any. Never throws.
 */
export function createAnnouncementBoard({ db, clock, timeZone, voice, announcing, onFailed }: BoardEdges): AnnouncementBoard {
  const shown = new Map<string, string>();

  async function show(announcement: Announcement & { number: number }): Promise<void> {
    const { id, state, message } = announcement;
    const { words, correctable, stoppable } = await announcementProgress(db, announcement, timeZone, clock());
    const now = JSON.stringify({ words, correctable });
    if (shown.get(id) !== now) {
      const stop: NoticeDoor = { label: 'button-stop-announcement', dialog: 'announcement-stop', ref: id };
      const correct: NoticeDoor = { label: 'button-correct-announcement', dialog: 'announcement-correct', ref: id };
      const doors = [...(correctable ? [correct] : []), ...(stoppable ? [stop] : [])];
      const said = { text: 'announcement-progress', words, doors };
      const ref = await voice.show(announcement.messengerId as MessengerId, said, message as MessageRef | null);
      if (ref !== undefined && ref !== message) await updateAnnouncementMessage(db, id, ref);
      shown.set(id, now);
    }
    if (state !== 'over') return;
    await markAnnouncementTold(db, id);
    shown.delete(id);
  }

  return {
    async look() {
      try {
        let isAny = true;
        // How far the others are is shown where one cannot be gone on with.
        await announcing.goOn().then((any) => (isAny = any), onFailed);
        if (isAny) for (const announcement of await listOpenAnnouncements(db)) await show(announcement).catch(onFailed);
        return isAny;
      } catch (error) {
        onFailed(error);
        return true;
      }
    },
  };
}
