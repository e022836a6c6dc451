import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { erasePerson, exportAccountData, exportPersonData, findPeople } from '../../../src/office/identity/person-data.ts';
import { postNotice } from '../../../src/office/notices.ts';
import { hasScheduledDeletion, insertScheduledDeletion } from '../../../src/records/scheduled-deletions.ts';
import { PERSON_KINDS } from '../../../src/records/person-data.ts';
import * as make from '../../kit/make.ts';
import { type Cabinet, DAY, openCabinet } from '../cabinet.ts';

const PHONE = '+79123456789';
const PASSWORD = 'k7w_pq29';
const ACCOUNT = '0012345';

/** Ivan with something of every kind that is kept, and Petr who has the same account. */
async function lived(): Promise<Cabinet & { ivan: string; petr: string }> {
  const at = await openCabinet();
  await at.office.consents.give(at.by(1), (await at.office.consents.read(at.by(1))).sha256);
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.register(2, 'petr', '+79995550011', PASSWORD);
  await make.account(at.db, { number: ACCOUNT, ownerName: 'Сидорова Анна Петровна', address: 'ул. Портовая, д. 5, кв. 17' });
  await make.charge(at.db, { account: ACCOUNT, dueKopecks: 1_234_56 });
  await make.payment(at.db, { account: ACCOUNT, sumKopecks: 500_00 });
  await make.meter(at.db, { account: ACCOUNT, number: 'М-1', service: 'Холодная вода' });
  const [ivan = '', petr = ''] = (await at.db.selectFrom('residents').select('id').orderBy('login').execute()).map(
    ({ id }) => id,
  );
  for (const residentId of [ivan, petr])
    await make.link(at.db, { residentId, account: ACCOUNT, name: residentId === ivan ? 'Дача' : null });
  await at.db.insertInto('mutedNews').values({ residentId: ivan, kind: 'charges' }).execute();
  const reading = await make.reading(at.db, {
    account: ACCOUNT,
    number: 'М-1',
    residentId: ivan,
    submittedBy: 'resident',
    value: '17.000',
  });
  await at.db
    .insertInto('readingPhotos')
    .values({ readingId: reading, file: 'handle', uniqueFile: 'picture', messengerId: 'telegram:1', addedAt: at.now() })
    .execute();
  const order = {
    id: 'AAAAAAAAAAAAAAAAAAAA_1',
    residentId: ivan,
    messengerId: 'telegram:1',
    asGuest: false,
    totalKopecks: 321_00,
    createdAt: at.now(),
  };
  await at.db.insertInto('paymentOrders').values(order).execute();
  await make.cardPayment(at.db, [{ account: ACCOUNT, sumKopecks: 321_00 }], {
    orderId: 'AAAAAAAAAAAAAAAAAAAA_1',
    messengerId: 'telegram:1',
  });
  const { id: request } = await make.request(at.db, { residentId: ivan, messengerId: 'telegram:1', account: ACCOUNT });
  await make.requestMessage(at.db, { requestId: request, side: 'resident', source: 'telegram:1/1', words: 'Слова Ивана' });
  await make.requestMessage(at.db, {
    requestId: request,
    side: 'staff',
    source: 'telegram:-100/1',
    author: 'telegram:50',
    words: 'Ответ центра',
  });
  await make.requestMessage(at.db, {
    requestId: request,
    side: 'note',
    source: 'telegram:-100/2',
    author: 'telegram:50',
    words: 'Для своих',
  });
  await at.db
    .insertInto('guestLookups')
    .values({ messengerId: 'telegram:1', account: '0044444', countedAt: at.now(), seenAt: at.now() })
    .execute();
  await at.db.insertInto('lastTold').values({ messengerId: 'telegram:1', words: 'Долг 12,00 ₽', at: at.now() }).execute();
  return { ...at, ivan, petr };
}

test('a person is found by login, phone or account', async () => {
  const { db, ivan, petr } = await lived();
  const ids = async (key: Parameters<typeof findPeople>[1]) => (await findPeople(db, key)).map(({ id }) => id);
  expect(await ids({ login: 'IVAN' })).toEqual([ivan]);
  expect(await ids({ phone: PHONE })).toEqual([ivan]);
  expect((await ids({ account: ACCOUNT })).toSorted()).toEqual([ivan, petr].toSorted());
  expect(await ids({ account: '99999' })).toEqual([]);
});

test('an export has something of every kind, in order, and neither a secret, nor the owner’s name, nor what staff wrote for each other', async () => {
  const { db, ivan } = await lived();
  const parts = await exportPersonData(db, ivan);
  expect(parts.map(({ kind }) => kind)).toEqual([...PERSON_KINDS]);
  expect(parts.filter(({ rows }) => rows.length === 0)).toEqual([]);
  const text = JSON.stringify(parts);
  for (const own of [
    'ivan',
    PHONE,
    'Дача',
    'Слова Ивана',
    'Ответ центра',
    '0044444',
    'Долг 12,00 ₽',
    '17.000',
    '"sumKopecks":32100',
  ])
    expect(text).toContain(own);
  const { passwordHash } = await db
    .selectFrom('residents')
    .select('passwordHash')
    .where('id', '=', ivan)
    .executeTakeFirstOrThrow();
  for (const foreign of [passwordHash, 'Сидорова', 'Для своих', 'petr', '+79995550011', 'telegram:2'])
    expect(text).not.toContain(foreign);
});

