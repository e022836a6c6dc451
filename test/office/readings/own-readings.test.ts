import { expect, test } from 'vitest';
import { createGuestAccounts } from '../../../src/office/accounts/guest-accounts.ts';
import { READING_PHOTOS } from '../../../src/domain/limits.ts';
import { forgetReadingsOfSubmitter } from '../../../src/office/readings/own-readings.ts';
import { openMeters, typed } from './meters.ts';
import { DAY, number } from '../town.ts';

async function withTwoWindows() {
  const at = await openMeters();
  await at.meter('12');
  const guests = createGuestAccounts(at.edges);
  const looked = await guests.look(at.by(9), number('0012345'));
  const guest = { guestAccount: looked.outcome === 'found' ? looked.guestAccount : '' };
  await at.readings.take(at.by(9), guest, [typed('12', 104)]);
  await at.take(typed('12', 105));
  at.later(30 * DAY);
  await at.signInAnew();
  await at.take(typed('12', 110));
  return { ...at, guests, guest };
}

test('windows from the newest, and who handed in what', async () => {
  const at = await withTwoWindows();
  expect(await at.ownReadings.list(at.by(1), at.mine)).toMatchObject({
    outcome: 'listed',
    month: '2026-12',
    earlier: '2026-11',
    later: null,
    readings: [{ number: '12', value: 110_000, day: '2026-12-20', by: 'you', state: 'taken', reason: null }],
  });
  expect(await at.ownReadings.list(at.by(1), at.mine, '2026-11')).toMatchObject({
    earlier: null,
    later: '2026-12',
    readings: [
      { value: 105_000, by: 'you', state: 'taken' },
      { value: 104_000, by: 'guest', state: 'not-needed' },
    ],
  });
  expect(await at.ownReadings.list(at.by(1), at.mine, '2020-01')).toMatchObject({ month: '2026-12' });
});

test('what was used is told by month from the newest, by billing’s values and what residents handed in, and to no guest', async () => {
  const at = await withTwoWindows();
  // What a guest handed in tells nothing.
  await at.db.updateTable('readings').set({ value: '300' }).where('submittedBy', '<>', 'resident').execute();
  const usesFor = async (person: number, account: Parameters<typeof at.ownReadings.list>[1] = at.mine) => {
    const listed = await at.ownReadings.list(at.by(person), account);
    return listed.outcome === 'listed' ? listed.uses : listed.outcome;
  };
  const scale = { number: '12', scale: '', service: 'Холодное водоснабжение' };
  const ours = [
    { period: '2026-12', used: 5_000 },
    { period: '2026-11', used: 4_500 },
  ];
  expect(await usesFor(1)).toEqual([{ ...scale, months: ours }]);
  const looked = await at.guests.look(at.by(9), number('0012345'));
  expect(looked.outcome).toBe('found');
  expect(await usesFor(9, { guestAccount: looked.outcome === 'found' ? looked.guestAccount : '' })).toEqual([]);

  // No more than half a year.
  const value = (month: number) => ({
    account: '0012345',
    number: '12',
    scale: '',
    day: `2026-0${month}-21`,
    value: `${month}0`,
  });
  await at.db.insertInto('meterValues').values([4, 5, 6, 7, 8, 9].map(value)).execute();
  const billed = [
    { period: '2026-10', used: 10_500 },
    { period: '2026-09', used: 10_000 },
    { period: '2026-08', used: 10_000 },
    { period: '2026-07', used: 10_000 },
  ];
  expect(await usesFor(1)).toEqual([{ ...scale, months: [...ours, ...billed] }]);

  // Of one month its reading says it; what billing refused is none.
  await at.db.deleteFrom('meterValues').where('day', '<', '2026-10-01').execute();
  await at.db.updateTable('readings').set({ state: 'refused' }).where('value', '=', '110').execute();
  expect(await usesFor(1)).toEqual([]);
});

test('another resident of the account sees that it was not him; strangers see nothing', async () => {
  const at = await withTwoWindows();
  await at.resident(2);
  await at.resident(3);
  const link = await at.link(2, '0012345', { sum: 1_234_56 });
  expect(await at.ownReadings.list(at.by(2), { link })).toMatchObject({ readings: [{ by: 'resident' }] });
  expect(await at.ownReadings.list(at.by(3), { link })).toEqual({ outcome: 'gone' });
  expect(await at.ownReadings.list(at.by(4), { link })).toEqual({ outcome: 'guest' });
  await at.links.unlink(at.by(2), link);
  expect(await at.ownReadings.list(at.by(2), { link })).toEqual({ outcome: 'gone' });
});

