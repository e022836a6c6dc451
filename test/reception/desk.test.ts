import { sql } from 'kysely';
import { HOUR_MS } from '../../src/domain/durations.ts';
import { expectNoSecrets, linkFor, settleTown } from '../dialogs/town.ts';
import { transcripts } from '../kit/chat/transcripts.ts';
import type { World } from '../kit/chat/world.ts';

const before = async (world: World) => {
  await settleTown(world);
  // A Monday morning.
  world.pass(22 * HOUR_MS);
  await linkFor(world, 701, '0012345');
};

transcripts(new URL('./desk/', import.meta.url), { before, after: expectNoSecrets });
transcripts(new URL('./desk-plain/', import.meta.url), { before, after: expectNoSecrets, forum: false });
transcripts(new URL('./desk-thousands/', import.meta.url), {
  async before(world) {
    await before(world);
    await sql`select setval(pg_get_serial_sequence('requests', 'number'), 1233)`.execute(world.db);
  },
  after: expectNoSecrets,
});
