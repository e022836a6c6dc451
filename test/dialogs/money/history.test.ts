import { expect, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { charge, linkTo, settleHistory, settleSeveral } from './history-town.ts';
import { press } from '../press.ts';
import * as make from '../../kit/make.ts';

transcripts(new URL('./history/', import.meta.url), { before: settleHistory });
transcripts(new URL('./history/several/', import.meta.url), { before: settleSeveral });

async function openHistoryWorld() {
  const world = await openWorld();
  await settleHistory(world);
  return world;
}

test('a month that an import took away meanwhile gives way to what is there now', async () => {
  const world = await openHistoryWorld();
  await play(world, 'Иван: /history\nИван: [Раньше]');
  await world.db.deleteFrom('charges').where('period', '=', '2026-09-01').execute();
  await world.db.deleteFrom('payments').where('operation', '=', 'h1').execute();
  await charge(world, '2026-08', 'Отопление', { charged: 77_77 });
  // The button names September.
  const played = await play(world, 'Иван: /history\nИван: [Раньше]\nИван: [Раньше]\nИван: [Раньше]', { updatesFrom: 100 });
  expect(played).toContain('Август 2026\n');
  expect(played).toContain('• Отопление: 77,77 ₽');
  expect(played).not.toContain('Сентябрь 2026');
  expect(world.broken).toEqual([]);
  await world.close();
});

test('a button pressed after an import shows the nearest month before the one that went', async () => {
  const world = await openHistoryWorld();
  await play(world, 'Иван: /history\nИван: [Раньше]');
  await world.db.deleteFrom('charges').where('period', '=', '2026-09-01').execute();
  await world.db.deleteFrom('payments').where('operation', '=', 'h1').execute();
  const id = await linkTo(world, '0012345');
  const said = await press(world, 701, `t.history.${id}-202609`);
  expect(said).toMatch(/editMessageText .*Июль 2026/);
  await world.close();
});

test('«в пути» stands in the month in which it was paid, by the days of the centre', async () => {
  const world = await openHistoryWorld();
  const now = new Date('2026-11-30T21:30:00Z');
  const paid = { messengerId: 'telegram:701', paidAt: now, paidDay: '2026-12-01' };
  await make.cardPayment(world.db, [{ account: '0012345', sumKopecks: 300_00 }], paid);
  const first = await play(world, 'Иван: /history');
  expect(first).toContain('Декабрь 2026\n');
  expect(first).toContain(
    'Оплачено: 300,00 ₽ (в пути)\n     • 1 декабря: 300,00 ₽, в пути — оплачено в боте, но ещё не учтено в расчётах',
  );
  await world.db.updateTable('cardPaymentLines').set({ postedAt: now }).execute();
  expect(await play(world, 'Иван: /history', { updatesFrom: 100 })).not.toContain('в пути');
  await world.close();
});

test('where no payments are known, what billing reckoned with is said, and nothing against it', async () => {
  const world = await openHistoryWorld();
  await world.db.deleteFrom('payments').execute();
  const played = await play(world, 'Иван: /history\nИван: [Раньше]\nИван: [Раньше]');
  expect(played).toContain('\n\n     В расчёте за этот месяц учтено оплат: 2 000,00 ₽\n\n');
  expect(played.match(/Оплат в этом месяце нет/g)).toHaveLength(1);
  await world.close();
});

test('buttons made up by a stranger, with another’s link, show nothing and break nothing', async () => {
  const world = await openHistoryWorld();
  const id = await linkTo(world, '0012345');
  const refs = [
    id,
    `${id}-202610`,
    `${id}-202609-202610`,
    `${id}-209999`,
    '0012345',
    '-202610',
    '',
    'x'.repeat(40),
    "'; drop table links",
  ];
  let said = '';
  for (const person of [702, 799]) {
    for (const dialog of ['history', 'chart', 'details', 'sheet']) {
      for (const ref of refs) {
        for (const kind of ['t', 'd']) said += await press(world, person, `${kind}.${dialog}.${ref}`);
      }
    }
  }
  expect(said).toContain('Этот лицевой счёт у вас сейчас не подключён');
  expect(said).toContain('Этот раздел — для тех, кто вошёл в кабинет');
  expect(said).not.toMatch(/0012345|Отопление|Якорь|Портовая|5 606|sendPhoto|sendDocument/);
  expect([world.broken, world.failures, world.papers.drawn]).toEqual([[], [], []]);

  // The owner’s own, with months that make no sense, are met in words too.
  const own = await press(world, 701, `d.sheet.${id}-202610-202609`);
  expect(own).toContain('данных больше нет');
  expect(await press(world, 701, `d.sheet.${id}`)).toContain('не подключён');
  expect(await press(world, 701, `t.history.${id}-209913`)).toContain('Ноябрь 2026');
  await world.close();
});

test('two presses at once turn the page twice and break nothing', async () => {
  const world = await openHistoryWorld();
  await play(world, 'Иван: /history');
  const id = await linkTo(world, '0012345');
  const said = await Promise.all([press(world, 701, `t.history.${id}-202610`), press(world, 701, `t.history.${id}-202609`)]);
  expect(said.join('\n')).toMatch(/Октябрь 2026/);
  expect(said.join('\n')).toMatch(/Сентябрь 2026/);
  expect([world.broken, world.failures]).toEqual([[], []]);
  await world.close();
});
