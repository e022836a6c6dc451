import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { onTestFinished } from 'vitest';
import type { Centre } from '../../../src/office/centre.ts';
import type { RequestSide } from '../../../src/records/request-messages.ts';
import { insertRequestMessage } from '../../../src/records/request-messages.ts';
import { updateRequest, findRequest, type Request, type RequestChange } from '../../../src/records/requests.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { CENTRE } from '../../kit/centre.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { testDatabase } from '../../kit/postgres.ts';
import * as make from '../../kit/make.ts';

/** A time by the clocks of the town: `2026-11-23T08:00`. */
export const moscow = (time: string) => new Date(`${time}:00+03:00`);

/** A desk on a real Postgres whose time the test tells: weekdays 8–17, lunch 12:00–12:45, a norm of eight hours. */
export async function openDeskTown(requests: Partial<Centre['requests']> = {}) {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  let now = moscow('2026-11-19T10:00');
  let written = 0;
  const clock = () => now;
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock });
  const centre: Centre = { ...CENTRE, requests: { ...CENTRE.requests, ...requests } };
  const edges = { db, clock, centre, settings: OFFICE_SETTINGS };

  return {
    db,
    edges,
    text,
    /** The clocks of the town show this. */
    at(time: string) {
      now = moscow(time);
    },

    /** A resident's request that was opened now and waits, or an escalation of the bot's. */
    async opened(more: Partial<Pick<Request, 'kind' | 'topic' | 'messengerId' | 'account'>> = {}): Promise<string> {
      const { id } = await make.request(db, { ...more, openedAt: now, waitingSince: now });
      return id;
    },

    change: (id: string, change: RequestChange) => db.transaction().execute((trx) => updateRequest(trx, id, change, now)),

    /** One side writes now; an answer of staff's ends the wait. */
    async writes(id: string, side: RequestSide, words = 'Слова'): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const author = side === 'resident' ? 'telegram:701' : 'telegram:801';
        const source = `telegram:1/${++written}`;
        const messagePart = { album: null, repliesTo: null, kind: 'words', file: null, fileName: null } as const;
        await insertRequestMessage(trx, {
          requestId: id,
          side,
          author,
          authorName: null,
          source,
          words,
          ...messagePart,
          at: now,
        });
        const request = await findRequest(trx, id);
        if (side === 'staff') {
          const first = request?.firstAnsweredAt ?? now;
          await updateRequest(trx, id, { state: 'answered', waitingSince: null, firstAnsweredAt: first }, now);
        } else if (side === 'resident') {
          await updateRequest(trx, id, { state: 'new', waitingSince: request?.waitingSince ?? now }, now);
        }
      });
    },

    /** What is to be said, in words, the oldest first: to whom, and what. */
    async said(): Promise<{ to: string; words: string }[]> {
      const rows = await db
        .selectFrom('outbox')
        .select(['line', 'text as name', 'words'])
        .where('kind', '=', 'say')
        .orderBy('id')
        .execute();
      return rows.map(({ line, name, words }) => ({ to: line, words: plainSpaces(text(name, words, { marked: true })) }));
    },

    async toStaff(): Promise<string[]> {
      const rows = await db
        .selectFrom('outbox')
        .where('kind', '=', 'notice')
        .select(['text', 'words'])
        .where('addressee', '=', 'staff')
        .orderBy('id')
        .execute();
      return rows.map((row) => plainSpaces(text(row.text, row.words, { marked: true })));
    },
  };
}
