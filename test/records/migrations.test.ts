import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, migrateAsFarAs } from '../../src/records/migrate.ts';
import { testDatabase } from '../kit/postgres.ts';

const NAMES = readdirSync(new URL('../../migrations/', import.meta.url)).map((file) => file.replace('.ts', ''));
const AT = '2026-11-01T09:00:00Z';

test('a base of before the names goes on: readings keep who submitted them, lines whose turn it is, registries their states', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  expect(
    await migrateAsFarAs(
      db,
      NAMES.filter((name) => name < '0010').toSorted((a, b) => a.localeCompare(b)),
    ),
  ).toBe(true);
  await sql`insert into accounts (number, owner_name, address) values ('0012345', 'Иванов И. И.', 'ул. Мира, 1')`.execute(db);
  await sql`
    insert into readings (account, number, scale, service, window_opens, value, day, giver, taken_at)
    values ('0012345', 'M1', '', 'Вода', '2026-11-20', 12, '2026-11-21', 'telegram:7', ${AT})
  `.execute(db);
  await sql`
    insert into outbox (kind, line, addressee, whose, text, created_at, run_at)
    values ('notice', 'notices/staff', 'staff', 'notices', 'staff-repeated', ${AT}, ${AT})
  `.execute(db);
  for (const state of ['to-conduct', 'conducted', 'dropped'])
    await sql`
      insert into registry_orders (messenger_id, by_name, senior, what, file, file_name, state, made_at, state_at, told, run_at)
      values ('telegram:8', 'Ольга', false, 'import', 'f', 'f.csv', ${state}, ${AT}, ${AT}, true, ${AT})
    `.execute(db);

  expect(await migrate(db)).toContain('0010_names');
  expect(await db.selectFrom('readings').select(['value', 'submittedBy']).execute()).toMatchObject([
    { submittedBy: 'telegram:7' },
  ]);
  expect(await db.selectFrom('outbox').select('owner').execute()).toEqual([{ owner: 'notices' }]);
  const orders = await db.selectFrom('registryOrders').select('state').orderBy('entry').execute();
  expect(orders.map(({ state }) => state)).toEqual(['to-apply', 'applied', 'dropped']);
});