test('strangers who asked for a code to the phone or paid an invoice that was passed on are not named in the copy', async () => {
  const { db, ivan, now } = await lived();
  const code = {
    phone: PHONE,
    purpose: 'recovery' as const,
    codeFingerprint: 'f'.repeat(43),
    createdAt: now(),
    expiresAt: new Date(now().getTime() + DAY),
  };
  const sent = { tries: 0, delivery: 'sent' as const, endedAt: null, undeliveredBy: null };
  await db
    .insertInto('confirmationCodes')
    .values({ ...code, ...sent, messengerId: 'telegram:777' })
    .execute();
  const order = { id: 'AAAAAAAAAAAAAAAAAAAA_2', residentId: ivan, messengerId: 'telegram:1', asGuest: false };
  await db
    .insertInto('paymentOrders')
    .values({ ...order, totalKopecks: 123_00, createdAt: now() })
    .execute();
  await make.cardPayment(db, [{ account: ACCOUNT, sumKopecks: 123_00 }], { orderId: order.id, messengerId: 'telegram:778' });

  const parts = await exportPersonData(db, ivan);
  expect(JSON.stringify(parts)).not.toMatch(/telegram:77[78]/);
  const ofKind = (kind: string) => parts.find((part) => part.kind === kind)?.rows ?? [];
  expect(ofKind('codes').map(({ purpose, messengerId }) => [purpose, messengerId])).toEqual([
    ['registration', 'telegram:1'],
    ['recovery', null],
  ]);
  // The payment itself is the person's.
  expect(ofKind('cardPayments').map(({ sumKopecks, messengerId }) => [sumKopecks, messengerId])).toEqual(
    expect.arrayContaining([
      [321_00, 'telegram:1'],
      [123_00, null],
    ]),
  );
});

