import { expect, onTestFinished, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { settleBilledTown } from './billed-town.ts';

transcripts(new URL('./why/', import.meta.url), { before: settleBilledTown });

test('services are folded below the sentence that answers', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleBilledTown(world);
  const said: string[] = [];
  world.telegram.interfereWith(({ payload }) => {
    if (payload.text?.includes('Главное')) said.push(payload.text);
    return undefined;
  });
  await play(world, 'Иван: /debt\nИван: [Почему столько?]');
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/<b>Главное:<\/b>[^\n]+\n\n<blockquote expandable><b>[^<]+<\/b>: [^]+<\/blockquote>\n\n/);
});
