import { expect, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { expectNoSecrets, linkFor, settleTown } from '../town.ts';

transcripts(new URL('./debt/', import.meta.url), { before: settleTown, after: expectNoSecrets });

const KIND_LINE = 'Трудно заплатить сразу? Напишите нам о рассрочке.';

test.each([
  { dueKopecks: 19_999_99, said: false },
  { dueKopecks: 20_000_00, said: true },
])('beside a debt of $dueKopecks kopecks the kind line stands: $said', async ({ dueKopecks, said }) => {
  const world = await openWorld();
  await settleTown(world);
  await world.db.deleteFrom('charges').where('account', '=', '0012345').where('service', '!=', 'Отопление').execute();
  await world.db
    .updateTable('charges')
    .set({ dueKopecks, chargedKopecks: dueKopecks, penaltyKopecks: 0 })
    .where('account', '=', '0012345')
    .execute();
  await linkFor(world, 701, '0012345');
  const played = await play(world, 'Иван: /debt');
  expect(played.includes(KIND_LINE)).toBe(said);
  expect(played.includes('[Обратная связь]')).toBe(said);
  expect(world.broken).toEqual([]);
  await world.close();
});
