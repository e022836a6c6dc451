import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from './postgres.ts';

test('each database is migrated, empty and apart from the others', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  await one.db.insertInto('idempotencyKeys').values({ key: 'k', outcome: '{}', at: new Date() }).execute();
  expect(await one.db.selectFrom('idempotencyKeys').select('key').execute()).toEqual([{ key: 'k' }]);
  expect(await other.db.selectFrom('idempotencyKeys').select('key').execute()).toEqual([]);
  await Promise.all([one.close(), other.close()]);
});

test('Russian letters are lowered and sorted', async () => {
  const { db, close } = await testDatabase();
  const { rows } = await sql<{ low: string; more: boolean }>`select lower('ЁЖ') as low, 'Я' > 'А' as more`.execute(db);
  expect(rows).toEqual([{ low: 'ёж', more: true }]);
  await close();
});
