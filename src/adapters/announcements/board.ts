import { isNight } from '../../domain/quiet-hours.ts';
import type { Announcing } from '../../office/announcing.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/desk/message-part.ts';
import type { Clock } from '../../office/edges.ts';
import {
  type Announcement,
  countAnnouncementFigures,
  updateAnnouncementMessage,
  listOpenAnnouncements,
  markAnnouncementTold,
} from '../../records/announcements.ts';
import type { Db } from '../../records/database.ts';
import type { Texts } from '../../texts/texts.ts';
import { nameOfError } from '../name-of-error.ts';
import type { OutboxLog } from '../../delivery/line.ts';
import { leadAlone } from '../postgres/leader.ts';
import { sleep } from '../sleep.ts';
import type { SpokenToPerson } from '../../delivery/notices/send.ts';
import type { StaffVoice } from '../staff-voice.ts';

export type BoardParts = {
  db: Db;
  clock: Clock;
  timeZone: string;
  texts: Texts;
  voice: StaffVoice;
  announcing: Announcing;
  log: OutboxLog;
};

/** One message is not changed more often. */
const EVERY_MS = 3000;

/**
 * Puts announcements in line and shows in the announcer's chat how far each has come, in one message that is changed; a look a time. What is
 * shown already is not shown again. Never throws.
 */
export function createBoard({ db, clock, timeZone, texts, voice, announcing, log }: BoardParts): { look: () => Promise<void> } {
  const shown = new Map<string, string>();
  const note = (error: unknown) => log.warn({ reason: nameOfError(error) }, 'announcements could not be looked after');

  async function show(announcement: Announcement & { number: number }): Promise<void> {
    const { id, number, target, place, state, in_line: inLine, message } = announcement;
    const { waiting, delivered, undelivered, unsent } =
      state === 'over' ? figuresOf(announcement) : await countAnnouncementFigures(db, id);
    const words = {
      number,
      target,
      place,
      state: state === 'over' && announcement.stopped_at ? 'halted' : state,
      counted: inLine ? 'yes' : 'no',
      night: waiting > 0 && isNight(clock(), timeZone) ? 'yes' : 'no',
      waiting,
      delivered,
      undelivered,
      unsent,
    };
    const html = texts.text('announcement-progress', words, { html: true });
    if (shown.get(id) !== html) {
      const stop: SpokenToPerson['doors'] = [
        { label: texts.text('button-stop-announcement'), dialog: 'announcement-stop', ref: id },
      ];
      const doors = state === 'sending' ? stop : [];
      const ref = await voice.show(announcement.messenger_id as MessengerId, { html, doors }, message as MessageRef | null);
      if (ref !== undefined && ref !== message) await updateAnnouncementMessage(db, id, ref);
      shown.set(id, html);
    }
    if (state !== 'over') return;
    await markAnnouncementTold(db, id);
    shown.delete(id);
  }

  return {
    async look() {
      try {
        await announcing.goOn();
        for (const announcement of await listOpenAnnouncements(db)) await show(announcement).catch(note);
      } catch (error) {
        note(error);
      }
    },
  };
}

function figuresOf({ delivered, undelivered, unsent }: Announcement) {
  return { delivered: delivered ?? 0, undelivered: undelivered ?? 0, unsent: unsent ?? 0, waiting: 0 };
}

/** Looks after announcements every few seconds; of all processes one does. */
export function startBoard(url: string, parts: BoardParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const running = leadAlone(
    { url, name: 'announcements' },
    async (signal) => {
      const board = createBoard(parts);
      for (; !signal.aborted; await sleep(EVERY_MS, signal)) await board.look();
    },
    stop.signal,
  );
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
