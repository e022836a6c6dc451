import { openPageRef, readOpenPageRef } from '../../domain/door-refs.ts';
import { openWords } from '../../domain/open-page.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';

/** /open and /mine in private: what waits, turned in place; `ref`: `mine-2`, the second page of what the member leads. */
export const staffOpen: Dialog<Office> = async ({ say, show, office }, ref) => {
  const { whose, page: asked } = readOpenPageRef(ref);
  const mine = whose === 'mine';
  const listed = await office.openRequests.page({ mine, page: asked });
  if (listed.outcome === 'not-staff') return say('not-understood');
  const { page, pages } = listed;
  const door = (label: string, to: number): Door => ({
    label,
    dialog: 'staff-open',
    ref: openPageRef(whose, to),
    replaces: true,
  });
  const doors = [
    ...(page > 1 ? [door('button-previous-page', page - 1)] : []),
    ...(page < pages ? [door('button-next-page', page + 1)] : []),
  ];
  const other: Door = mine
    ? { label: 'button-open-requests', dialog: 'staff-open', ref: openPageRef('all'), replaces: true }
    : { label: 'button-mine-requests', dialog: 'staff-open', ref: openPageRef('mine'), replaces: true };
  return show('desk-open', openWords(listed, whose), [...(doors.length > 0 ? [doors] : []), other]);
};
