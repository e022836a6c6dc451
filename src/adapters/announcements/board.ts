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
import type { Bell } from '../bell.ts';
import { nameOfError } from '../name-of-error.ts';
import type { OutboxLog } from '../../delivery/line.ts';
import type { Leads } from '../postgres/leads.ts';
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
const AT_REST_MS = 30_000;

/**
 * Puts announcements in line and shows in the announcer's chat how far each has come, in one message that is changed; a look a time. What is
 * shown already is not shown again. Answers whether there are any. Never throws.
 */
export function createBoard({ db, clock, timeZone, texts, voice, announcing, log }: BoardParts): {
  look: () => Promise<boolean>;
} {
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
        const isAny = await announcing.goOn();
        if (isAny) for (const announcement of await listOpenAnnouncements(db)) await show(announcement).catch(note);
        return isAny;
      } catch (error) {
        note(error);
        return true;
      }
    },
  };
}

function figuresOf({ delivered, undelivered, unsent }: Announcement) {
  return { delivered: delivered ?? 0, undelivered: undelivered ?? 0, unsent: unsent ?? 0, waiting: 0 };
}

/** Looks after announcements every few seconds while there are any; of all processes one does. */
export function startBoard(leads: Leads, bell: Bell, parts: BoardParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const running = leads.lead(
    { name: 'announcements' },
    async (signal) => {
      const board = createBoard(parts);
      while (!signal.aborted) {
        if (await board.look()) await sleep(EVERY_MS, signal);
        else await bell.wait(bell.isHeard() ? AT_REST_MS : EVERY_MS, signal);
      }
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
