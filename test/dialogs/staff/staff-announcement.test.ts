import { insertMutedNews } from '../../../src/records/muted-news.ts';
import { findSignedIn } from '../../../src/records/sessions.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import type { World } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';

/**
 * By the order in which they speak: 701 a senior, 702 a member of staff who lives in a house of several flats and has two of them, 703 in another
 * house, 704 in the same house with announcements switched off, 705 without an account.
 */
async function town(world: World): Promise<void> {
  await settleTown(world);
  world.staff.add('telegram:701').add('telegram:702');
  world.seniors.add('telegram:701');
  await linkFor(world, 702, '0012345');
  await linkFor(world, 702, '0033333');
  await linkFor(world, 703, '0022222');
  await linkFor(world, 704, '0012345');
  const muted = await findSignedIn(world.db, 'telegram:704', world.clock());
  await world.db.transaction().execute((trx) => insertMutedNews(trx, muted?.resident.id ?? '', 'announcements'));
}

transcripts(new URL('./staff-announcement/', import.meta.url), { before: town });
