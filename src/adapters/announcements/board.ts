import { type AnnouncementBoard, createAnnouncementBoard } from '../../office/news/announcement-board.ts';
import type { Announcing } from '../../office/news/announcing.ts';
import type { Clock } from '../../office/edges.ts';
import type { Db } from '../../records/database.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Bell } from '../../runtime/bell.ts';
import { nameOfError } from '../../runtime/name-of-error.ts';
import type { Leads } from '../../runtime/leads.ts';
import { sleep } from '../../runtime/sleep.ts';
import type { WorkerLog } from '../../runtime/worker-log.ts';
import type { StaffVoice } from '../../delivery/staff-voice.ts';
import { memberVoice } from '../member-voice.ts';

export type BoardParts = {
  db: Db;
  clock: Clock;
  timeZone: string;
  texts: Texts;
  voice: StaffVoice;
  announcing: Announcing;
  log: WorkerLog;
};

/** One message is not changed more often. */
const EVERY_MS = 3000;
const AT_REST_MS = 30_000;

export function createBoard({ texts, voice, log, ...edges }: BoardParts): AnnouncementBoard {
  return createAnnouncementBoard({
    ...edges,
    voice: memberVoice(voice, texts),
    onFailed: (error) => log.warn({ reason: nameOfError(error) }, 'announcements could not be looked after'),
  });
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
