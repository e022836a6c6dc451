/** The sandbox's time under people's fingers. */
import type { World } from '../bot-api/world.ts';
import type { ActionResult } from '../protocol.ts';
import { ActRefusal } from './people.ts';

/** Further than that no date of the town makes sense. */
const MOST_AHEAD_SECONDS = 10 * 366 * 86_400;

/** Moves the clock forwards. */
export function moveClock(world: World, seconds: number): ActionResult {
  if (!Number.isFinite(seconds)) throw new ActRefusal('На сколько секунд передвинуть часы?');
  if (seconds < 1) throw new ActRefusal('Часы идут только вперёд. Назад — только к настоящему времени.');
  const movedSeconds = world.state.movedSeconds + Math.trunc(seconds);
  if (movedSeconds > MOST_AHEAD_SECONDS)
    throw new ActRefusal('Так далеко часы не переводят: выберите время в пределах десяти лет.');
  world.put({ fact: 'clock', movedSeconds });
  return {};
}
