import { expect, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { SHORT_CONSENT } from '../cabinet.ts';
import { expectNoSecrets, settleTown } from '../town.ts';

transcripts(new URL('./paper-link/', import.meta.url), { before: settleTown, after: expectNoSecrets });

transcripts(new URL('./paper-link-registers/', import.meta.url), {
  ...SHORT_CONSENT,
  before: async (world) => {
    await settleTown(world);
    await world.db.deleteFrom('sessions').execute();
  },
  after: expectNoSecrets,
});

test.each([
  '/start 0012345',
  '/start ls-1234',
  '/start ls-123456789012345678901',
  '/start LS-0012345',
  '/start ls-0012345 ls-0033333',
  '/start ls-00a2345',
  '/start ls-٠٠١٢٣٤٥',
  "/start ls-0012345';--",
  '/start ls-',
  '/startls-0012345',
])('«%s» is a plain /start, and nothing is looked up', async (words) => {
  const world = await openWorld();
  await settleTown(world);
  const played = await play(world, `Гость: ${words}`);
  expect(played).not.toContain('Адрес');
  expect(await world.db.selectFrom('guestLookups').select('id').execute()).toEqual([]);
  await world.close();
});