test('every table that names a resident or a messenger account is in the export, or it is said here why not', async () => {
  const { db } = await openCabinet();
  const { rows } = await sql<{ name: string }>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name in ('resident_id', 'messenger_id', 'addressee') order by 1`.execute(db);
  const exported = [
    'card_payments',
    'confirmation_codes',
    'confirmed_messengers',
    'consents',
    'guest_lookups',
    'last_told',
    'links',
    'muted_news',
  ];
  exported.push('payment_orders', 'reading_photos', 'readings', 'requests', 'sessions');
  const left = {
    announcements: 'staff',
    audit_log: 'what staff did is theirs; it names nobody but by an id',
    awaited_secrets: 'for minutes',
    colleagues: 'staff',
    link_proofs: 'for minutes',
    muted_messengers: 'a switch of an account that is signed out',
    outbox: 'what is on its way to the person, who has it then',
    password_drafts: 'a secret',
    password_proofs: 'for minutes',
    phone_proofs: 'for minutes',
    registry_orders: 'staff',
    silenced: 'what staff decided',
    sum_attempts: 'for minutes',
    told_verifications: 'marks of what was told',
    unreachable: 'a mark that the person blocked the bot',
  };
  expect(rows.map(({ name }) => name)).toEqual([...exported, ...Object.keys(left)].toSorted());
});

describe('a messenger account that proved two logins, of mother and son', () => {
  /** Ivan's own account 1 was once signed in as Petr, whose things are there now. */
  async function shared() {
    const at = await lived();
    const { db, ivan, petr } = at;
    await db
      .insertInto('confirmedMessengers')
      .values({ residentId: petr, messengerId: 'telegram:1', confirmedAt: at.now() })
      .execute();
    const of = { messengerId: 'telegram:1', asGuest: false, createdAt: at.now() };
    await db
      .insertInto('paymentOrders')
      .values({ ...of, id: 'BBBBBBBBBBBBBBBBBBBB_1', residentId: petr, totalKopecks: 777_00 })
      .execute();
    await make.cardPayment(db, [{ account: ACCOUNT, sumKopecks: 777_00 }], {
      orderId: 'BBBBBBBBBBBBBBBBBBBB_1',
      messengerId: 'telegram:1',
    });
    await db.transaction().execute(async (trx) => {
      for (const [residentId, text] of [
        [ivan, 'of-ivan'],
        [petr, 'of-petr'],
      ] as const)
        await postNotice(trx, { to: 'telegram:1', text, owner: { residentId } }, at.now());
    });
    const waiting = async () =>
      (await db.selectFrom('outbox').select('text').where('text', 'like', 'of-%').execute()).map(({ text }) => text);
    const payers = () => db.selectFrom('paymentOrders').select(['residentId', 'messengerId']).orderBy('id').execute();
    return { ...at, waiting, payers };
  }

  test('of the one no export has what is the other’s', async () => {
    const { db, ivan, petr } = await shared();
    const [ofIvan, ofPetr] = [await exportPersonData(db, ivan), await exportPersonData(db, petr)].map((parts) =>
      JSON.stringify(parts),
    );
    expect(ofIvan).toContain('"sumKopecks":32100');
    expect(ofIvan).not.toMatch(/77700|9995550011/);
    expect(ofPetr).toContain('"sumKopecks":77700');
    expect(ofPetr).not.toMatch(/32100|9123456789|Слова Ивана/);
  });

  test('an erasure of the one leaves the other’s payments, orders and what waits to be told', async () => {
    const at = await shared();
    await at.db.transaction().execute((trx) => erasePerson(trx, at.ivan, {}, at.now()));
    expect(await at.waiting()).toEqual(['of-petr']);
    expect(await at.payers()).toEqual([
      { residentId: null, messengerId: null },
      { residentId: at.petr, messengerId: 'telegram:1' },
    ]);
    expect(
      (await at.db.selectFrom('cardPayments').select('messengerId').orderBy('id').execute()).map(
        ({ messengerId }) => messengerId,
      ),
    ).toEqual([null, 'telegram:1']);
    expect(JSON.stringify(await at.db.selectFrom('requestMessages').selectAll().execute())).not.toContain('Слова Ивана');
    expect(await at.db.selectFrom('lastTold').selectAll().execute()).toEqual([]);
  });
});

test('a message that is to go out of the chat goes, though its reader is erased', async () => {
  const at = await lived();
  const slip = { message: 'telegram:1/77', key: 'slip/77', addressee: 'telegram:1', runAt: at.now() };
  await at.db.transaction().execute(async (trx) => {
    await insertScheduledDeletion(trx, slip, at.now());
    await erasePerson(trx, at.ivan, {}, at.now());
  });
  expect(await hasScheduledDeletion(at.db, slip.message)).toBe(true);
});

test('an account’s export has its owner, charges, payments, meters, readings and cards', async () => {
  const { db } = await lived();
  const parts = await exportAccountData(db, ACCOUNT);
  expect(parts.map(({ kind, rows }) => [kind, rows.length])).toEqual([
    ['account', 1],
    ['charges', 1],
    ['payments', 1],
    ['meters', 1],
    ['handedIn', 1],
    ['paidByCard', 1],
  ]);
  expect(JSON.stringify(parts)).toContain('Сидорова Анна Петровна');
  expect((await exportAccountData(db, '99999'))[0]?.rows).toEqual([]);
});

test('every kind and every value of both exports has its Russian name', async () => {
  const { db, ivan } = await lived();
  const parts = [...(await exportPersonData(db, ivan)), ...(await exportAccountData(db, ACCOUNT))];
  const names = readFileSync('src/texts/ru/person-data.ftl', 'utf8');
  const fields = parts.flatMap(({ kind, rows }) => [kind, ...rows.flatMap((row) => Object.keys(row))]);
  expect([...new Set(fields)].filter((field) => !names.includes(`[${field}]`))).toEqual([]);
});

test('an erasure does what a withdrawal of the consent does: nothing is left to export, the accounts signed in are told, others keep theirs', async () => {
  const at = await lived();
  const erase = () => at.db.transaction().execute((trx) => erasePerson(trx, at.ivan, {}, at.now()));
  expect(await erase()).toBe(true);
  expect(await erase()).toBe(false);

  expect((await exportPersonData(at.db, at.ivan)).filter(({ rows }) => rows.length > 0)).toEqual([]);
  expect((await at.notices('telegram:1')).at(-1)).toMatchObject({ text: 'notice-consent-withdrawn-on-paper' });
  expect(await at.office.residents.who(at.by(1))).toEqual({ who: 'guest' });
  expect((await findPeople(at.db, { account: ACCOUNT })).map(({ login }) => login)).toEqual(['petr']);
  const kept = await at.db
    .selectFrom('consents')
    .select(['messengerId', 'withdrawnAt'])
    .where('withdrawnAt', 'is not', null)
    .execute();
  expect(kept).toEqual([{ messengerId: 'telegram:1', withdrawnAt: at.now() }]);
  expect(await at.db.selectFrom('cardPayments').select('messengerId').execute()).toEqual([{ messengerId: null }]);

  at.later(4 * DAY);
  await at.office.retention.deleteExpired();
  const everything = JSON.stringify(
    await Promise.all(
      (await at.db.introspection.getTables()).map(({ name }) => sql`select t::text from ${sql.table(name)} t`.execute(at.db)),
    ),
  );
  for (const gone of ['ivan', '9123456789', 'Слова Ивана', 'Дача']) expect(everything).not.toContain(gone);
});
