import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { sandboxSecretKey } from '../../src/adapters/secret-key.ts';
import { AccountNumber } from '../../src/domain/account-number.ts';
import { checkAccountPassword } from '../../src/office/accounts/account-passwords.ts';
import { lockGuessing, countSumFailures } from '../../src/records/sum-failures.ts';
import { runCommand } from '../kit/command.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

const KEY = 'ab'.repeat(32);
const PERSON = { phone: ['p'.repeat(43)], login: ['l'], messenger: ['m'] };

async function townWithAccount() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  await make.account(db, { number: '0012345', ownerName: 'Иванов И. И.', address: 'ул. Мира, 1' });
  return { db, settings: { DATABASE_URL: url, SECRET_KEY: KEY } };
}

test('issue-password prints a password once, which then opens the account and is stored nowhere', async () => {
  const { db, settings } = await townWithAccount();
  const { code, out, err } = await runCommand('issue-password', ['0012345'], settings);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const password = /^Пароль: ([A-Z0-9]{10})$/m.exec(out)?.[1] ?? 'none';
  expect(out).toMatch(/^Действует до: \d+\s\S+(\s\d{4})? в\s\d\d:\d\d$/m);

  const [journal] = await db.selectFrom('accountPasswords').selectAll().execute();
  expect(JSON.stringify(journal)).not.toContain(password);
  expect(journal).toMatchObject({ account: '0012345', issuedBy: expect.stringMatching(/^issue-password: \S+/) as string });
  const check = (typed: string) =>
    db
      .transaction()
      .execute((trx) => checkAccountPassword(trx, openKeyring(KEY), { account: '0012345', person: PERSON, typed }, new Date()));
  expect(await check(password)).toBe(journal?.id);
  expect(await check(`${password}X`)).toBe(undefined);
});

test.each(['issue-password', 'reopen-linking'] as const)('%s says what is wrong and how it is called', async (command) => {
  const { settings } = await townWithAccount();
  expect(await runCommand(command, ['--help'], {})).toMatchObject({
    code: 0,
    out: expect.stringContaining(`npm run ${command} -- ЛС`) as string,
    err: '',
  });
  expect(await runCommand(command, ['7777777'], settings)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('7777777 нет в реестре') as string,
  });
  for (const args of [[], ['12'], ['0012345', '0012346'], ['--force']]) {
    const told = await runCommand(command, args, settings);
    expect(told).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`Так: npm run ${command} -- ЛС`) as string });
  }
});

test('a database that is not there, and a key that is missing, are said in a sentence', async () => {
  const dead = await runCommand('issue-password', ['0012345'], {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    SECRET_KEY: KEY,
  });
  expect(dead).toMatchObject({ code: 2, out: '' });
  expect(dead.err).toMatch(/^Не получилось: /);
  const { settings } = await townWithAccount();
  const keyless = await runCommand('issue-password', ['0012345'], { DATABASE_URL: settings.DATABASE_URL });
  expect(keyless).toMatchObject({ code: 2, err: expect.stringContaining('SECRET_KEY') as string });
});

test('a password is never made with a key that is not this database’s', async () => {
  const { db, settings } = await townWithAccount();
  expect(await runCommand('issue-password', ['0012345'], settings)).toMatchObject({ code: 0 });
  const another = await runCommand('issue-password', ['0012345'], { ...settings, SECRET_KEY: 'cd'.repeat(32) });
  expect(another).toMatchObject({ code: 2, out: '', err: expect.stringContaining('SECRET_KEY: не тот, которым') as string });
  expect(another.err).not.toMatch(/cdcd|\n\s+at /);
  expect(await db.selectFrom('accountPasswords').select('id').execute()).toHaveLength(1);
});

test('reopen-linking lets sums be tried again', async () => {
  const { db, settings } = await townWithAccount();
  await sql`
    insert into sum_failures (account, person, evaluated, at)
    select '0012345', 'p' || i, true, now() - interval '1 minute' from generate_series(1, 5) i`.execute(db);
  const failures = () =>
    db.transaction().execute(async (trx) => {
      await lockGuessing(trx);
      return (await countSumFailures(trx, AccountNumber.parse('0012345'), ['p'], new Date())).accountMonth;
    });
  expect(await failures()).toBe(5);
  expect(await runCommand('reopen-linking', ['0012345'], settings)).toMatchObject({ code: 0, err: '' });
  expect(await failures()).toBe(0);
});

test('the sandbox makes its key once, for its owner alone, whoever asks first', async () => {
  const folder = await ownFolder('inkomus-key-');
  const keys = await Promise.all(Array.from({ length: 8 }, () => sandboxSecretKey(join(folder, 'data'))));
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await readdir(join(folder, 'data'))).toEqual(['secret.key']);
  expect((await readFile(join(folder, 'data/secret.key'), 'utf8')).trim()).toBe(keys[0]);
  expect((await stat(join(folder, 'data/secret.key'))).mode & 0o777).toBe(0o600);
});
