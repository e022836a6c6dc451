import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { DAY, number, openTown } from '../town.ts';

const ADDRESS = 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. •••';
const NO = { outcome: 'not-proved' };

describe('by an issued password', () => {
  test('it is read as people type it, is used by the link and not before', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345');
    const password = await town.password('0012345');
    const typed = ` ${password.toLowerCase().slice(0, 5)}-${password.slice(5)}`;
    // Proved and not gone on with: the password is still good.
    expect(await town.linking.proveByPassword(town.by(1), account, typed)).toMatchObject({ outcome: 'proved', address: ADDRESS });
    await town.link(1, '0012345', { password });
    expect(await town.linking.proveByPassword(town.by(2), account, password)).toEqual(NO);
  });

  test('two with the same slip: one link', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    const account = await town.account('0012345');
    const password = await town.password('0012345');
    const proofs = await Promise.all([1, 2].map((person) => town.linking.proveByPassword(town.by(person), account, password)));
    const confirmed = await Promise.all(
      proofs.map((proved, i) => town.linking.confirm(town.by(i + 1), proved.outcome === 'proved' ? proved.proof : '')),
    );
    expect(confirmed.map((each) => each.outcome).sort()).toEqual(['linked', 'too-late']);
  });

  test('it is of one account, ends after 30 days, and with the next one', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0012345');
    await town.account('0012346');
    const first = await town.password('0012345');
    const proves = async (account: string, password: string) =>
      (await town.linking.proveByPassword(town.by(1), number(account), password)).outcome === 'proved';
    expect(await proves('0012346', first)).toBe(false);
    expect(await proves('99999', first)).toBe(false);
    const second = await town.password('0012345');
    expect(await proves('0012345', first)).toBe(false);
    town.later(29.9 * DAY);
    expect(await proves('0012345', second)).toBe(true);
    town.later(0.2 * DAY);
    expect(await proves('0012345', second)).toBe(false);
  });

  test('ten failures end it, of two people five each, however many at once, and staff hear of it', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3]) await town.resident(person);
    const account = await town.account('0012345');
    const password = await town.password('0012345');
    const wrong = password.startsWith('A') ? password.replace('A', 'C') : `A${password.slice(1)}`;
    await Promise.all(Array.from({ length: 50 }, (_, i) => town.linking.proveByPassword(town.by(1 + (i % 2)), account, wrong)));
    const [row] = await town.db.selectFrom('accountPasswords').select(['failures', 'endedWhy']).execute();
    expect(row).toEqual({ failures: 10, endedWhy: 'failures' });
    expect(await town.linking.proveByPassword(town.by(3), account, password)).toEqual(NO);
    const told = await town.escalations();
    expect(told.map(({ kind, words }) => `${kind} ${words.failures}`).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'limit-by-account-password 10',
      'limit-by-person-password 5',
      'limit-by-person-password 5',
    ]);
  });

  test('it is nowhere in what was stored', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0012345');
    const password = await town.password('0012345');
    await town.link(1, '0012345', { password });
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(
      town.db,
    );
    for (const { name } of rows) {
      const dump = await sql<{ all: string | null }>`select string_agg(t::text, ' ') as all from ${sql.table(name)} t`.execute(
        town.db,
      );
      expect(dump.rows[0]?.all ?? '').not.toContain(password);
    }
    expect(rows.length).toBeGreaterThan(15);
  });
});
