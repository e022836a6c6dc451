import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { READING_PHOTOS } from '../../../src/domain/limits.ts';
import { updateOf } from '../../kit/chat/people.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { settleFiveScales, settleForGuests, settleMeteredTown, settleOneMeter } from './metered-town.ts';

transcripts(new URL('./readings/', import.meta.url), { before: settleMeteredTown });
transcripts(new URL('./one-meter/', import.meta.url), { before: settleOneMeter });
transcripts(new URL('./five-scales/', import.meta.url), { before: settleFiveScales });
transcripts(new URL('./readings-of-guests/', import.meta.url), { before: settleForGuests });

const lines = (...said: string[]) => said.map((line) => `Иван: ${line}`).join('\n');

test('5 000 characters fit nowhere, and the step stays', async () => {
  const world = await openWorld();
  await settleMeteredTown(world);
  const long = '1'.repeat(5000);
  const played = await play(world, lines('/readings', long, '305', long, '620', '[Пропустить]', '[Пропустить]'));
  expect(played.match(/слишком длинный/g)).toHaveLength(2);
  expect(played).toContain('Показания приняты');
  expect(world.failures).toEqual([]);
  await world.close();
});

test('one message ten times at once is one answer and one row a meter', async () => {
  const world = await openWorld();
  await settleMeteredTown(world);
  await play(world, lines('/readings'));
  const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
  const date = Math.floor(world.clock().getTime() / 1000);
  const typed = Array.from({ length: 10 }, (_, i) =>
    updateOf(ivan, { does: 'say', words: '305\n620\n9310\n4333' }, { update: 901 + i, message: 901 + i }, date),
  );
  await Promise.all(typed.map((update) => world.take(update)));
  const said = world.telegram.take().map((sent) => sent.payload.text ?? '');
  expect(said.filter((text) => text.includes('Показания приняты'))).toHaveLength(1);
  expect(await world.db.selectFrom('readings').select(['number', 'value']).orderBy('number').orderBy('value').execute()).toEqual([
    { number: '0164257718', value: '4333.000' },
    { number: '0164257718', value: '9310.000' },
    { number: '54623752', value: '305.000' },
    { number: '59907451', value: '620.000' },
  ]);
  await world.close();
});

/** Ivan, who has room for so many photos more today. `photo`: of this name. */
async function almostEnoughPhotos(room = 1) {
  const world = await openWorld();
  await settleMeteredTown(world);
  const hit = { kind: 'reading-photo' as const, subject: 'telegram:701', at: world.clock() };
  await world.db
    .insertInto('rateLimitHits')
    .values(Array.from({ length: READING_PHOTOS.count - room }, () => hit))
    .execute();
  let update = 900;
  return {
    world,
    say: async (...said: string[]) =>
      (await play(world, lines(...said), { updatesFrom: (update += 50) })).replaceAll('\u00a0', ' '),
    async photo(unique: string, caption = '') {
      update += 50;
      const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
      const date = Math.floor(world.clock().getTime() / 1000);
      const sent = updateOf(ivan, { does: 'send', media: { kind: 'photo' }, caption }, { update, message: update }, date);
      const photo = [{ file_id: unique, file_unique_id: unique, width: 90, height: 90 }];
      await world.take({ ...sent, message: Object.assign(sent.message ?? {}, { photo }) } as Update);
      return world.telegram
        .take()
        .map(({ payload }) => payload.text ?? '')
        .join()
        .replaceAll('\u00a0', ' ');
    },
    kept: () => world.db.selectFrom('readingPhotos').select('uniqueFile').orderBy('uniqueFile').execute(),
  };
}

test('one photo of several values is one of the day’s; where the day has no room left, those that were kept before stay', async () => {
  const { world, say, photo, kept } = await almostEnoughPhotos();
  await say('/readings');
  const taken = await photo('one', '305\n620\n9310\n4333');
  expect(taken).toContain('Показания приняты');
  expect(taken).not.toContain('фото мы не сохранили');
  const all = ['one', 'one', 'one', 'one'].map((uniqueFile) => ({ uniqueFile }));
  expect(await kept()).toEqual(all);
  await say('[Приложить фото счётчика]', '[Горячее водоснабжение · 305]');
  expect(await photo('two')).toMatch(
    /^Показание принято, а последнее фото мы не сохранили: за сутки их уже очень много\. Остальные фото, которые вы прислали раньше, сохранены\. Следующее примем 23 ноября/,
  );
  expect(await kept()).toEqual(all);
  await world.close();
});

