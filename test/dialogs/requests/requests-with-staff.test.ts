import { HOUR_MS } from '../../../src/domain/durations.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { expectNoSecrets, linkFor, settleTown } from '../town.ts';

transcripts(new URL('./requests-with-staff/', import.meta.url), {
  before: async (world) => {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
    // A Monday morning.
    world.pass(22 * HOUR_MS);
  },
  after: expectNoSecrets,
});
