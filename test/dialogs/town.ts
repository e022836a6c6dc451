import { sql } from 'kysely';
import { expect } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { AccountNumber } from '../../src/domain/account-number.ts';
import { issueAccountPassword } from '../../src/office/accounts/account-passwords.ts';
import { insertLink } from '../../src/records/links.ts';
import { findSignedIn, replaceSession } from '../../src/records/sessions.ts';
import { TEST_KEY, type World } from '../kit/chat/world.ts';
import * as make from '../kit/make.ts';

/** The passwords to accounts that have been given out: of `0012345` and of `0022222`. */
export const ACCOUNT_PASSWORD = 'ACDEFGHJKM';
export const OTHER_PASSWORD = 'ADFHKNQTVX';

const NO_SECRET = new RegExp(`${ACCOUNT_PASSWORD}|${OTHER_PASSWORD}|WRONGPASS1`);

const STREET = 'г. Приморск-на-Миусе, ул. Портовая';

/** Five people with logins, signed in, and accounts to link: a flat, a private house, round sums, a closed one. */
export async function settleTown(world: World): Promise<void> {
  const now = world.clock();
  await world.db.transaction().execute(async (trx) => {
    for (const person of [701, 702, 703, 704, 705]) {
      const resident = { login: `resident${person}`, phone: `+79000000${person}`, passwordHash: 'none', registeredAt: now };
      await replaceSession(trx, await make.resident(trx, resident), `telegram:${person}`, now);
    }
  });

  const account = (number: string, address: string, closed = false) => ({
    number,
    address,
    closed,
    ownerName: 'Иванов Иван Иванович',
  });
  await make.account(
    world.db,
    account('0012345', `${STREET}, д. 5, кв. 17`),
    account('0022222', `${STREET}, д. 40`),
    account('0033333', `${STREET}, д. 5, кв. 18`),
    account('0044444', `${STREET}, д. 5, кв. 19`, true),
  );
  const paid = (number: string, day: string, sumKopecks: number) => ({
    account: number,
    day,
    sumKopecks,
    operation: `${number}/${day}`,
  });
  await make.payment(
    world.db,
    paid('0012345', '2026-09-12', 2_000_00),
    paid('0012345', '2026-10-12', 1_000_00),
    paid('0012345', '2026-10-25', 234_56),
    paid('0022222', '2026-09-12', 812_34),
    paid('0022222', '2026-10-12', 1_000_00),
    paid('0033333', '2026-10-12', 500_00),
    paid('0044444', '2026-10-12', 321_09),
    paid('0044444', '2026-11-03', 20_07),
  );
  await make.registryImport(world.db, {
    kind: 'payments' as const,
    fileName: 'p.csv',
    startedAt: now,
    finishedAt: now,
    dataDay: '2026-11-20',
    rowsRead: 8,
    rowsNew: 8,
    rowsChanged: 0,
    rowsUnchanged: 0,
    rowsRefused: 0,
  });

  const due = (number: string, service: string, dueKopecks: number, penaltyKopecks = 0) => ({
    account: number,
    period: '2026-10-01',
    service,
    dueKopecks,
    penaltyKopecks,
    openingKopecks: 0,
    chargedKopecks: dueKopecks,
  });
  await make.charge(
    world.db,
    due('0012345', 'Отопление', 2_345_67, 12_34),
    due('0012345', 'Холодное водоснабжение', 410_00),
    due('0012345', 'Вывоз ТКО', -30_00),
    due('0022222', 'Отопление', -150_00),
    due('0044444', 'Отопление', 20_07),
  );

  await give(world, '0012345', ACCOUNT_PASSWORD);
  await give(world, '0022222', OTHER_PASSWORD);
}

async function give(world: World, account: string, password: string): Promise<void> {
  const alphabet = 'ACDEFGHJKMNPQRTUVWXY34679';
  let at = 0;
  const randomness = { integer: () => alphabet.indexOf(password[at++] ?? ''), id: () => '' };
  const edges = { db: world.db, clock: world.clock, randomness, keyring: openKeyring(TEST_KEY) };
  expect(await issueAccountPassword(edges, AccountNumber.parse(account), 'a test')).toMatchObject({ password });
}

/** Whatever was typed that is secret is nowhere in what was stored, nor in any state of a dialog before it was sealed. */
export async function expectNoSecrets(world: World): Promise<void> {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(
    world.db,
  );
  expect(rows.length).toBeGreaterThan(15);
  expect(world.states.join('\n').toUpperCase()).not.toMatch(NO_SECRET);
  for (const { name } of rows) {
    const dump = await sql<{ all: string | null }>`select string_agg(t::text, ' ') as all from ${sql.table(name)} t`.execute(
      world.db,
    );
    expect((dump.rows[0]?.all ?? '').toUpperCase()).not.toMatch(NO_SECRET);
  }
}

/** The resident who is signed in as `telegram:<person>` has the account in his cabinet. */
export async function linkFor(world: World, person: number, account: string): Promise<void> {
  const now = world.clock();
  await world.db.transaction().execute(async (trx) => {
    const signedIn = await findSignedIn(trx, `telegram:${person}`, now);
    if (!signedIn) throw new Error(`nobody is signed in as ${person}`);
    await insertLink(trx, { residentId: signedIn.resident.id, account, way: 'sum', linkedAt: now });
  });
}
