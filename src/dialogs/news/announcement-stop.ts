import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** «Остановить» under an announcement that is being sent; `ref` is the announcement. */
export const announcementStop: Dialog<Office> = async ({ say, office }, ref) => {
  const done = await office.announcements.stop(ref);
  switch (done.outcome) {
    case 'not-staff':
    case 'none':
      return say('not-understood');
    case 'senior-needed':
      return say('announcement-senior-needed');
    case 'stopped':
    case 'over':
      return say(`announcement-stop-${done.outcome}`, { number: done.number });
  }
};
