import { readFile } from 'node:fs/promises';
import { type RawBuilder, sql } from 'kysely';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { UNDONE_WITHIN_DAYS } from '../../src/office/registries/undo.ts';
import { createRetention, RETENTION_STEPS } from '../../src/office/retention.ts';
import { openDb } from '../../src/adapters/postgres/pool.ts';
import { asColumns } from '../../src/records/column-names.ts';
import type { Db } from '../../src/records/database.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

/** What is kept for how long: of every table a row just past its term goes, and one that is not yet so old stays. */

const NOW = new Date('2026-11-20T09:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEARS = 3 * 366 * DAY;
const ACCOUNT = '0012345';
const PHONE = '+79123456789';
const FINGERPRINT = 'f'.repeat(43);

type Row = Record<string, string | number | boolean | null | object>;
type Line = {
  table: string;
  term: number;
  /** A row of this age. `n` tells the rows of a table apart. */
  row: (age: string, n: number) => Row;
  /** By days rather than by moments. */
  byDay?: true;
  /** What keeps a row however old it is. */
  kept?: (age: string, n: number) => Row;
};

let base: { db: Db; resident: string; link: string };
beforeAll(async () => {
  const { db, close } = await testDatabase();
  const owner = { ownerName: 'Иванов И. И.', address: 'г. Т., ул. Мира, д. 1' };
  await make.account(db, { number: ACCOUNT, ...owner });
  const id = await make.resident(db, { login: 'ivan', phone: PHONE, registeredAt: NOW });
  const link = await make.link(db, { residentId: id, account: ACCOUNT, way: 'sum', linkedAt: NOW });
  base = { db, resident: id, link };
  return close;
});

const later = (age: string, ms: number) => new Date(Date.parse(age) + ms).toISOString();
const day = (age: string) => age.slice(0, 10);
const by = (n: number) => `telegram:${n}`;
const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const token = (n: number) => String(n).repeat(22);

const notice = (at: string, n: number): Row => ({
  kind: 'notice',
  line: `notices/${by(n)}`,
  addressee: by(n),
  text: 'notice-signed-out',
  words: {},
  doors: [],
  createdAt: at,
  runAt: at,
});
const delivery = (at: string, n: number): Row => ({
  line: by(n),
  addressee: by(n),
  kind: 'refresh',
  createdAt: at,
  runAt: at,
});
const scheduledDeletion = (at: string, n: number): Row => ({
  kind: 'deletion',
  line: `${by(n)}/1`,
  message: `telegram:${n}/7`,
  key: `k${n}`,
  addressee: by(n),
  createdAt: at,
  runAt: at,
});
const request = (at: string, state: string): Row => ({ kind: 'limit-overall', words: {}, state, openedAt: at, stateAt: at });

const LINES: Readonly<Record<string, Line>> = {
  'drafts of announcements': {
    table: 'announcements',
    term: 2 * DAY,
    row: (at, n) => ({
      messengerId: by(n),
      byName: 'М',
      target: 'all',
      place: '',
      words: 'в',
      state: 'draft',
      madeAt: at,
      stateAt: at,
    }),
    kept: (at, n) => ({
      number: n,
      messengerId: by(n),
      byName: 'М',
      target: 'all',
      place: '',
      words: 'в',
      state: 'sending',
      madeAt: at,
      stateAt: at,
    }),
  },
  'orders of registries': {
    table: 'registry_orders',
    term: 60 * DAY,
    row: (at, n) => ({
      messengerId: by(n),
      byName: 'М',
      senior: false,
      what: 'import',
      file: 'f',
      fileName: 'f.csv',
      state: 'dropped',
      madeAt: at,
      stateAt: at,
      told: true,
      runAt: at,
    }),
  },
  'what was answered to whom': {
    table: 'idempotency_keys',
    term: 3 * DAY,
    row: (at, n) => ({ key: `telegram:${n}/1/verb`, outcome: {}, at }),
  },
  'deliveries that were done': {
    table: 'outbox',
    term: 30 * DAY,
    row: (at, n) => ({ ...delivery(at, n), doneAt: at }),
    kept: delivery,
  },
  'deliveries that failed': {
    table: 'outbox',
    term: 30 * DAY,
    row: (at, n) => ({ ...delivery(at, n), failedAt: at, lastError: 'blocked' }),
  },
  'what people were told last': {
    table: 'last_told',
    term: 30 * DAY,
    row: (at, n) => ({ messengerId: by(n), words: 'слова', at }),
  },
  'codes, and with them the counters of SMS': {
    table: 'confirmation_codes',
    term: 2 * DAY,
    row: (at, n) => ({
      messengerId: by(n),
      purpose: 'recovery',
      phone: PHONE,
      codeFingerprint: FINGERPRINT,
      createdAt: at,
      expiresAt: later(at, MINUTE),
      tries: 0,
      delivery: 'sent',
    }),
  },
  'counters of passwords': {
    table: 'password_tries',
    term: 2 * DAY,
    row: (at, n) => ({ key: `strangers/${n}`, failures: 1, failedAt: at }),
  },
  hits: { table: 'rate_limit_hits', term: 2 * DAY, row: (at, n) => ({ kind: 'request', subject: by(n), at }) },
  'drafts of passwords': {
    table: 'password_drafts',
    term: 0,
    row: (at, n) => ({ id: token(n), messengerId: by(n), hash: 'h', judgedFor: 'j', repeated: false, expiresAt: at }),
  },
  'that a secret is awaited': { table: 'awaited_secrets', term: 0, row: (at, n) => ({ messengerId: by(n), until: at }) },
  'proofs of phones': {
    table: 'phone_proofs',
    term: 0,
    row: (at, n) => ({
      id: token(n),
      messengerId: by(n),
      purpose: 'recovery',
      phone: PHONE,
      provedAt: later(at, -MINUTE),
      expiresAt: at,
    }),
  },
  'proofs of passwords': {
    table: 'password_proofs',
    term: 0,
    row: (at, n) => ({ id: token(n), messengerId: by(n), residentId: base.resident, purpose: 'settings', expiresAt: at }),
  },
  'consents that no registration followed': {
    table: 'consents',
    term: 2 * DAY,
    row: (at, n) => ({ messengerId: by(n), version: '1', sha256: 'a'.repeat(64), givenAt: at }),
    kept: (at, n) => ({ messengerId: by(n), version: '1', sha256: 'a'.repeat(64), givenAt: at, withdrawnAt: at }),
  },
  'look-ups of guests': {
    table: 'guest_lookups',
    term: 2 * DAY,
    row: (at, n) => ({ messengerId: by(n), account: ACCOUNT, countedAt: at, seenAt: at }),
  },
  'one-time links for relatives': {
    table: 'access_offers',
    term: 2 * DAY,
    row: (at) => ({ linkId: base.link, madeAt: later(at, -DAY), expiresAt: at }),
  },
  'proofs of accounts': {
    table: 'link_proofs',
    term: 0,
    row: (at, n) => ({ messengerId: by(n), residentId: base.resident, account: ACCOUNT, expiresAt: at }),
  },
  'proofs by sums under way': {
    table: 'sum_attempts',
    term: 0,
    row: (at, n) => ({ messengerId: by(n), residentId: base.resident, account: ACCOUNT, held: true, expiresAt: at }),
  },
  'wrong sums': {
    table: 'sum_failures',
    term: 365 * DAY,
    row: (at) => ({ account: ACCOUNT, person: '', evaluated: true, at }),
  },
  'sums that were not evaluated': {
    table: 'sum_failures',
    term: DAY,
    row: (at) => ({ account: ACCOUNT, person: '', evaluated: false, at }),
  },
  'whose links were ended': {
    table: 'sum_way_closings',
    term: YEARS,
    row: (at, n) => ({ linkId: uuid(n), account: ACCOUNT, person: FINGERPRINT, why: 'by-staff', at }),
  },
  'papers that Telegram has': {
    table: 'sent_papers',
    term: 60 * DAY,
    row: (at, n) => ({ key: `k${n}`, send: 'photo', file: 'f', keptAt: at }),
  },
  'requests that were closed': {
    table: 'requests',
    term: YEARS,
    row: (at) => ({ ...request(at, 'closed'), closedAt: at }),
    kept: (at) => request(at, 'new'),
  },
  readings: {
    table: 'readings',
    term: YEARS,
    byDay: true,
    row: (at, n) => ({
      account: ACCOUNT,
      number: `${n}`,
      scale: '',
      service: 'Вода',
      windowOpens: day(at),
      submittedBy: 'resident',
      residentId: base.resident,
      value: 1,
      day: day(at),
      takenAt: at,
    }),
  },
  'billing’s answers': {
    table: 'reading_answers',
    term: YEARS,
    byDay: true,
    row: (at, n) => ({ account: ACCOUNT, number: `${n}`, scale: '', value: 1, day: day(at), result: 'accepted' }),
  },
  exports: {
    table: 'exports',
    term: YEARS,
    row: (at, n) => ({ kind: 'readings', number: n, madeAt: at, rows: 1, content: 'c' }),
  },
  'values of meters': {
    table: 'meter_values',
    term: YEARS,
    byDay: true,
    row: (at, n) => ({ account: ACCOUNT, number: `${n}`, scale: '', day: day(at), value: 1 }),
  },
  'orders that nobody paid': {
    table: 'payment_orders',
    term: 60 * DAY,
    row: (at, n) => ({ id: token(n), messengerId: by(n), asGuest: true, totalKopecks: 1, createdAt: at }),
  },
  'notices that were sent': {
    table: 'outbox',
    term: 30 * DAY,
    row: (at, n) => ({ ...notice(at, n), doneAt: at }),
    kept: notice,
  },
  'notices that were given up': {
    table: 'outbox',
    term: 30 * DAY,
    row: (at, n) => ({ ...notice(at, n), failedAt: at, lastError: 'blocked' }),
  },
  'scheduled deletions that were done': {
    table: 'outbox',
    term: 30 * DAY,
    row: (at, n) => ({ ...scheduledDeletion(at, n), doneAt: at }),
    kept: scheduledDeletion,
  },
  'rounds of news that are over': {
    table: 'news_scans',
    term: 40 * DAY,
    row: (at, n) => ({ name: `r${n}`, beganAt: later(at, -MINUTE), finishedAt: at }),
    kept: (at, n) => ({ name: `r${n}`, beganAt: at }),
  },
  'dead letters of the inbox': {
    table: 'update_inbox',
    term: 14 * DAY,
    row: (at, n) => ({ id: `telegram:${n}`, seq: n, state: 'failed', sealed: 's', at, whole: false, again: false }),
    kept: (at, n) => ({ id: `telegram:${n}`, seq: n, state: 'waiting', sealed: 's', at, whole: false, again: false }),
  },
  'owners of the inbox that are gone': {
    table: 'inbox_owners',
    term: 14 * DAY,
    row: (at, n) => ({ id: `o${n}`, aliveUntil: at }),
  },
  'turns that were revoked': { table: 'revoked_turns', term: 2 * DAY, row: (at, n) => ({ token: `t${n}`, at }) },
};

async function put(db: Db, table: string, row: Row): Promise<void> {
  const columns = sql.join(Object.keys(row).map((column) => sql.id(column)));
  await sql`
    insert into ${sql.table(table)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(asColumns(row))}::jsonb)`.execute(
    db,
  );
}

test.each(Object.entries(LINES))('%s', async (_, { table, term, row, byDay = false, kept }) => {
  const { db } = base;
  onTestFinished(async () => void (await sql`delete from ${sql.table(table)}`.execute(db)));
  const age = (ms: number) => new Date(NOW.getTime() - ms).toISOString();
  const slack = byDay ? DAY : MINUTE;
  const rows = async (of: RawBuilder<unknown> = sql`t`) =>
    (await sql<{ row: string }>`select ${of}::text as row from ${sql.table(table)} t`.execute(db)).rows.map((each) => each.row);
  await put(db, table, row(age(term + slack), 1));
  const [old] = await rows();
  await put(db, table, row(age(term - slack), 2));
  if (kept) await put(db, table, kept(age(2 * term + slack), 3));
  const others = (await rows()).filter((each) => each !== old);
  expect(others).toHaveLength(kept ? 2 : 1);

  const retention = createRetention({ db, clock: () => NOW });
  await retention.deleteExpired();
  expect(await rows()).toEqual(others);
  await retention.deleteExpired();
  expect(await rows()).toEqual(others);
});

test('of a wrong sum, who it was is forgotten after a day', async () => {
  const { db } = base;
  const at = (ms: number) => new Date(NOW.getTime() - ms);
  const failure = { account: ACCOUNT, evaluated: true };
  await db
    .insertInto('sumFailures')
    .values([
      { ...failure, person: 'older', at: at(DAY + MINUTE) },
      { ...failure, person: 'younger', at: at(DAY - MINUTE) },
    ])
    .execute();
  await createRetention({ db, clock: () => NOW }).deleteExpired();
  const left = await db.selectFrom('sumFailures').select('person').orderBy('at').execute();
  expect(left).toEqual([{ person: '' }, { person: 'younger' }]);
});

test('what was before an import is forgotten once it can be undone no more', async () => {
  const { db } = base;
  const none = { rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsRefused: 0 };
  const ended = (ms: number) => new Date(NOW.getTime() - UNDONE_WITHIN_DAYS * DAY - ms);
  for (const at of [ended(MINUTE), ended(-MINUTE)])
    await make.registryImport(db, {
      kind: 'meters',
      fileName: 'm.csv',
      startedAt: at,
      finishedAt: at,
      ...none,
      dataDay: null,
    });
  const ids = (await db.selectFrom('registryImports').select('id').orderBy('id').execute()).map(({ id }) => id);
  for (const importId of ids) await put(db, 'registry_previous_rows', { importId, relation: 'meters', before: {} });
  await createRetention({ db, clock: () => NOW }).deleteExpired();
  expect(await db.selectFrom('registryPreviousRows').select('importId').execute()).toEqual([{ importId: ids[1] }]);
});

test('a step that fails is named, and hides none of those after it', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  await sql`drop table registry_orders, outbox cascade`.execute(db);
  const letter = { id: 'telegram:1', seq: 1, state: 'failed', sealed: 's', at: new Date(NOW.getTime() - 15 * DAY) };
  await put(db, 'update_inbox', { ...letter, whole: false, again: false });
  const failed: string[] = [];
  const retention = createRetention({ db, clock: () => NOW, onFailed: (step) => void failed.push(step) });
  const thrown = await retention.deleteExpired().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AggregateError);
  expect((thrown as AggregateError).errors).toHaveLength(2);
  expect(failed).toEqual(['registry orders', 'outbox']);
  expect((await sql`select from update_inbox`.execute(db)).rows).toEqual([]);
});

