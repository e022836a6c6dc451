import { expect, onTestFinished, test } from 'vitest';
import { insertMutedNews } from '../../../src/records/muted-news.ts';
import { findSignedIn } from '../../../src/records/sessions.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
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

test('what a client has cut off too long words is no announcement unless that is said', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await town(world);
  const lines = (...said: string[]) => said.map((each) => `Ольга: ${each}`).join('\n');
  const long = 'а'.repeat(3600);
  const played = await play(
    world,
    lines('Объявление', '[Всем]', long, 'и воды не будет до утра', '[Написать заново]', 'Воды не будет'),
  );
  expect(played).toContain('Объявление длиннее 3500 знаков.');
  expect(played).toContain('Это объявление целиком?');
  // The tail was shown to nobody; new words are taken as ever.
  expect(played).not.toMatch(/📢[^\n]*\n+\s*и воды не будет/);
  expect(played.match(/Так это увидят жители/g)).toHaveLength(1);

  const kept = await play(world, lines('/cancel', 'Объявление', '[Всем]', long, 'Воды не будет до утра', 'да'), {
    updatesFrom: 100,
  });
  expect(kept.match(/Это объявление целиком/g)?.length).toBeGreaterThan(0);
  const whole = await play(world, lines('[Да, целиком]'), { updatesFrom: 200 });
  expect(whole).toContain('Так это увидят жители');
  expect(world.broken).toEqual([]);
});

test('words that nobody would read are kept while others are chosen, also where «Исправить» was pressed', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await town(world);
  const muted = await findSignedIn(world.db, 'telegram:703', world.clock());
  await world.db.transaction().execute((trx) => insertMutedNews(trx, muted?.resident.id ?? '', 'announcements'));
  let updatesFrom = 0;
  const says = (...said: string[]) => {
    updatesFrom += 100;
    return play(world, said.map((each) => `Ольга: ${each}`).join('\n'), { updatesFrom });
  };
  const house = (number: number) => [`портовая ${number}`, `[г. Приморск-на-Миусе, ул. Портовая, д. ${number}]`];
  const words = 'Завтра отключим воду';

  const nobody = await says('Объявление', '[Дом]', ...house(40), words);
  expect(nobody).toMatch(/Это объявление сейчас никто не получит[^]*Выберите других[^]*Кому его отправить\?/);
  const somebody = await says('[Дом]', ...house(5));
  expect(somebody).toContain(words);
  expect(somebody).toContain('Получателей: 1.');
  expect(somebody).not.toContain('Напишите текст объявления');

  const others = await says('[Исправить]', '[Выбрать других]', '[Улица]', 'Портовая', '[г. Приморск-на-Миусе, ул. Портовая]');
  expect(others).toMatch(/Завтра отключим воду[^]*Кому: г\. Приморск-на-Миусе, ул\. Портовая\n/);
  expect(await says('[Отправить]')).toContain('Объявление № 1 отправляется');
  expect(await world.db.selectFrom('announcements').select(['place', 'words']).where('number', '=', 1).execute()).toEqual([
    { place: 'г. Приморск-на-Миусе, ул. Портовая', words },
  ]);
  expect(world.broken).toEqual([]);
});
