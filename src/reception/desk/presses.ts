import type { DeskVerb } from '../../domain/doors.ts';
import { isMessengerId } from '../../office/caller.ts';
import type { Desk } from '../../office/staff/desk.ts';
import type { OpenRequests } from '../../office/staff/open-requests.ts';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Stats } from '../../office/staff/stats.ts';
import type { Told } from '../../office/staff/tell.ts';
import type { ThreadRef } from '../../office/staff/thread.ts';
import { createResolutionPress, creditPresses, type ResolutionOffice } from './resolutions.ts';
import { sayHandedOver, wordsOfWithdrawn } from './say-outcome.ts';
import { statsPresses } from './stats.ts';

/** What the bot itself asks of the desk. */
export type DeskOffice = { desk: Desk; stats: Stats; openRequests: OpenRequests } & ResolutionOffice;

export type DeskPress = { staff: StaffCaller; threadRef: ThreadRef; number: number; rest: string };

/**
 * What is shown to whoever pressed, over the chat, cut to what the messenger shows there; `stays`: until it is put away, and to nobody else;
 * `seen`: the thread shows it besides; and what is said in the thread besides.
 */
export type PressAnswer = { shown?: Told & { stays?: boolean; seen?: boolean }; said?: Told };

export type Press = (pressed: DeskPress) => Promise<PressAnswer>;

/** Buttons of the staff group by their verbs. */
export function createPresses(office: DeskOffice): Readonly<Record<DeskVerb, Press>> {
  const { desk, openRequests } = office;
  return {
    resolution: createResolutionPress(office),
    ...creditPresses(office),
    ...statsPresses(office),

    async take({ staff, number, threadRef }) {
      const taken = await desk.take(staff, { number, threadRef });
      switch (taken.outcome) {
        case 'taken':
          return seen('desk-press-taken');
        case 'taken-already':
          return taken.own ? shown('desk-press-taken-own') : shown('desk-press-taken-by', { name: taken.by });
        case 'closed':
          return shown('desk-press-closed-already');
        case 'nowhere':
          return GONE;
        case 'not-staff':
          return {};
      }
    },

    async close({ staff, number, threadRef }) {
      const { outcome } = await desk.close(staff, { number, threadRef });
      if (outcome === 'not-staff') return {};
      if (outcome === 'nowhere') return GONE;
      return outcome === 'closed' ? seen('desk-press-closed') : shown('desk-press-closed-already');
    },

    async reopen({ staff, number, threadRef }) {
      const { outcome } = await desk.reopen(staff, { number, threadRef });
      if (outcome === 'not-staff') return {};
      if (outcome === 'nowhere') return GONE;
      return outcome === 'reopened' ? seen('desk-press-reopened') : shown('desk-press-open-already');
    },

    async withdraw({ staff, number, threadRef }) {
      const withdrawn = await desk.withdrawLast(staff, number, threadRef);
      switch (withdrawn.outcome) {
        case 'withdrawn':
          return shown('desk-press-withdrawn', wordsOfWithdrawn(withdrawn));
        case 'nothing-to-withdraw':
          return shown('desk-press-nothing-to-withdraw');
        case 'gone':
          return GONE;
        case 'not-staff':
          return {};
      }
    },

    /** A page of the group's list, for all. */
    async 'open-page'({ staff, number }) {
      await openRequests.showPage(staff, number);
      return {};
    },

    /** To whoever pressed alone: the group sees nothing of it. */
    async phone({ staff, number, threadRef }) {
      const seen = await desk.phone(staff, number, threadRef);
      switch (seen.outcome) {
        case 'seen':
          return { shown: { text: 'desk-press-phone', words: { phone: seen.phone }, stays: true } };
        case 'none':
          return shown('desk-press-no-phone');
        case 'gone':
          return GONE;
        case 'not-staff':
          return {};
      }
    },

    async to({ staff, number, threadRef, rest }) {
      if (!isMessengerId(rest)) return {};
      const handed = await desk.handOver(staff, { number, threadRef }, { messengerId: rest });
      if (handed.outcome === 'not-staff') return {};
      if (handed.outcome === 'nowhere') return GONE;
      return handed.outcome === 'handed-over' ? { said: sayHandedOver(handed) } : { shown: sayHandedOver(handed) };
    },
  };
}

const shown = (text: string, words?: Told['words']): PressAnswer => ({ shown: { text, ...(words && { words }) } });

/** The card follows, or the bot says it by itself. */
const seen = (text: string): PressAnswer => ({ shown: { text, seen: true } });

const GONE: PressAnswer = shown('desk-press-gone');
