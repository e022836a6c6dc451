import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { exportAgain, exportNew, type Outgoing } from '../../../src/office/registries/exports.ts';
import { createGuestAccounts } from '../../../src/office/accounts/guest-accounts.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { meetAtLock } from '../../kit/at-lock.ts';
import { openMeters, typed } from '../readings/meters.ts';
import { DAY, number } from '../town.ts';

async function openDesk() {
  const at = await openMeters();
  await at.meter('12');
  await at.meter('77', { service: 'Электроснабжение', scale: 'ночь', digits: 6 });
  const lines = async (outgoing: Outgoing = READINGS_OUT) => {
    let file = '';
    await exportNew(at.edges, outgoing, async (content) => void (file = content));
    return file.split('\r\n').slice(1, -1);
  };
  const guest = async (person: number, value: number) => {
    const looked = await createGuestAccounts(at.edges).look(at.by(person), number('0012345'));
    const account = { guestAccount: looked.outcome === 'found' ? looked.guestAccount : '' };
    return at.readings.take(at.by(person), account, [typed('12', value)]);
  };
  return { ...at, lines, guest };
}

test('a reading handed in ten times at once, beside exports, is one line of one export', async () => {
  const at = await openDesk();
  const ten = Array.from({ length: 10 }, () => at.take(typed('12', 101), typed('77', 102.125, { scale: 'ночь' })));
  const exported = await Promise.all([at.lines(), ...ten, at.lines(), at.lines()]);
  const lines = [...exported.filter((each) => Array.isArray(each)).flat(), ...(await at.lines())];
  expect(lines.toSorted()).toEqual([
    '0012345;12;Холодное водоснабжение;;101;20.11.2026;житель',
    '0012345;77;Электроснабжение;ночь;102,125;20.11.2026;житель',
  ]);
  expect(await at.rows()).toMatchObject([{ state: 'exported' }, { state: 'exported' }]);
});

test('a corrected reading goes out again, the same one handed in again does not', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  expect(await at.lines()).toHaveLength(1);
  await at.take(typed('12', 101));
  expect(await at.lines()).toEqual([]);
  at.later(DAY);
  await at.take(typed('12', 102));
  expect(await at.lines()).toEqual(['0012345;12;Холодное водоснабжение;;102;21.11.2026;житель']);
  const kept = await at.db
    .selectFrom('exportedReadings')
    .select(['exportNumber', 'value', 'day'])
    .orderBy('exportNumber')
    .execute();
  expect(kept).toEqual([
    { exportNumber: 1, value: '101.000', day: '2026-11-20' },
    { exportNumber: 2, value: '102.000', day: '2026-11-21' },
  ]);
});

test('a guest’s reading goes out, marked, while no resident has handed in; of several guests the newest', async () => {
  const at = await openDesk();
  await at.guest(9, 5);
  at.later(1000);
  await at.guest(10, 6);
  expect(await at.lines()).toEqual(['0012345;12;Холодное водоснабжение;;6;20.11.2026;гость']);
  expect(await at.lines()).toEqual([]);
  await at.take(typed('12', 101));
  at.later(1000);
  await at.guest(10, 7);
  expect(await at.lines()).toEqual(['0012345;12;Холодное водоснабжение;;101;20.11.2026;житель']);
  expect(await at.lines()).toEqual([]);
});

test('a correction that meets an export goes out: with it, or after it', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  // The correction has begun, and waits for the row; the export comes meanwhile.
  const [corrected, first] = await meetAtLock(
    at.db,
    (trx) => sql`select 1 from readings for update`.execute(trx),
    () => at.take(typed('12', 102)),
    () => at.lines(),
  );
  expect(corrected).toMatchObject({ outcome: 'taken' });
  const values = [...first, ...(await at.lines())].map((line) => line.split(';')[4]);
  expect(values.at(-1)).toBe('102');
  const kept = await at.db.selectFrom('exportedReadings').select('value').orderBy('exportNumber').execute();
  expect(kept.map(({ value }) => Number(value))).toEqual(values.map(Number));
});

test('what could not be written is not marked, and takes no number', async () => {
  const at = await openDesk();
  await at.take(typed('12', 101));
  await expect(exportNew(at.edges, READINGS_OUT, () => Promise.reject(new Error('the disk is full')))).rejects.toThrow(
    'the disk is full',
  );
  let file = '';
  expect(await exportNew(at.edges, READINGS_OUT, async (content) => void (file = content))).toEqual({ number: 1, rows: 1 });
  expect((await exportAgain(at.db, 'readings', 1))?.content).toBe(file);
  expect(await exportAgain(at.db, 'payments', 1)).toBe(undefined);
  expect(await exportAgain(at.db, 'readings', 2)).toBe(undefined);
});

test('cells keep to their columns, and none is a formula', async () => {
  const at = await openDesk();
  const cells = ['a;b', 'a"b', 'a\r\nb', '=1+1', '@x', '-12,50', '-x', '+7', '', "'"];
  const wild: Outgoing = { kind: 'payments', columns: ['x'], collect: async () => [cells] };
  let file = '';
  await exportNew(at.edges, wild, async (content) => void (file = content));
  expect(file).toBe(`\ufeffx\r\n"a;b";"a""b";"a\r\nb";'=1+1;'@x;-12,50;'-x;+7;;'\r\n`);
});
