import { expect, test } from 'vitest';
import { mayReadIn, readerOf } from '../../../src/office/requests/reader.ts';
import { openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const HERE = 'telegram:1';

type Town = Awaited<ReturnType<typeof openTown>>;
type Case = { meanwhile: (town: Town, id: string) => Promise<unknown>; read: object; here: boolean };

const end = (town: Town, person: number) =>
  town.db.updateTable('sessions').set({ endedAt: town.now() }).where('messengerId', '=', `telegram:${person}`).execute();

const CASES: Readonly<Record<string, Case>> = {
  'signed in where he wrote': { meanwhile: async () => undefined, read: { reads: HERE }, here: true },
  'signed out there, signed in elsewhere': { meanwhile: (town) => end(town, 1), read: { reads: 'telegram:2' }, here: false },
  'signed out everywhere': {
    meanwhile: async (town) => [await end(town, 1), await end(town, 2)],
    read: { waits: HERE },
    here: false,
  },
  'somebody else signed in there': {
    meanwhile: async (town) => {
      const other = await town.resident(3);
      await end(town, 1);
      await end(town, 2);
      const opened = { openedAt: town.now(), seenAt: town.now(), endedAt: null };
      await make.session(town.db, { residentId: other, messengerId: HERE, ...opened });
    },
    read: { waits: HERE },
    here: false,
  },
  'the sign-in ran out': {
    meanwhile: async (town) => town.later(61 * 86_400_000),
    read: { waits: HERE },
    here: false,
  },
  'somebody else proved the phone to be his': {
    meanwhile: (town, id) => town.db.updateTable('residents').set({ phone: null }).where('id', '=', id).execute(),
    read: { waits: HERE },
    here: false,
  },
};

test.each(Object.entries(CASES))('an answer to a resident: %s', async (_, { meanwhile, read, here }) => {
  const town = await openTown();
  const id = await town.resident(1, 2);
  await meanwhile(town, id);
  expect(await readerOf(town.db, { residentId: id, messengerId: HERE }, town.now())).toEqual(read);
  expect(await mayReadIn(town.db, { residentId: id }, HERE, town.now())).toBe(here);
});

test('a guest’s request is answered where it was written, whoever signs in or out there', async () => {
  const town = await openTown();
  await town.resident(1);
  await end(town, 1);
  expect(await readerOf(town.db, { residentId: null, messengerId: HERE }, town.now())).toEqual({ reads: HERE });
  expect(await mayReadIn(town.db, { residentId: null }, HERE, town.now())).toBe(true);
});
