import type { Insertable } from 'kysely';
import type { MessengerId } from '../../src/office/caller.ts';
import type { AccountsTable } from '../../src/records/accounts.ts';
import type { CardPaymentLinesTable } from '../../src/records/card-payment-lines.ts';
import type { CardPaymentsTable } from '../../src/records/card-payments.ts';
import type { ChargesTable } from '../../src/records/charges.ts';
import type { ConfirmedMessengersTable } from '../../src/records/confirmed-messengers.ts';
import type { Db } from '../../src/records/database.ts';
import type { LinksTable } from '../../src/records/links.ts';
import type { MetersTable } from '../../src/records/meters.ts';
import type { PaymentsTable } from '../../src/records/payments.ts';
import type { ReadingsTable } from '../../src/records/readings.ts';
import type { RegistryImportsTable } from '../../src/records/registries/imports.ts';
import type { RequestMessagesTable } from '../../src/records/request-messages.ts';
import type { RequestsTable } from '../../src/records/requests.ts';
import type { ResidentsTable } from '../../src/records/residents.ts';
import type { SessionsTable } from '../../src/records/sessions.ts';

/**
 * Rows for tests: a test says what it is about, the rest is usual. A column that must be filled from now on is filled here, and nowhere else.
 * Each takes as many rows as there are.
 */
type Some<Table, Needed extends keyof Insertable<Table> = never> = Partial<Insertable<Table>> & Pick<Insertable<Table>, Needed>;

/** When it was, where a test does not say. */
const LONG_AGO = new Date('2026-11-01T09:00:00Z');

let made = 0;
/** Something that no other row has. */
const another = (what: string) => `${what}-${(made += 1)}`;

const idOf = (rows: readonly { id: string }[]): string => rows[0]?.id ?? '';

/** The id of the (first) resident. */
export async function resident(db: Db, ...given: readonly Some<ResidentsTable>[]): Promise<string> {
  return (await residents(db, given))[0] ?? '';
}

async function residents(db: Db, given: readonly Some<ResidentsTable>[]): Promise<string[]> {
  const usual = () => ({ login: another('resident'), phone: null, passwordHash: 'none', registeredAt: LONG_AGO });
  const rows = given.map((one) => ({ ...usual(), ...one }));
  const made = await db.insertInto('residents').values(rows).returning(['id', 'login']).execute();
  const ids = new Map(made.map(({ id, login }) => [login, id]));
  return rows.map(({ login }) => ids.get(login) ?? '');
}

/** A resident who has signed in as these (`telegram:701`), and confirmed them; the id. */
export async function signedIn(db: Db, given: Some<ResidentsTable>, as: readonly MessengerId[], now: Date): Promise<string> {
  const id = await resident(db, { registeredAt: now, ...given });
  for (const messengerId of as) {
    await confirmedMessenger(db, { residentId: id, messengerId, confirmedAt: now });
    await session(db, { residentId: id, messengerId, openedAt: now });
  }
  return id;
}

/** So many residents, each signed in as `telegram:<number>`, from 1 on. */
export async function crowd(db: Db, count: number, now: Date): Promise<void> {
  const people = Array.from({ length: count }, (_, i) => i + 1);
  const of = (n: number) => ({ login: `res${n}`, phone: `+79${String(n).padStart(9, '0')}`, registeredAt: now });
  const ids = await residents(db, people.map(of));
  await session(db, ...ids.map((residentId, i) => ({ residentId, messengerId: `telegram:${i + 1}`, openedAt: now })));
}

export async function session(db: Db, ...given: readonly Some<SessionsTable, 'residentId' | 'messengerId'>[]): Promise<string> {
  const rows = given.map((one) => ({ openedAt: LONG_AGO, seenAt: one.openedAt ?? LONG_AGO, endedAt: null, ...one }));
  return idOf(await db.insertInto('sessions').values(rows).returning('id').execute());
}

export async function confirmedMessenger(
  db: Db,
  ...given: readonly Some<ConfirmedMessengersTable, 'residentId' | 'messengerId'>[]
): Promise<void> {
  const rows = given.map((one) => ({ confirmedAt: LONG_AGO, ...one }));
  await db.insertInto('confirmedMessengers').values(rows).execute();
}

/** The id of the (first) link. */
export async function link(db: Db, ...given: readonly Some<LinksTable, 'residentId' | 'account'>[]): Promise<string> {
  const rows = given.map((one) => ({ way: 'sum' as const, linkedAt: LONG_AGO, ...one }));
  return idOf(await db.insertInto('links').values(rows).returning('id').execute());
}

