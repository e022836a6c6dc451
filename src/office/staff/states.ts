import type { Trx } from '../../records/database.ts';
import { findFirstAnswer, findUnanswered, hasAnswerSince } from '../../records/request-answers.ts';
import { findRequestByNumber, lockRequest, updateRequest, type Request } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { backInWork, type Return } from '../requests/carry.ts';
import { tellClosed, tellNotClosed } from '../requests/closing.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockWhich, type Nowhere, refresh, type Which } from './thread.ts';

export type TakenRequest =
  | { outcome: 'taken' | 'closed'; number: number }
  /** By whom it was taken before: perhaps by the caller. */
  | { outcome: 'taken-already'; number: number; by: string; own: boolean }
  | Nowhere
  | NotStaff;

export type Closed = { outcome: 'closed' | 'closed-already'; number: number } | Nowhere | NotStaff;
/** By their numbers; `unknown`: there are no such requests. */
export type ClosedEach = { outcome: 'closed-each'; closed: number[]; already: number[]; unknown: number[] } | NotStaff;
export type Reopened = { outcome: 'reopened' | 'open-already'; number: number } | Nowhere | NotStaff;

/** The states of a request, as staff change them. */
export function createStates(edges: DeskEdges) {
  return {
    /** «Взять в работу»: whoever comes second is told who was first. */
    async take(staff: StaffCaller, which: Which): Promise<TakenRequest> {
      return asStaff(edges, staff, 'take', async (trx, now): Promise<TakenRequest> => {
        const request = await lockWhich(trx, which);
        if (!request) return { outcome: 'nowhere' };
        const { number, takenBy: by, takenByName: name } = request;
        if (request.state === 'closed') return { outcome: 'closed', number };
        if (by !== null) return { outcome: 'taken-already', number, by: name ?? '', own: by === staff.messengerId };
        const taken = { takenBy: staff.messengerId, takenByName: staff.name };
        await updateRequest(trx, request.id, { ...taken, ...(request.state === 'new' && { state: 'taken' as const }) }, now);
        await refresh(trx, request, now);
        await insertAuditEntry(trx, { ...audited(staff), what: 'desk.take', ...about(request) }, now);
        return { outcome: 'taken', number };
      });
    },

    /** «Закрыть», or a thread that was closed by hand: whoever wrote the request is told by day. */
    async close(staff: StaffCaller, which: Which): Promise<Closed> {
      return asStaff(edges, staff, 'close', async (trx, now): Promise<Closed> => {
        const request = await lockWhich(trx, which);
        if (!request) return { outcome: 'nowhere' };
        const { number } = request;
        if (request.state === 'closed') return { outcome: 'closed-already', number };
        await closeOne(trx, request, staff, now);
        return { outcome: 'closed', number };
      });
    },

    /** `/close 12 13 14`: all of them, wherever they are talked about, in one transaction. */
    async closeEach(staff: StaffCaller, numbers: readonly number[]): Promise<ClosedEach> {
      return asStaff(edges, staff, 'close-each', async (trx, now): Promise<ClosedEach> => {
        const sorted: Record<'closed' | 'already' | 'unknown', number[]> = { closed: [], already: [], unknown: [] };
        // In one order: two who close some of the same wait for each other, and not for ever.
        for (const number of numbers.toSorted((a, b) => a - b)) {
          const found = await findRequestByNumber(trx, number);
          const request = found && (await lockRequest(trx, found.id));
          if (request && request.state !== 'closed') await closeOne(trx, request, staff, now);
          sorted[!request ? 'unknown' : request.state === 'closed' ? 'already' : 'closed'].push(number);
        }
        return { outcome: 'closed-each', ...sorted };
      });
    },

    /** It is in work again; whether something waits in it is as it was. */
    async reopen(staff: StaffCaller, which: Which): Promise<Reopened> {
      return asStaff(edges, staff, 'reopen', async (trx, now): Promise<Reopened> => {
        const request = await lockWhich(trx, which);
        if (!request) return { outcome: 'nowhere' };
        const { number } = request;
        if (request.state !== 'closed') return { outcome: 'open-already', number };
        const waitingSince = (await unansweredSince(trx, request)) ?? null;
        await open(trx, request, { state: backInWork(request), waitingSince }, now);
        await refresh(trx, request, now);
        await insertAuditEntry(trx, { ...audited(staff), what: 'desk.reopen', ...about(request) }, now);
        return { outcome: 'reopened', number };
      });
    },
  };
}

async function closeOne(trx: Trx, request: Request, staff: StaffCaller, now: Date): Promise<void> {
  const over = { state: 'closed', closedAt: now, waitingSince: null, raisedAt: null } as const;
  await updateRequest(trx, request.id, over, now);
  await refresh(trx, request, now);
  if (request.kind === 'request') await tellClosed(trx, request, now);
  await insertAuditEntry(trx, { ...audited(staff), what: 'desk.close', ...about(request) }, now);
}

/** Staff wrote last: nothing waits for them. Whoever answers a request without a lead becomes its lead; a closed one is open again. */
export async function noteAnswer(trx: Trx, request: Request, staff: StaffCaller, now: Date): Promise<void> {
  const taken = request.takenBy === null && { takenBy: staff.messengerId, takenByName: staff.name };
  const change = {
    state: 'answered' as const,
    waitingSince: null,
    raisedAt: null,
    ...taken,
    ...(request.firstAnsweredAt === null && hasAsked(request) && { firstAnsweredAt: now }),
  };
  await open(trx, request, change, now);
  if (request.state !== 'answered' || taken) await refresh(trx, request, now);
}

/** Whether there is anything to answer: what staff began by `/write` is a question of theirs until its person has written. */
function hasAsked({ words, waitingSince }: Request): boolean {
  return words.begunWith === undefined || waitingSince !== null;
}

/** An answer was taken back: where no other one stands, the resident waits as before, and nobody has answered first. */
export async function noteUnanswered(trx: Trx, request: Request, now: Date): Promise<void> {
  const waitingSince = request.state === 'answered' ? await unansweredSince(trx, request) : undefined;
  const firstAnsweredAt = request.firstAnsweredAt && (await firstAnswerAt(trx, request.id, request.firstAnsweredAt));
  await updateRequest(trx, request.id, { firstAnsweredAt, ...(waitingSince && { state: 'taken' as const, waitingSince }) }, now);
  await refresh(trx, request, now);
}

/** Since when nothing that stands has answered the resident's words, or the return without a word; undefined: all is answered. */
async function unansweredSince(trx: Trx, request: Request): Promise<Date | undefined> {
  const words = (await findUnanswered(trx, request.id))?.at;
  const { returnedAt } = request.words as Return;
  const returned = returnedAt === undefined ? undefined : new Date(returnedAt);
  if (!returned || (await hasAnswerSince(trx, request.id, returned))) return words;
  return words && words < returned ? words : returned;
}

/** When the first answer that stands was given; not before `noted`, as what was a note at first is an answer since it was edited. */
async function firstAnswerAt(trx: Trx, requestId: string, noted: Date): Promise<Date | null> {
  const first = await findFirstAnswer(trx, requestId);
  if (!first) return null;
  return first.at > noted ? first.at : noted;
}

async function open(trx: Trx, request: Request, change: Parameters<typeof updateRequest>[2], now: Date): Promise<void> {
  const again = request.state === 'closed' && { closedAt: null, reopened: request.reopened + 1 };
  await updateRequest(trx, request.id, { ...change, ...again }, now);
  if (again) await tellNotClosed(trx, request);
}
