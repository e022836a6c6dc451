import { expect } from 'vitest';
import { createBoard } from '../../../src/adapters/announcements/board.ts';
import type { SpokenNotice } from '../../../src/delivery/notices/send.ts';
import { createAnnouncing } from '../../../src/office/news/announcing.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import { createAnnouncementCorrections } from '../../../src/office/staff/announcement-corrections.ts';
import { createAnnouncements } from '../../../src/office/staff/announcements.ts';
import { createSentAnnouncements } from '../../../src/office/staff/sent-announcements.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import type { AnnouncementTarget } from '../../../src/records/announcements.ts';
import { claimOutbox, markOutboxDone } from '../../../src/records/outbox.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { MINUTE, openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** 701 and 703 are seniors, 702 a member; a batch is two residents or links. */
export async function openDesk() {
  const town = await openTown();
  const { db } = town;
  const staff = new Set<MessengerId>(['telegram:701', 'telegram:702', 'telegram:703']);
  const asked: MessengerId[] = [];
  const edge = {
    isMember: async (id: MessengerId, { afresh = false } = {}) => {
      if (afresh) asked.push(id);
      return staff.has(id);
    },
    isSenior: async (id: MessengerId) => staff.has(id) && id !== 'telegram:702',
  };
  const edges = { ...town.edges, staff: edge };
  const desk = createAnnouncements(edges);
  const corrections = createAnnouncementCorrections(edges);
  const sent = createSentAnnouncements(edges);
  const announcing = createAnnouncing(edges, { step: 2, steps: 3 });
  let operations = 0;
  const by = (person: number, operation = `a-${++operations}`) => ({
    messengerId: `telegram:${person}` as const,
    name: 'Ольга',
    idempotencyKey: operation,
  });
  /** What cannot be shown now. */
  const fault: { at: RegExp | undefined } = { at: undefined };
  const shown: { marked: string; doors: number; inPlace: boolean }[] = [];
  const board = createBoard({
    ...edges,
    timeZone: 'Europe/Moscow',
    texts: loadTexts({ timeZone: 'Europe/Moscow', clock: town.now }),
    voice: {
      async show(to: MessengerId, { marked, doors }: SpokenNotice, inPlaceOf) {
        if (fault.at?.test(marked)) throw new TypeError('fetch failed');
        shown.push({ marked, doors: doors.length, inPlace: inPlaceOf !== null });
        return inPlaceOf ?? `${to}/1`;
      },
      hand: async () => true,
    },
    announcing,
    log: { info() {}, warn: (_, message) => void (fault.at ?? expect.fail(message)) },
  });

  return {
    ...town,
    desk,
    corrections,
    sent,
    announcing,
    board,
    fault,
    shown,
    /** Who was asked for afresh in the group. */
    asked,
    by,
    async link(resident: string, account: string, address: string) {
      const known = await db.selectFrom('accounts').select('number').where('number', '=', account).executeTakeFirst();
      if (!known) await make.account(db, { number: account, address });
      await make.link(db, { residentId: resident, account, linkedAt: town.now() });
    },
    async send(target: AnnouncementTarget, place: string, words = 'Завтра не будет воды.') {
      const drafted = await desk.draft(by(701), { target, place, words, picture: null });
      if (drafted.outcome !== 'drafted') throw new Error(drafted.outcome);
      const done = await desk.send(by(701), drafted.id, null);
      expect(done.outcome).toBe('sending');
      return { ...drafted, ...done };
    },
    /** «Исправить», the words, «Отправить». */
    async correct(id: string, words: string, person = 701) {
      const opened = await corrections.open(by(person), id);
      if (opened.outcome !== 'open') throw new Error(opened.outcome);
      const shown = { words: opened.words, picture: opened.picture };
      const drafted = await corrections.draft(by(person), { of: opened.id, words, picture: opened.picture, shown });
      if (drafted.outcome !== 'drafted') throw new Error(drafted.outcome);
      return { ...drafted, sent: await corrections.send(by(person), drafted.id, shown) };
    },
    /** What was put in line of one announcement, by addressee: the text and its words, where they wait, and how it ended. */
    async noticesOf(id: string) {
      const rows = await db
        .selectFrom('outbox')
        .where('announcementId', '=', id)
        .select(['addressee', 'text', 'words', 'doneAt', 'failedAt'])
        .orderBy('addressee')
        .execute();
      return rows.map(({ doneAt, failedAt, ...row }) => ({ ...row, ended: doneAt ? 'done' : failedAt ? 'failed' : 'waits' }));
    },
    async goOn(times = 20) {
      for (let i = 0; i < times; i += 1) await announcing.goOn();
    },
    addressees: async () =>
      (
        await db
          .selectFrom('outbox')
          .where('kind', '=', 'notice')
          .select('addressee')
          .where('announcementId', 'is not', null)
          .orderBy('addressee')
          .execute()
      ).map(({ addressee }) => addressee),
    /** As the worker does: takes some that are for residents and sends them. */
    async deliver(limit: number) {
      const options = { limit, resting: ['staff'], until: new Date(town.now().getTime() + MINUTE), night: false };
      const taken = await claimOutbox(db, options, town.now());
      for (const notice of taken) if (await asOfNow(db, notice, town.now())) await markOutboxDone(db, [notice.id], town.now());
      return taken.filter(({ announcementId }) => announcementId !== null);
    },
    reports: () => town.notices('staff'),
  };
}
