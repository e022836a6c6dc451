import { createHash } from 'node:crypto';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { OpenLine, OpenPage } from '../../domain/open-page.ts';
import { insertBoardDelivery } from '../../records/deliveries.ts';
import { findRequestBoard, lockRequestBoard, saveRequestBoard, updateRequestBoard } from '../../records/request-board.ts';
import { countWaitingRequests, listWaitingRequests, type WaitingRequest } from '../../records/request-figures.ts';
import type { OfficeEdges } from '../edges.ts';
import { asStaff, type DeskEdges } from './as-staff.ts';
import { deskHours, type HoursEdges, normMs } from './hours.ts';
import type { MessageRef } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

/** So many stand on a page. */
const PAGE = 20;

export type OpenEdges = Pick<OfficeEdges, 'db' | 'clock'> & HoursEdges & { staff: Pick<OfficeEdges['staff'], 'linkTo'> };

/** What waits for staff: `takenBy`: of those that this member leads. */
export async function readOpenPage(edges: OpenEdges, wanted: number, takenBy?: string): Promise<OpenPage> {
  const { db, clock } = edges;
  const { waiting, answered } = await countWaitingRequests(db, takenBy);
  const pages = Math.max(1, Math.ceil(waiting / PAGE));
  const page = Math.min(Math.max(1, wanted), pages);
  const found = await listWaitingRequests(db, { takenBy, limit: PAGE, offset: (page - 1) * PAGE });
  const lateSince = deskHours(edges).waitingSince(clock(), normMs(edges));
  return { lines: found.map((request) => lineOf(edges, request, lateSince)), page, pages, waiting, answered };
}

function lineOf({ clock, centre, staff }: OpenEdges, request: WaitingRequest, lateSince: Date): OpenLine {
  const { number, kind, topic, account, called, state, since, waitingSince, takenByName, thread, card } = request;
  const ref = (thread ?? card) as MessageRef | null;
  return {
    number,
    link: ref === null ? undefined : staff.linkTo?.(ref),
    kind,
    topic: centre.requests.topics.find(({ key }) => key === topic)?.label ?? 'none',
    account,
    called,
    state: state === 'new' ? 'new' : 'taken',
    // As in its title and in the digest: late is what somebody waits for.
    late: waitingSince !== null && waitingSince <= lateSince,
    ...ageOf(clock().getTime() - since.getTime()),
    takenBy: takenByName,
  };
}

/** In steps that a list need not be changed for each minute. */
function ageOf(ms: number): Pick<OpenLine, 'age' | 'unit'> {
  if (ms >= DAY_MS) return { age: Math.floor(ms / DAY_MS), unit: 'days' };
  if (ms >= HOUR_MS) return { age: Math.floor(ms / HOUR_MS), unit: 'hours' };
  return { age: Math.floor(ms / (10 * MINUTE_MS)) * 10, unit: 'minutes' };
}

/** By which it is known whether a page has to be written anew. */
export function printOf(page: OpenPage): string {
  return createHash('sha256').update(JSON.stringify(page)).digest('base64url').slice(0, 16);
}

export type OpenRequests = ReturnType<typeof createOpenRequests>;

/** Section 5, /open and /mine: what waits; of the group's list there is one message, which is kept current. */
export function createOpenRequests(edges: OpenEdges & DeskEdges) {
  const { db, clock, staff } = edges;

  return {
    /** A page for one member, in private or as an answer. */
    async page(
      caller: StaffCaller,
      { mine, page }: { mine: boolean; page: number },
    ): Promise<(OpenPage & { outcome: 'listed' }) | NotStaff> {
      if (!(await staff.isMember(caller.messengerId))) return { outcome: 'not-staff' };
      return { outcome: 'listed', ...(await readOpenPage(edges, page, mine ? caller.messengerId : undefined)) };
    },

    /**
     * The group's list: it is sent, and the former one is deleted. Where that one is pinned, or who asks is in a topic, it stays where it is
     * and is brought up to date: `link` leads to it.
     */
    async post(
      caller: StaffCaller,
      inTopic: boolean,
    ): Promise<{ outcome: 'posted' } | { outcome: 'stands'; link: string } | NotStaff> {
      return asStaff(edges, caller, 'open', async (trx, now) => {
        const board = await lockRequestBoard(trx);
        const link = board?.message ? staff.linkTo?.(board.message as MessageRef) : undefined;
        if (board && link !== undefined && (board.pinned || inTopic)) {
          await insertBoardDelivery(trx, { asked: true }, now);
          return { outcome: 'stands', link } as const;
        }
        await saveRequestBoard(trx, board?.message ?? board?.former ?? null, now);
        await insertBoardDelivery(trx, { asked: true }, now);
        return { outcome: 'posted' } as const;
      });
    },

    /** Another page of the group's list, for all who look at it. */
    async showPage(caller: StaffCaller, page: number): Promise<{ outcome: 'turned' } | NotStaff> {
      return asStaff(edges, caller, 'turnBoard', async (trx, now) => {
        await updateRequestBoard(trx, { page: Math.max(1, page) });
        await insertBoardDelivery(trx, { asked: true }, now);
        return { outcome: 'turned' } as const;
      });
    },

    /** Somebody has pinned a message of the group. */
    async notePinned(message: MessageRef): Promise<void> {
      const board = await findRequestBoard(db);
      if (board && !board.pinned && board.message === message) await updateRequestBoard(db, { pinned: true });
    },

    /** Puts the list in line to be changed, where it does not show what waits now; whether it did. */
    async keepCurrent(): Promise<boolean> {
      const board = await findRequestBoard(db);
      if (!board?.message) return false;
      const page = await readOpenPage(edges, board.page);
      if (printOf(page) === board.shows) return false;
      return db.transaction().execute((trx) => insertBoardDelivery(trx, { asked: false }, clock()));
    },
  };
}
