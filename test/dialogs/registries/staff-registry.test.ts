import { transcripts } from '../../kit/chat/transcripts.ts';
import type { World } from '../../kit/chat/world.ts';
import { settleTown } from '../town.ts';

/** Ольга, who speaks first, is a senior; whoever speaks second is a member. */
async function staffTown(world: World): Promise<void> {
  await settleTown(world);
  world.staff.add('telegram:701').add('telegram:702');
  world.seniors.add('telegram:701');
}

transcripts(new URL('./staff-registry/', import.meta.url), {
  files: new URL('./staff-registry/files/', import.meta.url),
  before: staffTown,
});