test('after unlinking no photo is asked for what was handed in for the account', async () => {
  const at = await withTwoWindows();
  const [reading] = await at.ownReadings.recent(at.by(1));
  expect(reading).toMatchObject({ account: '0012345' });
  await at.links.unlink(at.by(1), at.mine.link);
  expect(await at.ownReadings.recent(at.by(1))).toEqual([]);
  const photo = { file: 'f', unique: 'u' };
  expect(await at.ownReadings.addPhoto(at.by(1), reading?.reading ?? '', photo)).toEqual({ outcome: 'gone' });
});

test('a guest sees his own, and once he has linked the account it is among the rest as his', async () => {
  const at = await withTwoWindows();
  const looked = await at.guests.look(at.by(9), number('0012345'));
  const guest = { guestAccount: looked.outcome === 'found' ? looked.guestAccount : '' };
  expect(await at.ownReadings.list(at.by(9), guest)).toMatchObject({
    month: '2026-11',
    earlier: null,
    later: null,
    readings: [{ value: 104_000 }],
  });
  await at.resident(9);
  const link = await at.link(9, '0012345', { sum: 1_234_56 });
  expect(await at.ownReadings.list(at.by(9), { link }, '2026-11')).toMatchObject({
    readings: [{ by: 'resident' }, { value: 104_000, by: 'you-as-guest' }],
  });
});

test('photos go to readings of one’s own, the same picture once, five at most', async () => {
  const at = await withTwoWindows();
  const [recent, ...more] = await at.ownReadings.recent(at.by(1));
  expect(recent).toMatchObject({ account: '0012345', number: '12', value: 110_000 });
  expect(more).toEqual([]);
  const reading = recent?.reading ?? '';
  const photo = { file: 'f1', unique: 'u1' };
  expect(await at.ownReadings.addPhoto(at.by(9), reading, photo)).toEqual({ outcome: 'gone' });
  expect(await at.ownReadings.addPhoto(at.by(1), 'x', photo)).toEqual({ outcome: 'gone' });
  for (const unique of ['u1', 'u1', 'u2', 'u3', 'u4', 'u5'])
    expect(await at.ownReadings.addPhoto(at.by(1), reading, { file: 'f', unique })).toEqual({ outcome: 'added' });
  expect(await at.ownReadings.addPhoto(at.by(1), reading, { file: 'f', unique: 'u6' })).toEqual({ outcome: 'enough' });
  expect(await at.db.selectFrom('readingPhotos').select('uniqueFile').orderBy('uniqueFile').execute()).toEqual(
    ['u1', 'u2', 'u3', 'u4', 'u5'].map((uniqueFile) => ({ uniqueFile })),
  );
  at.later(8 * DAY);
  await at.signInAnew();
  expect(await at.ownReadings.recent(at.by(1))).toEqual([]);
});

test('of whom staff do not listen to no photo is taken, and of nobody more than so many in a day', async () => {
  const at = await withTwoWindows();
  const reading = (await at.ownReadings.recent(at.by(1)))[0]?.reading ?? '';
  const add = (unique: string) => at.ownReadings.addPhoto(at.by(1), reading, { file: 'f', unique });
  await at.db
    .insertInto('silenced')
    .values({ messengerId: 'telegram:1', until: null, by: 'telegram:801', at: at.now() })
    .execute();
  expect(await add('u1')).toEqual({ outcome: 'silenced', until: null });
  expect(await at.db.selectFrom('readingPhotos').select('id').execute()).toEqual([]);
  await at.db.deleteFrom('silenced').execute();

  // Each as if it were of another reading.
  for (let n = 0; n < READING_PHOTOS.count; n += 1) {
    expect(await add(`u${n}`)).toEqual({ outcome: 'added' });
    await at.db.deleteFrom('readingPhotos').execute();
  }
  expect(await add('more')).toEqual({ outcome: 'enough-today', until: expect.any(String) as string });
  at.later(DAY + 60_000);
  await at.signInAnew();
  expect(await add('more')).toEqual({ outcome: 'added' });
});

