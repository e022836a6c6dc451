import { Kysely, PostgresDialect, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { up } from '../../../migrations/0140_imports_undone.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { findDataDay } from '../../../src/records/registry-imports.ts';
import { testDatabase } from '../../kit/postgres.ts';

test('a base that has taken far days in says the newest that can be meant, once it is upgraded', async () => {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  // As it was before.
  await sql`
    drop table registry_befores;
    drop index links_account_any, account_passwords_account_any;
    alter table accounts drop column import_id;
    alter table charges drop column import_id;
    alter table payments drop column import_id;
    alter table meters drop column import_id;
    alter table reading_answers drop column import_id;
    alter table registry_imports drop column rests_on, drop column undone_at, drop column undone_by;
    alter table registry_orders drop column import_id, drop column owners_may_change;
    insert into accounts (number, owner_name, address) values ('0010001', 'Котов Олег', 'дом'), ('0010002', 'Котов Пётр', 'дом');
    insert into payments (operation, account, day, sum_kopecks) values
      ('1', '0010001', '2026-11-03', 100), ('2', '0010001', '2062-11-05', 100), ('3', '0010002', '2026-11-05', 100);
    insert into charges (account, period, service, opening_kopecks, charged_kopecks, due_kopecks) values
      ('0010001', '2026-10-01', 'Вода', 0, 1, 1), ('0010001', '2062-01-01', 'Вода', 0, 1, 1);
    insert into registry_imports
      (kind, file_name, started_at, finished_at, rows_read, rows_new, rows_changed, rows_unchanged, rows_refused, data_day)
    values
      ('payments', 'a.csv', '2026-11-04', '2026-11-04', 1, 1, 0, 0, 0, '2026-11-03'),
      ('payments', 'b.csv', '2026-11-05', '2026-11-05', 1, 1, 0, 0, 0, '2062-11-05'),
      ('charges', 'c.csv', '2026-11-05', '2026-11-05', 1, 1, 0, 0, 0, '2062-01-31'),
      ('payments', 'd.csv', '2026-11-06', '2026-11-06', 1, 1, 0, 0, 0, '2026-11-05'),
      ('meters', 'e.csv', '2026-11-06', '2026-11-06', 1, 1, 0, 0, 0, '2062-11-05')
  `.execute(db);
  const bare = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: openPool({ connectionString: url, max: 1 }) }) });
  onTestFinished(() => bare.destroy());
  await up(bare);
  expect(await findDataDay(db, 'payments')).toBe('2026-11-05');
  expect(await findDataDay(db, 'charges')).toBe('2026-10-31');
  expect(await findDataDay(db, 'meters')).toBeUndefined();
});
