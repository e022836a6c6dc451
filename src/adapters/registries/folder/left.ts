import { readdir, rm } from 'node:fs/promises';
import { eachByItself } from '../../../office/each-by-itself.ts';
import type { Clock } from '../../../office/edges.ts';
import type { WorkerLog } from '../../../runtime/worker-log.ts';
import { keptName } from '../kept-name.ts';
import { findLeftBehind, sayLeftBehind } from '../left-behind.ts';
import type { Rooms } from './rooms.ts';

/** How often the log says what was left behind. */
const TELL_LEFT_MS = 24 * 3_600_000;

/** Deletes what was counted of files over which processes died and that are there no more. */
export async function forgetDeaths({ place }: Rooms): Promise<void> {
  const there = new Set(await readdir(place('taking')));
  for (const bytes of await readdir(place('in'), { encoding: 'buffer' })) there.add(keptName(bytes));
  const gone = (await readdir(place('begun'))).filter((name) => !there.has(name));
  await eachByItself(gone, (name) => rm(place('begun', name), { force: true }));
}

/** Tells the log what was left behind in `in`, once a day, however often it is called. */
export function leftTeller({ place }: Rooms, fileClock: Clock, log: WorkerLog): () => Promise<void> {
  let tellLeftAt = -Infinity;
  return async () => {
    const now = fileClock();
    if (now.getTime() < tellLeftAt) return;
    const left = await findLeftBehind(place('in'), now);
    for (const says of sayLeftBehind(left, { named: false })) {
      tellLeftAt = now.getTime() + TELL_LEFT_MS;
      log.warn({}, says);
    }
  };
}
