import { mayReopen, reopenUntil } from '../../domain/request.ts';
import type { Request, RequestState } from '../../records/requests.ts';
import type { Centre } from '../centre.ts';

/** A request as its resident has it in a list. */
export type RequestLine = {
  number: number;
  /** The topic's label; '' where the settings file no longer has it, and for an escalation that staff wrote about. */
  topic: string;
  state: RequestState;
  /** ISO */
  openedAt: string;
};

export type ShownRequest = RequestLine & {
  account: string | null;
  /** When it came into this state; ISO. */
  stateAt: string;
  /** Until when it may be taken up again; null where it is open, or that time has passed. */
  reopenUntil: string | null;
  /** What the resident thinks of the answer, 1–5. */
  rating: number | null;
  /** Whether staff answered: otherwise there is nothing to rate. */
  answered: boolean;
};

export function lineOf(request: Request, { requests }: Centre): RequestLine {
  const { number, topic, state, openedAt } = request;
  const label = requests.topics.find(({ key }) => key === topic)?.label ?? '';
  return { number, topic: label, state, openedAt: openedAt.toISOString() };
}

export function shownOf(request: Request, centre: Centre, now: Date): ShownRequest {
  const { account, stateAt, closedAt, rating, firstAnsweredAt } = request;
  const answered = firstAnsweredAt !== null;
  const until = closedAt && mayReopen(closedAt, now) ? reopenUntil(closedAt).toISOString() : null;
  return { ...lineOf(request, centre), account, stateAt: stateAt.toISOString(), reopenUntil: until, rating, answered };
}
