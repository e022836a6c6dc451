import { transcripts } from '../kit/chat/transcripts.ts';
import { linkFor, settleTown } from './town.ts';

transcripts(new URL('./pay/', import.meta.url), {
  async before(world) {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
    for (const account of ['0012345', '0022222', '0044444']) await linkFor(world, 702, account);
    await linkFor(world, 703, '0022222');
  },
});
