import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importConnection } from '../../../src/adapters/postgres/import-connection.ts';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { importRegistry } from '../../../src/office/registries/import-registry.ts';
import type { Contents } from '../../../src/records/registries/contents.ts';
import { tryLockShared } from '../../../src/records/locks.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';
import * as make from '../../kit/make.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(ACCOUNTS);
});
afterEach(() => desk.close());

const clock = () => new Date('2026-11-20T09:00:00Z');

async function run(lines: readonly string[], dry: boolean, meanwhile: () => Promise<void> = async () => undefined) {
  const path = join(desk.folder, 'r.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  const file = await openRegistry(path);
  let contents: Contents | undefined;
  const onDone = async (_: unknown, __: unknown, found: Contents) => {
    contents = found;
    await meanwhile();
  };
  try {
    const report = await importRegistry({ connection: importConnection(desk.pool), clock, timeZone: 'Europe/Moscow' }, file, {
      dry,
      onDone,
    });
    return { report, contents };
  } finally {
    await file.close();
  }
}

/** All that a database holds, but for the numbers that a sequence has given. */
async function dump(): Promise<string> {
  const tables = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(desk.db);
  const parts = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{
      rows: string | null;
    }>`select string_agg(t::text, '|' order by t::text) as rows from ${sql.table(name)} t`.execute(desk.db);
    parts.push(`${name}: ${rows[0]?.rows ?? ''}`);
  }
  return parts.join('\n');
}

const FILES = {
  accounts: [
    'ЛС;ФИО;Адрес',
    '0010001;Сидоров Пётр;ул. Лесная, д. 1, кв. 1',
    '0010003;Новый Жилец;ул. Лесная, д. 3',
    '12;Кто-то;где-то',
  ],
  charges: [
    'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате',
    '0010001;10.2026;Отопление;0;100,50;100,50',
    '0010001;10.2026;Вода;0;50;50',
    '0010002;10.2026;Отопление;0;сто;100',
    '0010002;10.2026;Вода;0;70;70',
    '0010009;10.2026;Вода;0;70;70',
  ],
  payments: [
    'ЛС;Дата;Сумма;Источник;Номер операции',
    '0010001;01.11.2026;100;Банк;1',
    '0010001;03.11.2026;-100;Банк;2',
    '0010001;03.11.2026;-250,75;Банк;2',
    '0019999;03.11.2026;1;Банк;3',
  ],
  meters: [
    'ЛС;Номер счетчика;Услуга;Показание;Дата показания',
    '0010001;M1;Вода;12,5;20.10.2026',
    '0010001;M1;Вода;13;20.10.2026',
  ],
};

test.each(Object.entries(FILES))(
  'a dry run of %s says what the real one does, and leaves everything as it was',
  async (_, lines) => {
    const before = await dump();
    const dry = await run(lines, true);
    expect(await dump()).toBe(before);
    const real = await run(lines, false);
    expect(real).toEqual({ ...dry, report: { ...dry.report, number: 2 } });
    expect(dry.report.number).toBe(null);
    expect(real.report.refused).toBeGreaterThan(0);
    expect(await dump()).not.toBe(before);
  },
);

test('what a check shows: accounts, days, sums of what will be taken, the first refused rows in their order', async () => {
  expect((await run(FILES.charges, true)).contents).toEqual({
    accounts: 1,
    from: '2026-10-01',
    to: '2026-10-01',
    sums: { charged: 150_50, due: 150_50 },
    firstRefused: [
      { line: 4, reason: expect.stringContaining('сто') as string },
      { line: 5, reason: expect.stringContaining('вместе со строкой 4') as string },
      { line: 6, reason: expect.stringContaining('0010009') as string },
    ],
  });
  expect((await run(FILES.payments, true)).contents).toMatchObject({
    accounts: 1,
    from: '2026-11-01',
    to: '2026-11-03',
    sums: { paid: 0 },
  });
});

test('nothing of what is told with a registry leaves a dry run: links of a former owner stay open', async () => {
  const residentId = await make.resident(desk.db, { registeredAt: clock() });
  await make.link(desk.db, { residentId, account: '0010001', linkedAt: clock() });
  const open = () => desk.db.selectFrom('links').select('id').where('endedAt', 'is', null).execute();
  await run(FILES.accounts, true);
  expect(await open()).toHaveLength(1);
  await run(FILES.accounts, false);
  expect(await open()).toHaveLength(0);
});

test('nobody is kept from linking by a dry run, however long it takes', async () => {
  const mayLink = async (dry: boolean) => {
    let answer: boolean | undefined;
    await run(FILES.accounts, dry, async () => {
      answer = await desk.db.transaction().execute((trx) => tryLockShared(trx, 'linking'));
    });
    return answer;
  };
  expect(await mayLink(true)).toBe(true);
  // The real one has it from the change of owners to its end.
  expect(await mayLink(false)).toBe(false);
});
