import { expect, test } from 'vitest';
import { openPool } from '../../../../src/adapters/postgres/pool.ts';
import { openMeters, typed } from '../../../office/readings/meters.ts';
import { outfit } from './outfit.ts';

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
