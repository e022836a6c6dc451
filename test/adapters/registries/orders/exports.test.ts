import { describe, expect, test } from 'vitest';
import { openPool } from '../../../../src/adapters/postgres/pool.ts';
import { openMeters, typed } from '../../../office/readings/meters.ts';
import { outfit, START } from './outfit.ts';

test('an export comes as a file with its number, also where the process died before it was handed over; again by its number', async () => {
  const meters = await openMeters();
  await meters.meter('12');
  const at = outfit(meters.db, openPool({ connectionString: 'postgres://127.0.0.1:1/none' }));
  await at.registries.export(at.by(702), 'readings');
  await at.work();
  expect(at.handed).toEqual([]);
  expect(at.chat.at(-1)?.text).toContain('Новых показаний нет');

  await meters.take(typed('12', 101));
  await at.registries.export(at.by(702), 'readings');
  at.trip((what) => (what === 'hand' ? new Error('killed') : undefined));
  await at.work();
  expect((await at.orders()).at(-1)).toMatchObject({ state: 'exported', exportNumber: 1, told: false });
  at.trip(undefined);
  at.later(5000);
  await at.work();
  expect(at.handed.map(({ name, to }) => `${to} ${name}`)).toEqual(['telegram:702 readings-1.csv']);
  expect(at.handed[0]?.content).toBe(
    '\ufeffЛС;Номер счетчика;Услуга;Шкала;Показание;Дата;Источник\r\n0012345;12;Холодное водоснабжение;;101;20.11.2026;житель\r\n',
  );

  expect(await at.registries.exportAgain(at.by(702), 'readings', 2)).toEqual({ outcome: 'no-such-export', last: 1 });
  expect(await at.registries.exportAgain(at.by(702), 'readings', 1)).toEqual({ outcome: 'exporting' });
  await at.work();
  expect(at.handed).toHaveLength(2);
  expect(at.handed[1]).toEqual(at.handed[0]);
  expect(await meters.db.selectFrom('exports').select('number').execute()).toEqual([{ number: 1 }]);
});

test('who left the group meanwhile is handed nothing, and nothing is exported for them', async () => {
  const meters = await openMeters();
  await meters.meter('12');
  const at = outfit(meters.db, openPool({ connectionString: 'postgres://127.0.0.1:1/none' }));
  await meters.take(typed('12', 101));
  await at.registries.export(at.by(702), 'readings');
  at.trip((what) => (what === 'hand' ? new Error('killed') : undefined));
  await at.work();
  at.trip(undefined);
  await meters.take(typed('12', 102));
  await at.registries.export(at.by(702), 'readings');
  at.staff.delete('telegram:702');
  at.later(5000);
  await at.work();
  expect(at.handed).toEqual([]);
  expect(at.chat).toEqual([]);
  expect(await at.orders()).toMatchObject([
    { state: 'exported', exportNumber: 1, told: true },
    { state: 'dropped', exportNumber: null, told: true },
  ]);
  // A colleague has what was made by its number.
  expect(await at.registries.exportAgain(at.by(701), 'readings', 1)).toEqual({ outcome: 'exporting' });
  await at.work();
  expect(at.handed.map(({ name, to }) => `${to} ${name}`)).toEqual(['telegram:701 readings-1.csv']);
});

type At = ReturnType<typeof outfit>;

/** How an export that is made ends without being handed over. */
const ENDS: readonly [string, (at: At) => Promise<void>][] = [
  [
    'Telegram takes no file for half an hour',
    async (at) => {
      at.trip((what) => (what === 'hand' ? new Error('no answer') : undefined));
      for (let tries = 0; tries < 14; tries += 1) {
        await at.work();
        at.later(700_000);
      }
    },
  ],
  [
    'who asked for it has blocked the bot',
    async (at) => {
      at.parts.voice.hand = async () => false;
      await at.work();
    },
  ],
  [
    'processes die over it',
    async (at) => {
      at.trip((what) => (what === 'hand' ? new Error('killed') : undefined));
      await at.work();
      await at.parts.db.updateTable('registryOrders').set({ begun: 3 }).execute();
      at.later(5000);
      await at.work();
    },
  ],
  [
    'who asked for it has left the group',
    async (at) => {
      at.trip((what) => (what === 'hand' ? new Error('no answer') : undefined));
      await at.work();
      at.trip(undefined);
      at.staff.delete('telegram:701');
      at.later(5000);
      await at.work();
    },
  ],
];

describe.each(['readings', 'payments'] as const)('of an export of %s that cannot be handed over', (kind) => {
  async function openMade() {
    const { db } = await openMeters();
    await db.insertInto('exports').values({ kind, number: 7, madeAt: START, rows: 3, content: 'ЛС\r\n' }).execute();
    const at = outfit(db, openPool({ connectionString: 'postgres://127.0.0.1:1/none' }));
    const notices = () => db.selectFrom('outbox').select(['addressee', 'text', 'words']).where('kind', '=', 'notice').execute();
    await at.registries.exportAgain(at.by(701), kind, 7);
    return { at, notices };
  }

  test.each(ENDS)('the group reads by which number it is had: %s', async (_, end) => {
    const { at, notices } = await openMade();
    const { hand } = at.parts.voice;
    await end(at);
    expect(at.handed).toEqual([]);
    expect(await at.orders()).toMatchObject([{ state: 'exported', exportNumber: 7, told: true }]);
    expect(await notices()).toEqual([
      { addressee: 'staff', text: 'staff-export-unhanded', words: { kind, number: '7', rows: 3, by: 'Ольга' } },
    ]);
    at.later(3_600_000);
    await at.work();
    expect(await notices()).toHaveLength(1);

    at.trip(undefined);
    at.parts.voice.hand = hand;
    at.staff.add('telegram:701');
    await at.registries.exportAgain(at.by(701), kind, 7);
    await at.work();
    expect(at.handed.map(({ name }) => name)).toEqual([`${kind}-7.csv`]);
  });

  test('nothing is said to the group where it was', async () => {
    const { at, notices } = await openMade();
    await at.work();
    expect(at.handed).toHaveLength(1);
    expect(await notices()).toEqual([]);
  });
});
