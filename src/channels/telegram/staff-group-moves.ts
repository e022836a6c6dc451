import { machineClock } from '../../adapters/clock.ts';
import type { Db } from '../../records/database.ts';
import { findGroupMove, saveGroupMove } from '../../records/group-moves.ts';
import type { WorkerLog } from '../../runtime/worker-log.ts';
import { openStaffGroup, type StaffGroup } from './staff-group.ts';

/** The staff group of the settings, or what it has become since; a new upgrade outlives the process. */
export async function openStaffGroupOf(first: number, db: Db, log: WorkerLog): Promise<StaffGroup> {
  let last = (await findGroupMove(db, first)) ?? first;
  const group = openStaffGroup(last, (to) => {
    log.warn({}, `STAFF_CHAT_ID: группа стала супергруппой: замените число на ${to}`);
    saveGroupMove(db, last, to, machineClock()).catch(() => log.warn({}, 'the new id of the staff group could not be kept'));
    last = to;
  });
  let looked = Number.NEGATIVE_INFINITY;
  let looking = Promise.resolve();
  const look = async () => {
    const to = await findGroupMove(db, last);
    if (to !== undefined) group.moved(to);
  };
  return {
    ...group,
    lookAgain() {
      const now = performance.now();
      if (now - looked >= LOOK_MS) {
        looked = now;
        looking = look();
      }
      // Whoever asks meanwhile hears the same answer, not that there is none.
      return looking;
    },
  };
}

/** Other groups may write as much as they like: it is not looked up for each of their words. */
const LOOK_MS = 2_000;