export async function account(db: Db, ...given: readonly Some<AccountsTable, 'number'>[]): Promise<void> {
  const usual = { ownerName: 'Иванов Иван Иванович', address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17' };
  await db
    .insertInto('accounts')
    .values(given.map((one) => ({ ...usual, ...one })))
    .execute();
}

/** By what is due; what is charged is the same where it is not said. */
export async function charge(db: Db, ...given: readonly Some<ChargesTable, 'account'>[]): Promise<void> {
  const usual = { period: '2026-10-01', service: 'Отопление', openingKopecks: 0 };
  const rows = given.map((one) => ({
    ...usual,
    chargedKopecks: one.dueKopecks ?? 0,
    dueKopecks: one.chargedKopecks ?? 0,
    ...one,
  }));
  await db.insertInto('charges').values(rows).execute();
}

export async function payment(db: Db, ...given: readonly Some<PaymentsTable, 'account'>[]): Promise<void> {
  const rows = given.map((one) => ({ day: '2026-10-10', sumKopecks: 500_00, operation: another('operation'), ...one }));
  await db.insertInto('payments').values(rows).execute();
}

/** Paid in the bot by a card, one account a line; the number of the payment. */
export async function cardPayment(
  db: Db,
  lines: readonly Some<CardPaymentLinesTable, 'account' | 'sumKopecks'>[],
  given: Some<CardPaymentsTable> = {},
): Promise<number> {
  const paidAt = given.paidAt instanceof Date ? given.paidAt : LONG_AGO;
  const operation = given.operation ?? lines[0]?.operation ?? another('operation');
  const usual = {
    orderId: another('order'),
    messengerId: null,
    telegramChargeId: another('telegram'),
    providerChargeId: another('provider'),
    currency: 'RUB',
    totalKopecks: lines.reduce((sum, line) => sum + line.sumKopecks, 0),
    notCredited: null,
    paidDay: paidAt.toISOString().slice(0, 10),
    takenAt: paidAt,
  };
  const { id } = await db
    .insertInto('cardPayments')
    .values({ ...usual, ...given, operation, paidAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = lines.map((line, n) => ({
    operation: n === 0 ? operation : `${operation}/${n + 1}`,
    paymentId: id,
    place: n + 1,
    ...line,
  }));
  if (rows.length > 0) await db.insertInto('cardPaymentLines').values(rows).execute();
  return id;
}

export async function meter(db: Db, ...given: readonly Some<MetersTable, 'account' | 'number'>[]): Promise<void> {
  const rows = given.map((one) => ({ service: 'Холодное водоснабжение', value: '12', ...one }));
  await db.insertInto('meters').values(rows).execute();
}

/** The id of the (first) reading. */
export async function reading(db: Db, ...given: readonly Some<ReadingsTable, 'account' | 'number'>[]): Promise<string> {
  const usual = {
    scale: '',
    service: 'Холодное водоснабжение',
    windowOpens: '2026-10-20',
    submittedBy: 'resident',
    residentId: null,
    value: '12',
    day: '2026-10-21',
    takenAt: new Date('2026-10-21T09:00:00Z'),
  };
  const rows = given.map((one) => ({ ...usual, ...one }));
  return idOf(await db.insertInto('readings').values(rows).returning('id').execute());
}

/** The number of the (first) one. */
export async function registryImport(db: Db, ...given: readonly Some<RegistryImportsTable, 'kind'>[]): Promise<number> {
  const usual = {
    fileName: 'registry.csv',
    startedAt: LONG_AGO,
    finishedAt: LONG_AGO,
    rowsRead: 0,
    rowsNew: 0,
    rowsChanged: 0,
    rowsUnchanged: 0,
    rowsRefused: 0,
    dataDay: null,
  };
  const { id } = await db
    .insertInto('registryImports')
    .values(given.map((one) => ({ ...usual, ...one })))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A request that waits for an answer; an escalation of the bot's is of another kind and of nobody. The (first) one's id and number. */
export async function request(db: Db, ...given: readonly Some<RequestsTable>[]): Promise<{ id: string; number: number }> {
  const rows = given.map((one) => {
    const at = one.openedAt ?? LONG_AGO;
    const usual = { kind: 'request', state: 'new' as const, openedAt: at, stateAt: at };
    const isResidents = (one.kind ?? 'request') === 'request';
    return { ...usual, ...(isResidents && { topic: 'charges', messengerId: 'telegram:701', waitingSince: at }), ...one };
  });
  const [first] = await db.insertInto('requests').values(rows).returning(['id', 'number']).execute();
  return first ?? { id: '', number: 0 };
}

export async function requestMessage(
  db: Db,
  ...given: readonly Some<RequestMessagesTable, 'requestId' | 'side' | 'source'>[]
): Promise<void> {
  const rows = given.map((one) => ({
    author: one.side === 'staff' ? 'telegram:801' : 'telegram:701',
    kind: 'words' as const,
    words: 'Слова',
    at: LONG_AGO,
    ...one,
  }));
  await db.insertInto('requestMessages').values(rows).execute();
}
