import { expect, test } from 'vitest';
import { listCardButtons } from '../../../src/office/requests/card-buttons.ts';
import { readDeskCard } from '../../../src/office/requests/desk-card.ts';
import type { Db } from '../../../src/records/database.ts';
import * as make from '../../kit/make.ts';
import { openTown } from '../town.ts';

const CLOSED = { state: 'closed' as const, closedAt: new Date('2026-11-01T09:00:00Z'), waitingSince: null };

const requestRow = (db: Db, { id }: { id: string }) =>
  db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('a card names a resident masked, what the account in the cabinet owes, other accounts and the last five requests', async () => {
  const town = await openTown();
  const residentId = await town.resident(1);
  for (const account of ['0012345', '0012346']) {
    await town.account(account);
    await make.link(town.db, { residentId, account });
  }
  await town.charge('0012345', '2026-10', 'Холодная вода', 1234_56);
  const asked = { residentId, messengerId: 'telegram:1', account: '0012345', called: 'Иван' };
  for (let i = 0; i < 6; i++) await make.request(town.db, { ...asked, ...CLOSED });
  const now = await requestRow(town.db, await make.request(town.db, asked));
  const card = await readDeskCard(town.db, now, town.edges);
  expect(card).toMatchObject({
    asker: { is: 'resident', called: 'Иван', login: 're•••1' },
    about: { account: '0012345', isKnown: true, isUnlinked: false, debt: { totalKopecks: 1234_56, period: '2026-10' } },
    others: { named: ['0012346'], count: 1 },
    past: { more: true },
    told: undefined,
  });
  expect(JSON.stringify(card)).not.toContain('resident1');
  expect(card.past.named.map(({ number }) => now.number - number)).toEqual([1, 2, 3, 4, 5]);
});

test('of an account that is not in the cabinet staff see that, and no sum; a guest has no login; an escalation has nobody', async () => {
  const town = await openTown();
  const residentId = await town.resident(1);
  await town.account('0012345');
  await town.charge('0012345', '2026-10', 'Холодная вода', 1234_56);
  const cardOf = async (row: Parameters<typeof make.request>[1]) =>
    readDeskCard(town.db, await requestRow(town.db, await make.request(town.db, row)), town.edges);
  expect((await cardOf({ residentId, account: '0012345' })).about).toMatchObject({ isUnlinked: true, debt: undefined });
  const guest = await cardOf({ account: '0099999' });
  expect(guest.asker).toEqual({ is: 'guest', called: null });
  expect(guest.about).toMatchObject({ address: null, isKnown: false, isUnlinked: false, debt: undefined });
  const escalation = await cardOf({ kind: 'sms-overall', messengerId: 'telegram:1' });
  expect([escalation.asker, escalation.about, escalation.past.named]).toEqual([undefined, undefined, []]);
});

test('buttons follow the state, the phone that can be seen, and whose the request is', async () => {
  const town = await openTown();
  const residentId = await town.resident(1);
  const buttonsOf = async (row: Parameters<typeof make.request>[1]) => {
    const rows = await listCardButtons(town.db, await requestRow(town.db, await make.request(town.db, row)));
    return rows.map((row) => row.map(({ verb, rest }) => [verb, rest].filter(Boolean).join(':')).join(' '));
  };
  expect(await buttonsOf({})).toEqual(['take close']);
  expect(await buttonsOf({ residentId, state: 'taken' })).toEqual(['close', 'phone']);
  expect(await buttonsOf(CLOSED)).toEqual(['reopen']);
  expect(await buttonsOf({ ...CLOSED, messengerId: null })).toEqual([]);
  expect(await buttonsOf({ kind: 'payment-refunded' })).toEqual(['take', 'resolution:settle']);
});