const outage = () => Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
const isOutage = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';

/** The database as it is when `asked` hears of each connection that is asked for. */
async function databaseThatHears(asked: (times: number) => void) {
  const { pool, close } = await testDatabase();
  onTestFinished(close);
  let times = 0;
  const connect = async () => {
    asked((times += 1));
    return pool.connect();
  };
  return { db: openDb(Object.create(pool, { connect: { value: connect } }) as typeof pool), times: () => times };
}

test('where the database is away the rest is left for the next time, which is thrown once', async () => {
  const { db, times } = await databaseThatHears(() => {
    throw outage();
  });
  const failed: string[] = [];
  const retention = createRetention({ db, clock: () => NOW, isOutage, onFailed: (step) => void failed.push(step) });
  const thrown = await retention.deleteExpired().catch((error: unknown) => error);
  expect((thrown as AggregateError).errors).toEqual([outage()]);
  expect(failed).toEqual([]);
  expect(times()).toBeLessThan(5);
});

test('a step that ran out of time, with the database there, is one that fails', async () => {
  const { db, times } = await databaseThatHears((asked) => {
    if (asked === 1) throw outage();
  });
  const failed: string[] = [];
  const retention = createRetention({ db, clock: () => NOW, isOutage, onFailed: (step) => void failed.push(step) });
  await expect(retention.deleteExpired()).rejects.toThrow(AggregateError);
  expect(failed).toEqual(RETENTION_STEPS.slice(0, 1));
  expect(times()).toBeGreaterThanOrEqual(RETENTION_STEPS.length);
});