test('one picture of several scales is one of the day, and goes on to them where a new one is refused', async () => {
  const at = await withTwoWindows();
  const [reading] = await at.db.selectFrom('readings').selectAll().where('number', '=', '12').orderBy('day', 'desc').execute();
  if (!reading) throw new Error('No reading');
  const { id: _, ...row } = reading;
  const others = await at.db
    .insertInto('readings')
    .values(['T1', 'T2', 'T3'].map((scale) => ({ ...row, scale })))
    .returning('id')
    .execute();
  const readings = [reading.id, ...others.map(({ id }) => id)];
  const add = (to: string, unique: string) => at.ownReadings.addPhoto(at.by(1), to, { file: 'f', unique });
  for (const to of readings) for (const unique of ['u1', 'u2', 'u3']) expect(await add(to, unique)).toEqual({ outcome: 'added' });
  // By the messenger account; by the login they are counted as well.
  const counted = () =>
    at.db
      .selectFrom('rateLimitHits')
      .select('kind')
      .where('kind', '=', 'reading-photo')
      .where('subject', '=', 'telegram:1')
      .execute();
  expect(await counted()).toHaveLength(3);

  const hits = Array.from({ length: READING_PHOTOS.count - 3 }, () => ({
    kind: 'reading-photo' as const,
    subject: 'telegram:1',
    at: at.now(),
  }));
  await at.db.insertInto('rateLimitHits').values(hits).execute();
  await at.db.deleteFrom('readingPhotos').where('readingId', '!=', reading.id).execute();
  expect(await add(readings[1] ?? '', 'new')).toMatchObject({ outcome: 'enough-today' });
  expect(await add(readings[1] ?? '', 'u1')).toEqual({ outcome: 'added' });
  // On another day it is another one of that day.
  at.later(DAY + 60_000);
  await at.signInAnew();
  await at.db.deleteFrom('rateLimitHits').execute();
  expect(await add(readings[2] ?? '', 'u3')).toEqual({ outcome: 'added' });
  expect(await counted()).toHaveLength(1);
});

test('the rest of an album goes to the readings with which its first photo stands, and to nobody else’s', async () => {
  const at = await withTwoWindows();
  const [reading] = await at.ownReadings.recent(at.by(1));
  await at.ownReadings.addPhoto(at.by(1), reading?.reading ?? '', { file: 'f', unique: 'first' });
  const add = (who: number, first: string, unique: string) => at.ownReadings.addToAlbum(at.by(who), first, { file: 'f', unique });
  expect(await add(1, 'first', 'second')).toEqual({ outcome: 'added' });
  expect(await add(1, 'another', 'third')).toEqual({ outcome: 'gone' });
  expect(await add(9, 'first', 'third')).toEqual({ outcome: 'gone' });
  for (const unique of ['u3', 'u4', 'u5']) expect(await add(1, 'first', unique)).toEqual({ outcome: 'added' });
  expect(await add(1, 'first', 'u6')).toEqual({ outcome: 'enough' });
  const kept = await at.db.selectFrom('readingPhotos').select('uniqueFile').orderBy('uniqueFile').execute();
  expect(kept.map(({ uniqueFile }) => uniqueFile)).toEqual(['first', 'second', 'u3', 'u4', 'u5']);
});

test('who goes leaves no trace of himself; what the account was charged by stays', async () => {
  const at = await withTwoWindows();
  const [reading] = await at.ownReadings.recent(at.by(1));
  await at.ownReadings.addPhoto(at.by(1), reading?.reading ?? '', { file: 'f', unique: 'u' });
  const { id } = await at.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();
  // The account from which he sent the photo is no longer among his.
  await at.db
    .transaction()
    .execute((trx) => forgetReadingsOfSubmitter(trx, { residentId: id, messengerIds: ['telegram:9'], now: new Date() }));
  expect(await at.db.selectFrom('readingPhotos').select('id').execute()).toEqual([]);
  await at.db.deleteFrom('residents').execute();
  const rows = await at.db
    .selectFrom('readings')
    .select(['submittedBy', 'residentId'])
    .orderBy('takenAt')
    .orderBy('value')
    .execute();
  expect(rows).toEqual([
    { submittedBy: expect.stringMatching(/^gone:/) as string, residentId: null },
    { submittedBy: 'resident', residentId: null },
    { submittedBy: 'resident', residentId: null },
  ]);
});
