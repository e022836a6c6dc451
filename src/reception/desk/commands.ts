import { MOST_CLOSED, readRequestNumbers, readSpan, type StaffCommand } from '../../domain/staff-words.ts';
import { openWords } from '../../domain/open-page.ts';
import type { Addressee } from '../../office/staff/hand-over.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Silencing } from '../../office/staff/silence.ts';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Told } from '../../office/staff/tell.ts';
import type { ThreadRef } from '../../office/staff/thread.ts';
import type { StaffDoor } from '../../office/notices.ts';
import type { DeskOffice } from './presses.ts';
import { createMoneyCommands } from './resolutions.ts';
import { sayClosedEach, sayHandedOver, wordsOfWithdrawn } from './say-outcome.ts';
import { statsCommand } from './stats.ts';

export type Asked = {
  staff: StaffCaller;
  threadRef: ThreadRef;
  /** What stands after the command. */
  rest: string;
  /** The message with the command. */
  messagePart: MessagePart;
  /** Who was pointed at behind the command, in the messenger's own way: by an id, or by a name that may be nobody's. */
  pointsAt: Addressee | undefined;
};

/** What the bot says to it, in the thread or at large; nothing, where it is seen by itself or the caller is nobody. */
export type Command = (asked: Asked) => Promise<Told | undefined>;

/** Commands of the staff group, besides the canned answers. What is not here goes nowhere, and the thread is told so. */
export function createCommands(office: DeskOffice): Readonly<Record<string, Command>> {
  const { desk, openRequests } = office;
  const help: Command = async ({ staff }) => {
    const { outcome } = await desk.colleagues(staff);
    if (outcome === 'not-staff') return undefined;
    const canned = desk.cannedAnswers().map(({ command, label }) => `/${command} — ${label}`);
    return { text: 'desk-help', words: { canned: canned.join('\n'), count: canned.length } };
  };

  const commands: Readonly<Record<StaffCommand, Command>> = {
    help,
    start: help,
    ...createMoneyCommands(office),
    stats: statsCommand(office),

    async open({ staff, threadRef }) {
      const posted = await openRequests.post(staff, threadRef.thread !== null);
      if (posted.outcome === 'stands') return { text: 'desk-open-stands', words: { link: posted.link } };
      return posted.outcome === 'posted' && threadRef.thread !== null ? { text: 'desk-open-at-large' } : undefined;
    },

    async mine({ staff }) {
      const listed = await openRequests.page(staff, { mine: true, page: 1 });
      return listed.outcome === 'listed' ? { text: 'desk-open', words: openWords(listed, 'mine') } : undefined;
    },

    async take({ staff, threadRef }) {
      const taken = await desk.take(staff, { threadRef });
      if (taken.outcome === 'taken-already' && !taken.own) return { text: 'desk-taken-by', words: { name: taken.by } };
      return taken.outcome === 'taken' ? undefined : said(taken.outcome === 'taken-already' ? 'taken-own' : taken.outcome);
    },

    /** This one, or those whose numbers are named. */
    async close({ staff, threadRef, rest }) {
      const numbers = readRequestNumbers(rest);
      if (numbers && numbers.length > MOST_CLOSED) return { text: 'desk-close-fewer', words: { most: MOST_CLOSED } };
      if (numbers) return sayClosedEach(await desk.closeEach(staff, numbers));
      // Numbers were meant, and this request was not.
      if (/^[№#\d]/.test(rest)) return { text: 'desk-close-how' };
      const { outcome } = await desk.close(staff, { threadRef });
      return outcome === 'closed' ? undefined : said(outcome === 'closed-already' ? 'closed' : outcome);
    },

    async reopen({ staff, threadRef }) {
      const { outcome } = await desk.reopen(staff, { threadRef });
      return outcome === 'reopened' ? undefined : said(outcome);
    },

    /** As an answer to one's own answer, or to the resident's last one. */
    async undo({ staff, threadRef, messagePart }) {
      const withdrawn = await desk.withdrawAt(staff, threadRef, messagePart.repliesTo);
      if (withdrawn.outcome !== 'withdrawn') return said(withdrawn.outcome);
      return { text: 'desk-withdrawn', words: wordsOfWithdrawn(withdrawn) };
    },

    async to({ staff, threadRef, rest, pointsAt }) {
      const own = /^(me|я|мне|себе)$/i.test(rest.trim()) ? { messengerId: staff.messengerId } : undefined;
      const to = pointsAt ?? own;
      if (!to) {
        const listed = await desk.colleagues(staff);
        if (listed.outcome === 'not-staff') return undefined;
        const number = await desk.numberAt(threadRef);
        if (number === undefined) return said('nowhere');
        const called = listed.colleagues.filter(({ name }) => isCalled(name, rest));
        const [only, second] = called;
        if (only && !second) {
          const handed = await desk.handOver(staff, { threadRef }, { messengerId: only.messengerId });
          return handed.outcome === 'nowhere' || handed.outcome === 'not-staff' ? said(handed.outcome) : sayHandedOver(handed);
        }
        const doors = (called.length > 0 ? called : listed.colleagues).map(
          ({ messengerId, name }): StaffDoor => ({
            label: 'button-colleague',
            words: { name },
            verb: 'to',
            number,
            rest: messengerId,
          }),
        );
        return { text: 'desk-to-whom', words: { count: doors.length }, doors };
      }
      const handed = await desk.handOver(staff, { threadRef }, to);
      return handed.outcome === 'nowhere' || handed.outcome === 'not-staff' ? said(handed.outcome) : sayHandedOver(handed);
    },

    /** In the thread of an escalation, to whom it is about. */
    async write({ staff, threadRef, messagePart, rest }) {
      const { outcome } = await desk.writeTo(staff, threadRef, messagePart, rest);
      return outcome === 'written' ? undefined : said(outcome);
    },

    async silence({ staff, threadRef, rest }) {
      const forMs = readSpan(rest);
      return forMs === undefined ? { text: 'desk-silence-how' } : saySilencing(await desk.silence(staff, threadRef, forMs));
    },
    ban: async ({ staff, threadRef }) => saySilencing(await desk.silence(staff, threadRef, null)),
    unban: async ({ staff, threadRef }) => saySilencing(await desk.hear(staff, threadRef)),
  };
  return commands;
}

/** Whether each word is the beginning of one of the name. */
function isCalled(name: string, typed: string): boolean {
  const wordsOf = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const asked = wordsOf(typed);
  return asked.length > 0 && asked.every((word) => wordsOf(name).some((part) => part.startsWith(word)));
}

function saySilencing(silencing: Silencing): Told | undefined {
  if (silencing.outcome !== 'silenced') return said(silencing.outcome === 'nobody' ? 'no-resident' : silencing.outcome);
  const { until, dropped } = silencing;
  return until === null ? { text: 'desk-banned', words: { dropped } } : { text: 'desk-silenced', words: { until, dropped } };
}

/** Who is no member is told nothing. */
function said(outcome: string): Told | undefined {
  return outcome === 'not-staff' ? undefined : { text: `desk-${outcome}` };
}