test('told to end, it begins no further step', async () => {
  const stop = new AbortController();
  const { db, times } = await databaseThatHears((asked) => {
    if (asked === 3) stop.abort();
  });
  await createRetention({ db, clock: () => NOW }).deleteExpired(stop.signal);
  expect(times()).toBeLessThan(RETENTION_STEPS.length / 2);
});

test('each step has a name of its own, by which it is counted', () => {
  expect(new Set(RETENTION_STEPS).size).toBe(FORGOTTEN.split(' ').length);
});

test('nothing is forgotten that has no row above: who adds a line adds its row, and its name here', async () => {
  const source = await readFile(new URL('../../src/office/retention.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/(?:=>|await) delete(\w+)\(/g)].map(([, name = '']) => name);
  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(FORGOTTEN.split(' '));
});

const FORGOTTEN =
  'OldAccessOffers OldAnnouncementDrafts OldAwaitedSecrets OldCodes OldDeadLetters OldDrafts OldExports OldGuestLookups OldIdempotencyKeys OldLastTold OldLinkProofs OldMeterValues OldNewsScans OldOutbox OldPreviousRows OldProofs OldRateLimitHits OldReadingAnswers OldReadings OldRegistryOrders OldRequests OldRevokedTurns OldScheduledExports OldSentPapers OldSumAttempts OldSumFailures OldSumWayClosings OldTries UnpaidPaymentOrders UnusedConsents';
