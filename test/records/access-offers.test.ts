import { expect, test } from 'vitest';
import { insertAccessOffer, listOpenAccessOffers } from '../../src/records/access-offers.ts';
import { DAY, openTown, START } from '../office/town.ts';

test('of one-time links those are open that are good still, from the newest', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  const linkId = await town.link(1, '0012345', { password: await town.password('0012345') });
  const at = (days: number) => new Date(START.getTime() + days * DAY);
  const insert = (madeAt: Date, expiresAt: Date) =>
    town.db.transaction().execute((trx) => insertAccessOffer(trx, { linkId, madeAt, expiresAt }));
  await insert(at(-3), at(-2));
  const older = await insert(at(-1), at(1));
  const newer = await insert(at(0), at(2));
  const open = async (now: Date) => (await listOpenAccessOffers(town.db, linkId, now)).map(({ id }) => id);
  expect(await open(at(0))).toEqual([newer, older]);
  expect(await open(at(1))).toEqual([newer]);
  expect(await open(at(2))).toEqual([]);
});
