import { isNight } from '../../domain/quiet-hours.ts';
import {
  type Announcement,
  countAnnouncementFigures,
  listOpenAnnouncements,
  markAnnouncementTold,
  updateAnnouncementMessage,
} from '../../records/announcements.ts';
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
 * Puts announcements in line and shows in the announcer's chat how far each has come, in one message that is changed; a look a time. What is
 * shown already is not shown again. Answers whether there are any. Never throws.
 */
export function createAnnouncementBoard({ db, clock, timeZone, voice, announcing, onFailed }: BoardEdges): AnnouncementBoard {
  const shown = new Map<string, string>();

  async function show(announcement: Announcement & { number: number }): Promise<void> {
    const { id, number, target, place, state, inLine, message, sendAt } = announcement;
    const planned = state === 'sending' && sendAt !== null && sendAt > clock();
    const { waiting, delivered, undelivered, unsent } =
      state === 'over' ? figuresOf(announcement) : await countAnnouncementFigures(db, id);
    const words = {
      number,
      target,
      place,
      state: planned ? 'planned' : state === 'over' && announcement.stoppedAt ? 'halted' : state,
      sendAt: sendAt?.toISOString() ?? '',
      counted: inLine ? 'yes' : 'no',
      night: waiting > 0 && isNight(clock(), timeZone) ? 'yes' : 'no',
      waiting,
      delivered,
      undelivered,
      unsent,
    };
    const now = JSON.stringify(words);
    if (shown.get(id) !== now) {
      const stop: NoticeDoor = { label: 'button-stop-announcement', dialog: 'announcement-stop', ref: id };
      const said = { text: 'announcement-progress', words, doors: state === 'sending' ? [stop] : [] };
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
        const isAny = await announcing.goOn();
        if (isAny) for (const announcement of await listOpenAnnouncements(db)) await show(announcement).catch(onFailed);
        return isAny;
      } catch (error) {
        onFailed(error);
        return true;
      }
    },
  };
}

function figuresOf({ delivered, undelivered, unsent }: Announcement) {
  return { delivered: delivered ?? 0, undelivered: undelivered ?? 0, unsent: unsent ?? 0, waiting: 0 };
}
