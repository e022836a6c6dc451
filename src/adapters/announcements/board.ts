import type { OutboxLog } from '../../delivery/line.ts';
import { type AnnouncementBoard, createAnnouncementBoard } from '../../office/announcement-board.ts';
import type { Announcing } from '../../office/announcing.ts';
import type { Clock } from '../../office/edges.ts';
import type { Db } from '../../records/database.ts';
import type { Texts } from '../../texts/texts.ts';
import { nameOfError } from '../name-of-error.ts';
import { leadAlone } from '../postgres/leader.ts';
import { sleep } from '../sleep.ts';
import { memberVoice, type StaffVoice } from '../staff-voice.ts';

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

export function createBoard({ texts, voice, log, ...edges }: BoardParts): AnnouncementBoard {
  return createAnnouncementBoard({
    ...edges,
    voice: memberVoice(voice, texts),
    onFailed: (error) => log.warn({ reason: nameOfError(error) }, 'announcements could not be looked after'),
  });
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
