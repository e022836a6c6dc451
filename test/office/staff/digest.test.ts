import { expect, test } from 'vitest';
import { createDigest } from '../../../src/office/staff/digest.ts';
import { moscow, openDeskTown } from './desk-town.ts';

test('a quiet desk says so, once a day of work, when it begins', async () => {
  const town = await openDeskTown();
  const digest = createDigest(town.edges);
  const told = async (time: string) => {
    town.at(time);
    return digest.tell();
  };
  expect(await told('2026-11-19T08:00')).toBe(false);
  town.at('2026-11-10T09:00');
  const over = await town.opened();
  await town.change(over, { state: 'closed', closedAt: moscow('2026-11-10T10:00') });
  // A Friday, the weekend, and Monday; nothing was told while nobody had ever asked.
  expect(await told('2026-11-20T07:59')).toBe(false);
  expect(await Promise.all([told('2026-11-20T08:00'), told('2026-11-20T08:00')])).toContain(true);
  expect(await told('2026-11-20T08:01')).toBe(false);
  expect(await told('2026-11-21T08:00')).toBe(false);
  // Nobody was there in the morning.
  expect(await told('2026-11-23T12:01')).toBe(false);
  expect(await told('2026-11-24T11:59')).toBe(true);
  expect(await town.toStaff()).toHaveLength(2);
  expect((await town.toStaff())[1]).toBe(
    '☀️ <b>Обращения этим утром</b>\nОткрытых обращений нет.\nБез ответа никто не ждёт.\n\nС 23 ноября: поступило 0, ответили на 0, закрыли 0.\nОценок не было.',
  );
});

test('what is open, late, answered and rated since the last day of work began', async () => {
  const town = await openDeskTown();
  const digest = createDigest(town.edges);
  town.at('2026-11-19T09:00');
  const [late, answered, rated, escalation] = [
    await town.opened(),
    await town.opened(),
    await town.opened(),
    await town.opened({ kind: 'not-me' }),
  ];
  // Before the last day of work: not told of.
  await town.writes(rated ?? '', 'staff');
  town.at('2026-11-20T08:30');
  await town.writes(answered ?? '', 'staff');
  await town.writes(answered ?? '', 'staff');
  await town.writes(late ?? '', 'note');
  await town.writes(escalation ?? '', 'staff');
  // Taken back, it is no answer.
  await town.writes(late ?? '', 'staff', 'Не сюда');
  const wrong = town.db.updateTable('requestMessages').where('words', '=', 'Не сюда');
  await wrong.set({ withdrawnAt: moscow('2026-11-20T08:31') }).execute();
  await town.change(late ?? '', { state: 'new', waitingSince: moscow('2026-11-19T09:00'), firstAnsweredAt: null });
  await town.change(rated ?? '', { state: 'closed', closedAt: moscow('2026-11-20T09:00') });
  await town.change(rated ?? '', { rating: 4, ratedAt: moscow('2026-11-21T23:00') });
  town.at('2026-11-22T23:00');
  const other = await town.opened();
  await town.change(other, { state: 'taken', takenBy: 'telegram:801', takenByName: 'Ольга' });
  town.at('2026-11-23T08:00');
  expect(await digest.tell()).toBe(true);
  expect(await town.toStaff()).toEqual([
    [
      '☀️ <b>Обращения этим утром</b>',
      'Открыто: <b>3</b> — новых 1, в работе 1, отвечено 1.',
      '⏰ Ждут ответа: 2, дольше нормы (8 рабочих часов) — <b>1</b>: № 1.',
      '',
      'С 20 ноября: поступило 1, ответили на 1, закрыли 1.',
      'Оценок: 1, в среднем 4 из 5.',
      'Сообщений бота без решения: 1.',
    ].join('\n'),
  ]);
});

test('of many who wait too long ten are named', async () => {
  const town = await openDeskTown();
  for (let i = 0; i < 12; i += 1) await town.opened();
  town.at('2026-11-23T08:00');
  await createDigest(town.edges).tell();
  expect((await town.toStaff())[0]).toContain('<b>12</b>: № 1, № 2, № 3, № 4, № 5, № 6, № 7, № 8, № 9, № 10 и ещё 2.');
});

test('a centre that works around the clock hears it at six, not at midnight', async () => {
  const town = await openDeskTown();
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const centre = { ...town.edges.centre, workingHours: [{ days: [...days], from: '00:00', to: '24:00' }], holidays: [] };
  const digest = createDigest({ ...town.edges, centre });
  town.at('2026-11-22T12:00');
  await town.opened();
  town.at('2026-11-23T05:59');
  expect(await digest.tell()).toBe(false);
  town.at('2026-11-23T06:00');
  expect(await digest.tell()).toBe(true);
  expect((await town.toStaff())[0]).toContain('С 22 ноября:');
});
