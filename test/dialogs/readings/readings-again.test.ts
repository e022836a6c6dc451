import { expect, onTestFinished, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import * as make from '../../kit/make.ts';
import { own } from '../money/billed-town.ts';
import { settleAnsweredTown } from './answered-town.ts';
import { settleMeteredTown } from './metered-town.ts';
import { linkFor } from '../town.ts';

transcripts(new URL('./readings-again/', import.meta.url), {
  async before(world) {
    await settleMeteredTown(world);
    await own(world, 701, '0022222');
    await world.db.updateTable('links').set({ name: 'Дача' }).where('account', '=', '0022222').execute();
    const service = 'Холодное водоснабжение';
    const refused = {
      scale: '',
      windowOpens: '2026-11-20',
      day: '2026-11-22',
      submittedBy: 'resident',
      service,
      residentId: null,
    };
    const at = { takenAt: world.clock(), refusedAt: new Date('2026-11-27T09:00:00Z'), state: 'refused' as const };
    await make.reading(
      world.db,
      { ...refused, ...at, account: '0012345', number: '59907451', value: '620' },
      { ...refused, ...at, account: '0022222', number: '77', value: '99995' },
    );
  },
});

const DAY = 86_400_000;
const lines = (who: string, ...said: string[]) => said.map((line) => `${who}: ${line}`).join('\n');

/** Ivan and Maria have the same account, and both are asked. */
async function openBoth() {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleMeteredTown(world);
  await linkFor(world, 702, '0012345');
  // Neither has other accounts.
  await world.db.deleteFrom('links').where('account', '<>', '0012345').execute();
  await world.db.deleteFrom('meters').where('number', 'not in', ['54623752', '59907451']).execute();
  return world;
}

async function values(world: Awaited<ReturnType<typeof openBoth>>) {
  const rows = await world.db.selectFrom('readings').select(['number', 'value']).orderBy('number').execute();
  return rows.map(({ number, value }) => `${number} ${Number(value)}`);
}

test('what another resident handed in meanwhile is shown, and replaced only on purpose', async () => {
  const world = await openBoth();
  const script = [
    lines('Иван', '/readings'),
    lines('Мария', '/readings'),
    lines('Иван', '305⏎620'),
    lines('Мария', '306⏎620', '[Заменить моими]'),
    lines('Иван', '/readings'),
  ];
  const played = (await play(world, script.join('\n'))).replaceAll('\u00a0', ' ');
  expect(played).toContain(
    'Пока вы отвечали, другой житель с этим счётом передал:\n     • Горячее водоснабжение, № 54623752: 305',
  );
  // The same value is nobody's quarrel.
  expect(played).not.toContain('передал:\n     • Холодное');
  expect(played.match(/Показания приняты/g)).toHaveLength(2);
  expect(await values(world)).toEqual(['54623752 306', '59907451 620']);
  // Ivan reads who it was.
  expect(played).toMatch(/Уже передано:\n.*• Горячее водоснабжение, № 54623752: 306 м³, передано другим жителем/s);
  expect(world.broken).toEqual([]);
});

test('left as it is, the other’s stands, and the rest is handed in', async () => {
  const world = await openBoth();
  const script = [
    lines('Иван', '/readings'),
    lines('Мария', '/readings'),
    lines('Иван', 'гвс 305'),
    lines('Мария', '306⏎621', '[Оставить как есть]', '/readings'),
  ];
  const played = await play(world, script.join('\n'));
  expect(await values(world)).toEqual(['54623752 305', '59907451 621']);
  const taken = played.split('✅ Показания приняты').at(-1) ?? '';
  expect(taken.split('Исправить')[0]).toContain('621');
  expect(taken.split('Исправить')[0]).not.toContain('306');

  // Nothing but the other's: nothing is handed in.
  const again = await openBoth();
  const only = [
    lines('Иван', '/readings'),
    lines('Мария', '/readings'),
    lines('Иван', 'гвс 305'),
    lines('Мария', '(фото) гвс 306', '[Оставить как есть]', '[Пропустить]'),
  ];
  const kept = await play(again, only.join('\n'));
  expect(kept).toContain('Хорошо, остаются показания другого жителя.');
  expect(kept).toContain('Фото без показания мы не сохранили.');
  expect(await values(again)).toEqual(['54623752 305']);
});

test('what another handed in before is called his, and is replaced without another question', async () => {
  const world = await openBoth();
  const script = [
    lines('Мария', '/readings', '306⏎621'),
    lines('Иван', '/readings', '[Исправить]', '[Горячее водоснабжение · 306]', '307'),
  ];
  const played = await play(world, script.join('\n'));
  expect(played).toContain('Другой житель уже передал:\n     • Горячее водоснабжение');
  expect(played.replaceAll('\u00a0', ' ')).toContain('Другой житель уже передал: 306 м³. Новое показание его заменит.');
  expect(played).not.toContain('Вы уже передали');
  expect(played).not.toContain('Пока вы отвечали');
  expect(await values(world)).toEqual(['54623752 307', '59907451 621']);
});

test('what billing refused is handed in again after the window, for five days, and the last of them is named', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleAnsweredTown(world);
  await world.db.deleteFrom('links').where('account', '<>', '0012345').execute();
  // Refused on 27 November, two days after the window.
  const refusedAt = new Date('2026-11-27T09:00:00Z');
  world.pass(refusedAt.getTime() - world.clock().getTime());
  await world.db.updateTable('readings').set({ refusedAt }).where('state', '=', 'refused').execute();
  await world.db.updateTable('sessions').set({ seenAt: world.clock() }).execute();

  const played = await play(world, lines('Иван', '/readings', '306'));
  expect(played).toContain('Показание, которое не взяли в расчёт, можно передать ещё раз. Принимаем до 2 декабря включительно.');
  expect(played).not.toContain('59907451');
  expect(played).toContain('✅ Показания приняты');
  expect(played).toContain('Исправить их можно до 2 декабря включительно.');
  const row = world.db
    .selectFrom('readings')
    .select(['value', 'state', 'windowOpens'])
    .where('number', '=', '54623752')
    .where('windowOpens', '=', '2026-11-20')
    .where('submittedBy', '=', 'resident');
  const taken = (value: string) => [{ value, state: 'taken', windowOpens: '2026-11-20' }];
  expect(await row.execute()).toEqual(taken('306.000'));

  // Until that day it is corrected, also where it went out meanwhile.
  await world.db.updateTable('readings').set({ state: 'exported' }).where('number', '=', '54623752').execute();
  const corrected = await play(world, lines('Иван', '/readings', '[Исправить]', '307'), { updatesFrom: 100 });
  expect(corrected).toContain('Вы уже передали:');
  expect(corrected).toContain('Это можно до 2 декабря включительно.');
  expect(await row.execute()).toEqual(taken('307.000'));
  world.pass(5 * DAY);
  expect(await play(world, lines('Иван', '/readings'), { updatesFrom: 140 })).toContain('Вы уже передали:');
  world.pass(DAY);
  expect(await play(world, lines('Иван', '/readings'), { updatesFrom: 180 })).toContain('Сейчас показания не принимаются.');

  // Refused on 3 December.
  const refusedLater = { state: 'refused' as const, refusedAt: world.clock() };
  await world.db.updateTable('readings').set(refusedLater).where('number', '=', '54623752').execute();
  world.pass(5 * DAY);
  expect(await play(world, lines('Иван', '/readings'), { updatesFrom: 200 })).toContain('Принимаем до 8 декабря');
  world.pass(DAY);
  expect(await play(world, lines('Иван', '/readings'), { updatesFrom: 300 })).toContain('Сейчас показания не принимаются.');
  expect(world.broken).toEqual([]);
});