test('of several photos one has room: it goes to each value, and one reads how many have none', async () => {
  const { world, say, photo, kept } = await almostEnoughPhotos();
  await say('/readings');
  for (const unique of ['one', 'two', 'three']) await photo(unique);
  const said = await say('305⏎620⏎9310⏎4333');
  expect(said).toContain('Показание принято, а последние 2 фото мы не сохранили: за сутки их уже очень много.');
  expect(said.match(/не сохранили/g)).toHaveLength(1);
  expect(said).toContain('Показания приняты');
  expect(await kept()).toEqual(['one', 'one', 'one', 'one'].map((uniqueFile) => ({ uniqueFile })));
  await world.close();
});

test('a photo that stands with other readings of its message is not said to be lost with the one that is skipped', async () => {
  const { world, say, photo, kept } = await almostEnoughPhotos(3);
  await say('/readings');
  // Cold water is lower than it was.
  await photo('one', '305\n600\n9310\n4333');
  const said = await say('[Пропустить]');
  expect(said).toContain('Показания приняты');
  expect(said).not.toContain('не сохранили');
  expect(await kept()).toEqual(['one', 'one', 'one'].map((uniqueFile) => ({ uniqueFile })));
  await world.close();
});

test('photos that came with values, and while it was asked of which meters these are, are kept with them', async () => {
  const { world, say, photo, kept } = await almostEnoughPhotos(3);
  await say('/readings');
  expect(await photo('one', '305 619')).toContain('По порядку это');
  expect(await say('305 620')).toContain('По порядку это');
  await photo('two');
  expect(await say('[Всё верно]')).not.toContain('не сохранили');
  expect(await kept()).toEqual(['one', 'one', 'two', 'two'].map((uniqueFile) => ({ uniqueFile })));
  await world.close();
});

test('the other photos of an album are kept with the reading that its first one answered; that there is no room for more is told once', async () => {
  const world = await openWorld();
  await settleOneMeter(world);
  await play(world, lines('/readings'));
  world.telegram.take();
  const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
  const date = Math.floor(world.clock().getTime() / 1000);
  const heard: string[] = [];
  for (const [i, unique] of ['a', 'b', 'c', 'd', 'e', 'f', 'g'].entries()) {
    const action = { does: 'send', media: { kind: 'photo' }, caption: i === 0 ? '620' : '', album: 'one' } as const;
    const sent = updateOf(ivan, action, { update: 901 + i, message: 901 + i }, date);
    const photo = [{ file_id: unique, file_unique_id: unique, width: 90, height: 90 }];
    await world.take({ ...sent, message: Object.assign(sent.message ?? {}, { photo }) } as Update);
    heard.push(...world.telegram.take().flatMap(({ payload }) => payload.text ?? []));
  }
  expect(heard).toEqual([expect.stringContaining('Показания приняты'), expect.stringContaining('не больше пяти')]);
  const kept = await world.db.selectFrom('readingPhotos').select('uniqueFile').orderBy('uniqueFile').execute();
  expect(kept.map(({ uniqueFile }) => uniqueFile)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await world.db.selectFrom('readings').select('id').execute()).toHaveLength(1);
  await world.close();
});

test('a registry of meters that does not tell the day of a value', async () => {
  const world = await openWorld();
  await settleMeteredTown(world);
  await world.db.updateTable('meters').set({ valueDay: null }).execute();
  const said = await play(world, lines('/readings', '300'));
  expect(said).toMatch(/54623752, было 301,5\sм³\. ⚠️/);
  expect(said).toMatch(/Это меньше прошлого показания: 301,5\sм³\. Проверьте/);
  await world.close();
});

test('two meters of one service are told apart on the buttons, by the end of the number alone', async () => {
  const world = await openWorld();
  await settleMeteredTown(world);
  await world.db.updateTable('meters').set({ service: 'Горячее водоснабжение' }).where('number', '=', '59907451').execute();
  const skip = ['[Пропустить]', '[Пропустить]'];
  const said = await play(
    world,
    lines('/readings', '302', '620', ...skip, '/readings', '[Исправить]', '[Горячее водоснабжение № •••7451 · 620]'),
  );
  expect(said).toContain('[Горячее водоснабжение № •••3752 · 302]');
  expect(said).toContain('[Электроснабжение, Т2 (ночь) · —]');
  await world.close();
});
