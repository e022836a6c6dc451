import { expect, onTestFinished, test } from 'vitest';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { listAccountsWithWords } from '../../src/records/accounts.ts';
import { listAddressesWith } from '../../src/records/announcements.ts';
import { insertAuditEntry, listAuditEntries } from '../../src/records/audit-log.ts';
import { migrate } from '../../src/records/migrate.ts';
import { listRequestsWithWords } from '../../src/records/request-figures.ts';
import * as make from '../kit/make.ts';
import { otherDatabase } from '../kit/other-database.ts';
import { testDatabase } from '../kit/postgres.ts';

const ADDRESS = 'г. Приморск-на-Миусе, ул. ПОРТОВАЯ, д. 5/2 (корп. Ё), кв. 17 [вход_1]';

test.each([
  ['of any locale', ''],
  ['of C, whose lower() knows Latin letters only', `encoding 'UTF8' locale_provider libc locale 'C'`],
])('what staff look for is found in a database %s', async (_, how) => {
  const base = await testDatabase();
  onTestFinished(base.close);
  const own = how === '' ? undefined : openDb(openPool({ connectionString: await otherDatabase(base, how), max: 2 }));
  const db = own ?? base.db;
  if (own) {
    onTestFinished(() => own.destroy());
    await migrate(own);
  }

  await make.account(db, { number: '0012345', address: ADDRESS });
  const { id } = await make.request(db, { called: 'Алёна ЮРЬЕВА', messengerId: 'telegram:1' });
  await make.requestMessage(db, { requestId: id, side: 'resident', source: 'telegram:1/1', words: 'Почему ОТОПЛЕНИЕ ещё 100%?' });
  await insertAuditEntry(db, { who: 'telegram:802', name: 'ОЛЬГА Ёлкина', what: 'desk.take' }, new Date());

  const accounts = async (...words: string[]) => (await listAccountsWithWords(db, words, 10)).map(({ number }) => number);
  const requests = async (...words: string[]) => (await listRequestsWithWords(db, words, 10)).length;
  for (const words of [['портовая', '5'], ['приморск-на-миусе'], ['5/2 (корп. е)'], ['[вход_1]'], ['кв. 17', 'порт'], []])
    expect(await accounts(...words), words.join()).toEqual(['0012345']);
  // A sign stands for itself, and all of the words are wanted.
  for (const words of [['портовая', '6'], ['порт.вая'], ['вход%1'], ['вход.1'], ['порто*'], ['^г']])
    expect(await accounts(...words), words.join()).toEqual([]);
  expect(await listAddressesWith(db, ['портовая'])).toEqual([ADDRESS]);
  expect(await listAddressesWith(db, ['портовый'])).toEqual([]);
  expect(await Promise.all([requests('отопление', 'еще'), requests('алена', 'юрьева'), requests('отопления')])).toEqual([
    1, 1, 0,
  ]);
  const found = async (who: string) => (await listAuditEntries(db, { who }, 10)).entries.map(({ name }) => name);
  expect(await Promise.all([found('ольга'), found('елкина'), found('Иван')])).toEqual([['ОЛЬГА Ёлкина'], ['ОЛЬГА Ёлкина'], []]);
});