test('where the refused meter was replaced the new one is read in its place, and no other', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleAnsweredTown(world);
  const { db } = world;
  await db.deleteFrom('links').where('account', '<>', '0012345').execute();
  const refusedAt = new Date('2026-11-27T09:00:00Z');
  world.pass(refusedAt.getTime() - world.clock().getTime());
  await db.updateTable('sessions').set({ seenAt: world.clock() }).execute();
  await db.updateTable('readings').set({ refusedAt }).where('state', '=', 'refused').execute();
  const service = 'Горячее водоснабжение';
  const there = (number: string) => make.meter(db, { account: '0012345', number, service, value: '0', digits: 5 });

  // Gone, and nothing in its place: neither is it offered, nor another service.
  await db.deleteFrom('meters').where('number', '=', '54623752').execute();
  expect(await play(world, lines('Иван', '/readings'))).toContain('Сейчас показания не принимаются.');
  await there('700700');
  const played = (await play(world, lines('Иван', '/readings', '3'), { updatesFrom: 100 })).replaceAll('\u00a0', ' ');
  expect(played).toContain('счётчик № 700700');
  expect(played).not.toContain('59907451');
  expect(played).toContain('✅ Показания приняты');
  const taken = () =>
    db.selectFrom('readings').select(['value', 'state', 'windowOpens']).where('number', '=', '700700').execute();
  expect(await taken()).toEqual([{ value: '3.000', state: 'taken', windowOpens: '2026-11-20' }]);
  // It may be corrected; one more that was not there in the window is read, too, one that was read in it is not.
  const again = await play(world, lines('Иван', '/readings', '[Исправить]', '4'), { updatesFrom: 200 });
  expect(again).toContain('✅ Показания приняты');
  expect(await taken()).toEqual([{ value: '4.000', state: 'taken', windowOpens: '2026-11-20' }]);
  world.pass(6 * DAY);
  expect(await play(world, lines('Иван', '/readings'), { updatesFrom: 300 })).toContain('Сейчас показания не принимаются.');
  expect(world.broken).toEqual([]);
});

test('a photo to a corrected reading that has five already is not dropped in silence', async () => {
  const world = await openBoth();
  await play(world, lines('Иван', '/readings', '305⏎620'));
  const { id } = await world.db.selectFrom('readings').select('id').where('number', '=', '54623752').executeTakeFirstOrThrow();
  const kept = ['1', '2', '3', '4', '5'].map((file) => ({ readingId: id, file, uniqueFile: file, addedAt: world.clock() }));
  await world.db
    .insertInto('readingPhotos')
    .values(kept.map((photo) => ({ ...photo, messengerId: 'telegram:701' })))
    .execute();
  const corrected = await play(world, lines('Иван', '/readings', '(фото) гвс 306'), { updatesFrom: 100 });
  expect(corrected).toContain('Показание приняли, а фото сохранили не все: к одному показанию прикладывается не больше пяти.');
  expect(await values(world)).toEqual(['54623752 306', '59907451 620']);
});
