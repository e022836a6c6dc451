import { expect, test } from 'vitest';
import { createNorms } from '../../../src/office/staff/norms.ts';
import { openDeskTown } from './desk-town.ts';

const TOPICS = [{ key: 'charges', label: 'Начисления', mention: ['olga_k', 'petr_b'] }];

test('what waits for the norm of working hours is raised in its thread, once for each wait', async () => {
  const town = await openDeskTown({ topics: TOPICS });
  const norms = createNorms(town.edges);
  town.at('2026-11-19T16:00');
  const id = await town.opened();
  // An hour on Thursday, six and a quarter by 15:00 on Friday.
  town.at('2026-11-20T15:44');
  expect(await norms.raise()).toBe(0);
  town.at('2026-11-20T15:45');
  expect(await norms.raise()).toBe(1);
  expect(await town.said()).toEqual([
    {
      to: `request/${id}`,
      words:
        '⏰ <b>Житель ждёт ответа дольше нормы</b>\nНаписал 19 ноября в 16:00, норма — 8 рабочих часов. Никто не взял в работу.\n@olga_k @petr_b',
    },
  ]);
  expect(await norms.raise()).toBe(0);
  town.at('2026-11-23T16:00');
  expect(await norms.raise()).toBe(0);

  // Answered, and a new word: another wait.
  await town.writes(id, 'staff');
  await town.writes(id, 'resident');
  await town.change(id, { state: 'taken', takenBy: 'telegram:801', takenByName: 'Ольга <К>' });
  expect(await norms.raise()).toBe(0);
  town.at('2026-11-24T16:00');
  expect(await norms.raise()).toBe(1);
  expect((await town.said()).at(-1)?.words).toContain(
    'Написал 23 ноября в 16:00, норма — 8 рабочих часов. В работе: Ольга &lt;К&gt;.',
  );
});

test('nobody is called out of hours, at lunch or on a day off', async () => {
  const town = await openDeskTown({ answerWithinHours: 0.25 });
  const norms = createNorms(town.edges);
  town.at('2026-11-20T16:45');
  await town.opened();
  for (const time of ['2026-11-20T17:00', '2026-11-21T12:00', '2026-11-23T07:59', '2026-11-23T12:10']) {
    town.at(time);
    expect(await norms.raise()).toBe(0);
  }
  town.at('2026-11-23T08:00');
  expect(await norms.raise()).toBe(1);
  expect((await town.said())[0]?.words).toContain('норма — 0,25 рабочих часа');
});

test('what is answered or closed is not late; an escalation of the bot’s is', async () => {
  const town = await openDeskTown({ answerWithinHours: 1 });
  const norms = createNorms(town.edges);
  const [answered, closed, escalation] = [
    await town.opened(),
    await town.opened(),
    await town.opened({ kind: 'not-me', messengerId: null }),
  ];
  await town.writes(answered ?? '', 'staff');
  await town.change(closed ?? '', { state: 'closed', closedAt: new Date('2026-11-19T08:00:00Z') });
  town.at('2026-11-19T16:00');
  expect(await norms.raise()).toBe(1);
  expect(await town.said()).toEqual([
    {
      to: `request/${escalation}`,
      words:
        '⏰ <b>Сообщение бота ждёт решения дольше нормы</b>\nПришло сегодня в 10:00, норма — 1 рабочий час. Никто не взял в работу.',
    },
  ]);
});

test('two processes raise each of many waits once', async () => {
  const town = await openDeskTown({ answerWithinHours: 1 });
  const ids = [];
  for (let i = 0; i < 120; i += 1) ids.push(await town.opened());
  town.at('2026-11-19T15:00');
  const [one, two] = [createNorms(town.edges), createNorms(town.edges)];
  let raised = 0;
  for (let round = 0; round < 4; round += 1) {
    const counts = await Promise.all([one.raise(), two.raise()]);
    raised += counts.reduce((sum, count) => sum + count, 0);
  }
  expect(raised).toBe(120);
  expect((await town.said()).map(({ to }) => to).toSorted()).toEqual(ids.map((id) => `request/${id}`).toSorted());
});

test('past the holidays that are known it is said that lateness may be none', async () => {
  const town = await openDeskTown({ answerWithinHours: 1 });
  const norms = createNorms(town.edges);
  town.at('2027-01-12T09:00');
  await town.opened();
  town.at('2027-01-12T11:00');
  expect(await norms.raise()).toBe(1);
  expect((await town.said())[0]?.words).toContain(
    'Праздники боту известны по 31 декабря 2026: рабочее время после этого дня он считает без них',
  );
});
