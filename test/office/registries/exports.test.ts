import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { exportAgain, exportNew, type Outgoing } from '../../../src/office/registries/exports.ts';
import { createGuestAccounts } from '../../../src/office/accounts/guest-accounts.ts';
import { applyReadingAnswers, USUAL_READING_RULES } from '../../../src/office/readings/reading-answers.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import type { Trx } from '../../../src/records/database.ts';
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

const holdRows = (trx: Trx) => sql`select 1 from readings for update`.execute(trx);

test.each(['a correction', 'an export'])(
  'a correction that meets an export goes out, with it or after it: %s came first',
  async (first) => {
    const at = await openDesk();
    await at.take(typed('12', 101));
    // Who came first has begun, and waits for the row; the other comes meanwhile.
    const corrects = () => at.take(typed('12', 102));
    const exports = () => at.lines();
    const met = async () => {
      if (first === 'a correction') return meetAtLock(at.db, holdRows, corrects, exports);
      const [lines, corrected] = await meetAtLock(at.db, holdRows, exports, corrects);
      return [corrected, lines] as const;
    };
    const [corrected, lines] = await met();
    expect(corrected).toMatchObject({ outcome: 'taken' });
    const values = [...lines, ...(await at.lines())].map((line) => line.split(';')[4]);
    expect(values.at(-1)).toBe('102');
    const kept = await at.db.selectFrom('exportedReadings').select('value').orderBy('exportNumber').execute();
    expect(kept.map(({ value }) => Number(value))).toEqual(values.map(Number));
  },
);

/** Billing accepts 101 of the twentieth. */
async function openAnswered() {
  const at = await openDesk();
  await at.take(typed('12', 101));
  const answer = { account: '0012345', number: '12', value: '101', day: '2026-11-20', result: 'accepted', reason: null } as const;
  await at.db.insertInto('readingAnswers').values(answer).execute();
  const answers = () =>
    at.db
      .transaction()
      .execute((trx) => applyReadingAnswers(trx, at.edges.clock(), { ...USUAL_READING_RULES, timeZone: 'Europe/Moscow' }));
  return { ...at, answers };
}

test('an answer that meets the export of its reading waits for that, and is not lost', async () => {
  const at = await openAnswered();
  await meetAtLock(at.db, holdRows, () => at.lines(), at.answers);
  expect(await at.rows()).toMatchObject([{ value: '101.000', state: 'accepted' }]);
});

test.each(['a correction', 'an answer'])(
  'an answer says nothing of the correction that it meets: %s came first',
  async (first) => {
    const at = await openAnswered();
    await at.lines();
    at.later(1000);
    const corrects = () => at.take(typed('12', 102));
    await (first === 'a correction'
      ? meetAtLock(at.db, holdRows, corrects, at.answers)
      : meetAtLock(at.db, holdRows, at.answers, corrects));
    expect(await at.rows()).toMatchObject([{ value: '102.000', state: 'taken' }]);
    expect((await at.lines()).map((line) => line.split(';')[4])).toEqual(['102']);
  },
);

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
