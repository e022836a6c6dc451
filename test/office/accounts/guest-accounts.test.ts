import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { AccountNumber } from '../../../src/domain/account-number.ts';
import { createGuestAccounts, openGuestAccount } from '../../../src/office/accounts/guest-accounts.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { DAY, MINUTE, number, openTown } from '../town.ts';

async function openFront() {
  const town = await openTown();
  const guests = createGuestAccounts(town.edges);
  await town.account('0012345');
  const look = (person: number, account: string) => guests.look(town.by(person), number(account));
  async function found(person: number, account: string): Promise<string> {
    const looked = await look(person, account);
    if (looked.outcome !== 'found') throw new Error(looked.outcome);
    return looked.guestAccount;
  }
  return { ...town, guests, look, found };
}

/** So many accounts with numbers of their own. */
const numbers = (count: number): AccountNumber[] => Array.from({ length: count }, (_, i) => number(`77000${100 + i}`));

test('a guest sees the address without the flat, and nothing else', async () => {
  const town = await openFront();
  const looked = await town.look(1, '0012345');
  expect(looked).toEqual({
    outcome: 'found',
    guestAccount: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. •••',
  });
  expect(await town.look(1, '0012346')).toEqual({ outcome: 'unknown' });
  expect(await town.look(1, '00012345')).toEqual({ outcome: 'unknown' });
});

test('ten different numbers a day, right or wrong; the same again is free, and the limit says nothing about a number', async () => {
  const town = await openFront();
  for (const each of numbers(9)) {
    expect((await town.look(1, each)).outcome).toBe('unknown');
    town.later(MINUTE);
  }
  const id = await town.found(1, '0012345');
  const limit = { outcome: 'limit', until: '2026-11-21T09:00:00.000Z' };
  await town.account('0099999');
  expect(await town.look(1, '0099999')).toEqual(limit);
  expect(await town.look(1, '0099998')).toEqual(limit);
  expect(await town.found(1, '0012345')).toBe(id);
  expect((await town.look(2, '0099999')).outcome).toBe('found');

  town.later(DAY - 9 * MINUTE - 1);
  expect(await town.look(1, '0099999')).toEqual(limit);
  town.later(1);
  expect((await town.look(1, '0099999')).outcome).toBe('found');
  expect(await town.look(1, '0099998')).toEqual({ outcome: 'limit', until: '2026-11-21T09:01:00.000Z' });
  // Staff are told each time that the limit is reached, on one card as long as they have it open.
  expect(await town.cards()).toMatchObject([
    { text: 'staff-guest-lookups', account: '0099999', words: { account: '0099999', looked: 10, repeats: 1 } },
  ]);
});

test('looking at one number day after day counts once a day', async () => {
  const town = await openFront();
  for (let day = 0; day < 12; day += 1) {
    await town.found(1, '0012345');
    town.later(DAY);
  }
  expect(await town.db.selectFrom('guestLookups').select('account').execute()).toHaveLength(1);
});

test('thirty looks at once, at two desks, leave room for ten', async () => {
  const town = await openFront();
  const all = numbers(30);
  for (const each of all) await town.account(each);
  const second = createGuestAccounts({ db: town.db, clock: town.now });
  const looked = await Promise.all(all.map((each, i) => (i % 2 ? town.guests : second).look(town.by(1), each)));
  const outcomes = looked.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'found')).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === 'limit')).toHaveLength(20);
  expect(await town.db.selectFrom('guestLookups').select('account').execute()).toHaveLength(10);
  expect(await town.escalations()).toHaveLength(1);
});

test('one number ten times at once is one look-up', async () => {
  const town = await openFront();
  const ids = await Promise.all(Array.from({ length: 10 }, () => town.found(1, '0012345')));
  expect(new Set(ids).size).toBe(1);
});

test('a repeated update hears what it heard, and counts once', async () => {
  const town = await openFront();
  const caller = town.by(1, 'the same');
  const first = await town.guests.look(caller, number('0012345'));
  for (const each of numbers(9)) await town.look(1, each);
  expect(await town.guests.look(caller, number('0012345'))).toEqual(first);
  expect((await town.look(1, '5550001')).outcome).toBe('limit');
});

