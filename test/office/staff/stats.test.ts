import { expect, test } from 'vitest';
import { requestsSheetOf } from '../../../src/office/staff/figures.ts';
import { createStats } from '../../../src/office/staff/stats.ts';
import * as make from '../../kit/make.ts';
import { moscow, openDeskTown } from './desk-town.ts';

const OLGA = { messengerId: 'telegram:801', name: 'Ольга' } as const;

async function openStats() {
  const town = await openDeskTown();
  const staff = { isMember: async (id: string) => id === OLGA.messengerId, isSenior: async () => false };
  let calls = 0;
  const papers = async () =>
    (
      await town.db
        .selectFrom('outbox')
        .where('kind', '=', 'notice')
        .where('text', '<>', 'cabinet-stats')
        .select(['text', 'doors', 'paper'])
        .orderBy('id')
        .execute()
    ).at(-1);
  const journal = () => town.db.selectFrom('auditLog').select(['who', 'name', 'what', 'details']).orderBy('id').execute();
  const by = (idempotencyKey = `op-${++calls}`) => ({ ...OLGA, idempotencyKey });
  const toStaff = async () => (await town.toStaff()).filter((words) => !words.startsWith('📈'));
  const ofCabinet = async () => (await town.toStaff()).filter((words) => words.startsWith('📈'));
  return { ...town, toStaff, ofCabinet, stats: createStats({ ...town.edges, staff }), papers, journal, by };
}

/** Two weeks: in time, late, closed without a word, still waiting, and one before them. */
async function aFortnight({ at, opened, writes, change }: Awaited<ReturnType<typeof openStats>>) {
  at('2026-10-20T09:00');
  await opened();
  at('2026-11-16T09:00');
  const [soon, late, left] = [await opened({ account: '0012345' }), await opened({ topic: 'gone-topic' }), await opened()];
  at('2026-11-16T11:30');
  await writes(soon ?? '', 'staff');
  at('2026-11-17T10:00');
  await writes(late ?? '', 'staff');
  await writes(late ?? '', 'note');
  await change(left ?? '', { state: 'closed', closedAt: moscow('2026-11-17T10:00') });
  at('2026-11-20T16:00');
  await change(soon ?? '', {
    state: 'closed',
    closedAt: moscow('2026-11-20T16:00'),
    rating: 5,
    ratedAt: moscow('2026-11-20T16:00'),
  });
  await change(soon ?? '', { ratingWords: '=Быстро', takenBy: 'telegram:801', takenByName: 'Ольга' });
  at('2026-11-21T23:30');
  await opened();
  await opened({ kind: 'not-me' });
  at('2026-11-23T10:00');
}

test('the group gets a picture with its figures in words', async () => {
  const town = await openStats();
  await aFortnight(town);
  expect(await town.stats.show(town.by(), 'month')).toEqual({ outcome: 'posted' });
  const { text, doors, paper } = (await town.papers()) ?? {};
  expect(text).toBe('desk-stats');
  expect(doors).toMatchObject([
    { verb: 'stats', number: 7 },
    { verb: 'stats', number: 365 },
    { verb: 'stats-sheet', number: 30 },
  ]);
  // In time after 2 h 30 min; late after 8 h 15 + 1 h less the first hour.
  expect(await town.toStaff()).toEqual([
    [
      '📊 <b>Обращения за 30 дней</b>',
      'Поступило: 4. В срок ответили на 33 % обращений. Первый ответ обычно через 5 ч 53 мин рабочего времени.',
      'Оценок: 1, в среднем 5 из 5.',
      'Сейчас открыто 3, ждут ответа 2, из них дольше нормы 1.',
    ].join('\n'),
  ]);
  if (paper?.kind !== 'desk-chart') throw new Error('another paper');
  const { bars, ...about } = paper.data;
  expect(about).toEqual({ from: '2026-10-25', to: '2026-11-23', step: 'day', rated: 1, rating: 5 });
  expect(bars).toHaveLength(30);
  const none = { 'in-time': 0, late: 0, unanswered: 0, waiting: 0 };
  expect(bars.filter((bar) => bar.from >= '2026-11-16' && bar.from <= '2026-11-21')).toEqual([
    { ...none, from: '2026-11-16', 'in-time': 1, late: 1, unanswered: 1 },
    ...['17', '18', '19', '20'].map((day) => ({ ...none, from: `2026-11-${day}` })),
    { ...none, from: '2026-11-21', waiting: 1 },
  ]);
  expect(await town.journal()).toEqual([{ who: 'telegram:801', name: 'Ольга', what: 'desk.stats', details: { span: 'month' } }]);
});

test('a week, a year by months', async () => {
  const town = await openStats();
  await aFortnight(town);
  const chart = async (span: 'week' | 'year') => {
    await town.stats.show(town.by(), span);
    const paper = (await town.papers())?.paper;
    return paper?.kind === 'desk-chart' ? paper.data : undefined;
  };
  expect(await chart('week')).toMatchObject({ from: '2026-11-17', to: '2026-11-23', bars: { length: 7 } });
  const year = await chart('year');
  expect(year).toMatchObject({ from: '2025-12-01', to: '2026-11-23', step: 'month' });
  expect(year?.bars.map(({ from }) => from).slice(-2)).toEqual(['2026-10', '2026-11']);
  expect(year?.bars.at(-2)).toMatchObject({ late: 1 });
  expect(year?.bars.at(-1)).toMatchObject({ 'in-time': 1, late: 1, unanswered: 1, waiting: 1 });
});

