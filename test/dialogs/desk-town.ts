import type { World } from '../kit/chat/world.ts';
import { settleTown } from './town.ts';

/** The town, where the first person of a transcript is a member of staff, too. */
export async function settleDesk(world: World): Promise<void> {
  await settleTown(world);
  world.staff.add('telegram:701');
}
