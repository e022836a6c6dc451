import { expect, test } from 'vitest';
import { sayClosed } from '../../../src/office/staff/closed-hours.ts';
import { findRequest } from '../../../src/records/requests.ts';
import { openDeskTown } from './desk-town.ts';

async function openDoor() {
  const town = await openDeskTown();
  /** The resident writes in a request at this time; what the bot says to that. */
  const hears = async (id: string, time: string) => {
    town.at(time);
    const before = (await town.said()).length;
    await town.db.transaction().execute(async (trx) => {
      const request = await findRequest(trx, id);
      if (request) await sayClosed(trx, town.edges, request, town.edges.clock());
    });
    return (await town.said()).slice(before);
  };
  return { ...town, hears };
}

test('who writes out of hours hears once when they end; who writes in hours hears nothing', async () => {
  const { opened, hears } = await openDoor();
  const [first, second] = [await opened(), await opened()];
  const told = (words: string) => [{ to: 'telegram:701', words }];
  expect(await hears(first ?? '', '2026-11-20T16:59')).toEqual([]);
  const weekend = told('Сейчас мы не работаем. Вернёмся 23 ноября в 08:00 и ответим на обращение № 1.');
  expect(await hears(first ?? '', '2026-11-20T17:00')).toEqual(weekend);
  expect(await hears(first ?? '', '2026-11-22T23:59')).toEqual([]);
  expect(await hears(second ?? '', '2026-11-22T23:59')).toEqual(
    told('Сейчас мы не работаем. Вернёмся 23 ноября в 08:00 и ответим на обращение № 2.'),
  );
  expect(await hears(first ?? '', '2026-11-23T08:00')).toEqual([]);
  expect(await hears(first ?? '', '2026-11-23T12:01')).toEqual(
    told('Сейчас у нас обед. Вернёмся сегодня в 12:45 и ответим на обращение № 1.'),
  );
  expect(await hears(first ?? '', '2026-11-23T17:01')).toHaveLength(1);
});

test('not while a colleague answers out of hours, and never about an escalation of the bot’s', async () => {
  const { opened, hears, at, change } = await openDoor();
  const [answered, escalation] = [await opened(), await opened({ kind: 'not-me' })];
  at('2026-11-20T19:00');
  await change(answered ?? '', { state: 'answered', waitingSince: null });
  expect(await hears(answered ?? '', '2026-11-20T19:05')).toEqual([]);
  // The next evening that colleague is gone.
  expect(await hears(answered ?? '', '2026-11-23T17:05')).toHaveLength(1);
  expect(await hears(escalation ?? '', '2026-11-21T12:00')).toEqual([]);
});

test('past the holidays that are known nobody is promised a day: it may be January 1', async () => {
  const { opened, hears } = await openDoor();
  const id = (await opened()) ?? '';
  expect((await hears(id, '2026-12-30T17:30'))[0]?.words).toContain(
    'Ответим на обращение № 1 в первый рабочий день; какой это день, бот пока не знает',
  );
  // Once, whatever evening it is.
  expect(await hears(id, '2027-01-05T17:30')).toEqual([]);
});
