import { expect, test } from 'vitest';
import { shiftPeriod } from '../../../src/domain/period.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { charge, linkTo, settleHistory, settleSeveral } from './history-town.ts';
import { press } from '../press.ts';

transcripts(new URL('./details/', import.meta.url), { before: settleHistory });
transcripts(new URL('./details/several/', import.meta.url), { before: settleSeveral });

/** Иван’s account is charged for 60 months through 10.2026, by several services. */
async function openLongLife(services: readonly string[]) {
  const world = await openWorld();
  await settleHistory(world);
  for (let i = 4; i < 60; i += 1) {
    for (const service of services) await charge(world, shiftPeriod('2026-10', -i), service, { charged: 100_00 + i });
  }
  return world;
}

test('a range that is too long is met in words, and 36 months of many services go on in the next message', async () => {
  const services = Array.from({ length: 12 }, (_, i) => `Дополнительная услуга управляющей компании № ${i + 1}`);
  const world = await openLongLife(services);
  const played = await play(world, 'Иван: /details\nИван: 12.2021\nИван: 11.2026\nИван: 12.2024\nИван: [Скачать XLSX]');
  expect(played).toContain('не больше 36 месяцев. Выберите, пожалуйста, последний месяц не позже, чем ноябрь 2024.');
  const again = await play(world, 'Иван: 11.2024\nИван: [Скачать XLSX]', { updatesFrom: 100 });
  expect(again).toContain('Детализация: декабрь 2021 — ноябрь 2024');
  expect(again.match(/• \S+ 20\d\d: начислено/g)).toHaveLength(36);
  for (const service of services) expect(again.match(new RegExp(`${service}\\n +Начислено `, 'g'))).toHaveLength(1);
  expect(again).toContain('detail-sheet.json');
  expect(world.papers.drawn[0]).toMatchObject({ kind: 'detail-sheet', data: { from: '2021-12', to: '2024-11' } });
  expect([world.broken, world.failures]).toEqual([[], []]);
  await world.close();
});

test('5 000 characters fit nowhere, and the step stays', async () => {
  const world = await openWorld();
  await settleHistory(world);
  const long = 'я'.repeat(5000);
  const lines = ['/details', long, '10.2026', long, '10.2026'];
  const played = await play(world, lines.map((line) => `Иван: ${line}`).join('\n'));
  expect(played.match(/слишком длинный/g)).toHaveLength(2);
  expect(played).toContain('Детализация: октябрь 2026');
  await world.close();
});

test('data that an import took away between the totals and the file', async () => {
  const world = await openWorld();
  await settleHistory(world);
  await play(world, 'Иван: /details\nИван: 09.2026\nИван: 09.2026');
  await world.db.deleteFrom('charges').where('period', '=', '2026-09-01').execute();
  await world.db.deleteFrom('payments').where('operation', '=', 'h1').execute();
  const said = await press(world, 701, `d.sheet.${await linkTo(world, '0012345')}-202609-202609`);
  expect(said).toContain('За этот период данных больше нет');
  expect([world.papers.drawn, world.broken]).toEqual([[], []]);
  await world.close();
});

const BREAKAGES: [string, (world: World) => Promise<unknown>, string][] = [
  [
    'an account unlinked',
    (world) => world.db.updateTable('links').set({ endedAt: world.clock(), endedWhy: 'unlinked' }).execute(),
    'Этот лицевой счёт у вас сейчас не подключён',
  ],
  ['a sign-out', (world) => world.db.deleteFrom('sessions').execute(), 'Вы больше не в кабинете, поэтому начатое отменено'],
];

test.each(BREAKAGES)('%s between the questions: nothing is shown', async (_, happens, said) => {
  const world = await openWorld();
  await settleHistory(world);
  await play(world, 'Иван: /details\nИван: 09.2026');
  await happens(world);
  const played = await play(world, 'Иван: 10.2026', { updatesFrom: 100 });
  expect(played).toContain(said);
  expect(played).not.toMatch(/0012345|Отопление|₽/);
  expect([world.broken, world.failures]).toEqual([[], []]);
  await world.close();
});
