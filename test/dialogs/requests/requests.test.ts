import { HOUR_MS } from '../../../src/domain/durations.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { expectNoSecrets, linkFor, settleTown } from '../town.ts';

transcripts(new URL('./requests/', import.meta.url), {
  before: async (world) => {
    await settleTown(world);
    // A Monday morning.
    world.pass(22 * HOUR_MS);
    await linkFor(world, 701, '0012345');
    await linkFor(world, 701, '0022222');
    await linkFor(world, 702, '0033333');
  },
  after: expectNoSecrets,
});
