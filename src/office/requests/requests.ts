import type { HoursEdges } from '../staff/hours.ts';
import type { OfficeEdges } from '../edges.ts';
import { createRequestOpening } from './opening.ts';
import { createMoreSaid } from './more-said.ts';
import { createOwnRequests } from './own-requests.ts';
import { createRequestEdits } from './edited.ts';
import { createRatings } from './ratings.ts';

export type Requests = ReturnType<typeof createRequests>;

/** Section 5: what residents, and guests too, ask the centre, and what becomes of it. */
export function createRequests(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & HoursEdges) {
  return {
    ...createRequestOpening(edges),
    ...createMoreSaid(edges),
    ...createOwnRequests(edges),
    ...createRequestEdits(edges),
    ...createRatings(edges),
  };
}