test('five thousand a day over all people together, and staff hear of it once', async () => {
  const town = await openFront();
  await sql`
    insert into guest_lookups (messenger_id, account, counted_at, seen_at)
    select 'telegram:' || (1000 + n / 10), '77' || lpad(n::text, 6, '0'), ${town.now()}::timestamptz - n * interval '1 second', ${town.now()}
    from generate_series(1, 4999) n`.execute(town.db);
  const id = await town.found(1, '0012345');
  expect(await town.look(1, '5550001')).toEqual({ outcome: 'crowded', until: '2026-11-21T07:37:00.000Z' });
  expect(await town.look(2, '0012345')).toMatchObject({ outcome: 'crowded' });
  expect(await town.found(1, '0012345')).toBe(id);
  expect(await town.escalations()).toMatchObject([{ kind: 'guest-lookups-overall', words: { looked: 5000 } }]);
});

test('what a resident has linked is his own and counts for nothing', async () => {
  const town = await openFront();
  await town.resident(1);
  await town.account('0022222', [['2026-10-10', 123_45]]);
  const link = await town.link(1, '0022222', { sum: 123_45 });
  expect(await town.look(1, '0022222')).toEqual({ outcome: 'linked', link });
  expect(await town.look(1, '0012345')).toMatchObject({ outcome: 'found' });
  expect(await town.look(2, '0022222')).toMatchObject({ outcome: 'found' });
  expect(await town.db.selectFrom('guestLookups').select(['messengerId', 'account']).orderBy('account').execute()).toEqual([
    { messengerId: 'telegram:1', account: '0012345' },
    { messengerId: 'telegram:2', account: '0022222' },
  ]);
});

test('an id opens for its own person and a day, and made-up ones open nothing', async () => {
  const town = await openFront();
  const id = await town.found(1, '0012345');
  const gone = { outcome: 'gone' };
  const address = 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. •••';
  expect(await town.guests.open(town.by(1), id)).toEqual({ outcome: 'open', account: '0012345', address, closed: false });
  expect(await town.guests.open(town.by(2), id)).toEqual(gone);
  for (const forged of ['', '0012345', `${id}0`, id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), "'; select 1 --", '\0'])
    expect(await town.guests.open(town.by(1), forged)).toEqual(gone);
  // An unknown number has no account behind it, however one comes by its id.
  await town.look(1, '5550001');
  const unknown = await town.db
    .selectFrom('guestLookups')
    .select('id')
    .where('account', '=', '5550001')
    .executeTakeFirstOrThrow();
  expect(await town.guests.open(town.by(1), unknown.id)).toEqual(gone);

  town.later(DAY - 1);
  expect(await openGuestAccount(town.db, town.by(1), id, town.now())).toMatchObject({ account: '0012345' });
  await town.found(1, '0012345');
  town.later(DAY - 1);
  expect(await town.guests.open(town.by(1), id)).toMatchObject({ outcome: 'open' });
  town.later(1);
  expect(await town.guests.open(town.by(1), id)).toEqual(gone);
});

test('what was looked up is forgotten after two days', async () => {
  const town = await openFront();
  await town.found(1, '0012345');
  const retention = createRetention(town.edges);
  town.later(2 * DAY);
  await retention.deleteExpired();
  expect(await town.db.selectFrom('guestLookups').select('id').execute()).toHaveLength(1);
  town.later(1);
  await retention.deleteExpired();
  expect(await town.db.selectFrom('guestLookups').select('id').execute()).toEqual([]);
});

test('what was looked up as a guest is the caller’s own once it is linked, as long as the caller is signed in', async () => {
  const town = await openFront();
  await town.resident(1);
  const id = await town.found(1, '0012345');
  expect(await town.guests.open(town.by(1), id)).toMatchObject({ outcome: 'open', account: '0012345' });
  const link = await town.link(1, '0012345', { password: await town.password('0012345') });
  expect(await town.guests.open(town.by(1), id)).toEqual({ outcome: 'linked', link });
  await sql`update sessions set ended_at = ${town.now()}`.execute(town.db);
  expect(await town.guests.open(town.by(1), id)).toMatchObject({ outcome: 'open' });
});