test('who was answered at once did not wait for 0 minutes', async () => {
  const town = await openStats();
  town.at('2026-11-23T09:00');
  await town.writes(await town.opened(), 'staff');
  await town.stats.show(town.by(), 'week');
  expect((await town.toStaff()).join('\n')).toContain('Первый ответ обычно меньше чем через минуту рабочего времени.');
});

test('a quiet desk', async () => {
  const town = await openStats();
  await town.stats.show(town.by(), 'week');
  expect(await town.toStaff()).toEqual([
    '📊 <b>Обращения за 7 дней</b>\nПоступило: 0.\nОценок не было.\nСейчас открыто 0, ждут ответа 0, из них дольше нормы 0.',
  ]);
});

test('once for a message, and for members only', async () => {
  const town = await openStats();
  const by = town.by();
  await Promise.all([town.stats.show(by, 'week'), town.stats.show(by, 'week')]);
  await town.stats.show(by, 'week');
  const stranger = { messengerId: 'telegram:901', name: 'Олег', idempotencyKey: 'op' } as const;
  expect(await town.stats.show(stranger, 'week')).toEqual({ outcome: 'not-staff' });
  expect(await town.stats.sheet(stranger, 'week')).toEqual({ outcome: 'not-staff' });
  expect(await town.toStaff()).toHaveLength(1);
  expect(await town.journal()).toHaveLength(1);
});

test('the spreadsheet has a row for each request of residents, the newest first', async () => {
  const town = await openStats();
  await aFortnight(town);
  expect(await town.stats.sheet(town.by(), 'month')).toEqual({ outcome: 'posted' });
  expect(await town.toStaff()).toEqual([
    '📎 <b>Обращения с 25 октября по 23 ноября</b>\nСтрок: 4. Норма ответа — 8 рабочих часов.',
  ]);
  const { paper } = (await town.papers()) ?? {};
  if (paper?.kind !== 'requests-sheet') throw new Error('another paper');
  expect(paper.data.rows.map(({ number, fate }) => [number, fate])).toEqual([
    [5, 'waiting'],
    [4, 'unanswered'],
    [3, 'late'],
    [2, 'in-time'],
  ]);
  expect(paper.data.rows[3]).toEqual({
    number: 2,
    topic: 'Начисления',
    account: '0012345',
    openedAt: '2026-11-16T09:00',
    answeredAt: '2026-11-16T11:30',
    answerHours: 2.5,
    fate: 'in-time',
    state: 'closed',
    closedAt: '2026-11-20T16:00',
    reopened: 0,
    takenBy: 'Ольга',
    fromResident: 0,
    fromStaff: 1,
    rating: 5,
    ratingWords: '=Быстро',
  });
  expect(paper.data.rows[2]).toMatchObject({ topic: 'gone-topic', answerHours: 9.25, fromStaff: 1 });
  const none = await requestsSheetOf(town.edges, { from: '2026-11-17', to: '2026-11-20' });
  expect(none).toEqual({ from: '2026-11-17', to: '2026-11-20', normHours: 8, rows: [] });
});

test('what residents did comes beside it as figures and a picture, in private as well', async () => {
  const town = await openStats();
  town.at('2026-11-20T10:00');
  const residentId = await make.resident(town.db, { registeredAt: moscow('2026-11-20T10:00') });
  await make.account(town.db, { number: '0012345' });
  await make.account(town.db, { number: '0022222' });
  await make.link(town.db, { residentId, account: '0012345', linkedAt: moscow('2026-11-21T00:30') });
  await town.stats.show(town.by(), 'week');
  expect(await town.ofCabinet()).toEqual([
    [
      '📈 <b>Кабинет за 7 дней</b>',
      'Зарегистрировались: 1, всего жителей: 1.',
      'Подключили лицевые счета: 0, всего в кабинете счетов: 1 из 2.',
      'Передали показания: 0.',
      'Оплатили картой: 0.',
    ].join('\n'),
  ]);
  town.at('2026-11-21T10:00');
  const seen = await town.stats.see(town.by(), 'week');
  if (seen.outcome !== 'seen') throw new Error(seen.outcome);
  const { bars } = seen.cabinet.chart;
  expect(bars).toHaveLength(7);
  expect(bars.at(-2)).toEqual({ from: '2026-11-20', registered: 1, linked: 0, readings: 0, payments: 0 });
  // Still the 20th in London.
  expect(bars.at(-1)).toEqual({ from: '2026-11-21', registered: 0, linked: 1, readings: 0, payments: 0 });
  expect(await town.stats.see({ ...town.by(), messengerId: 'telegram:9' }, 'week')).toEqual({ outcome: 'not-staff' });
});
