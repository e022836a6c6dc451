import type { Insertable } from 'kysely';
import type { MessengerId } from '../../src/office/caller.ts';
import type { AccountsTable } from '../../src/records/accounts.ts';
import type { CardPaymentLinesTable, CardPaymentsTable } from '../../src/records/card-payments.ts';
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
  const usual = () => ({ login: another('resident'), phone: null, password_hash: 'none', registered_at: LONG_AGO });
  const rows = given.map((one) => ({ ...usual(), ...one }));
  const made = await db.insertInto('residents').values(rows).returning(['id', 'login']).execute();
  const ids = new Map(made.map(({ id, login }) => [login, id]));
  return rows.map(({ login }) => ids.get(login) ?? '');
}

/** A resident who has signed in as these (`telegram:701`), and confirmed them; the id. */
export async function signedIn(db: Db, given: Some<ResidentsTable>, as: readonly MessengerId[], now: Date): Promise<string> {
  const id = await resident(db, { registered_at: now, ...given });
  for (const messenger_id of as) {
    await confirmedMessenger(db, { resident_id: id, messenger_id, confirmed_at: now });
    await session(db, { resident_id: id, messenger_id, opened_at: now });
  }
  return id;
}

/** So many residents, each signed in as `telegram:<number>`, from 1 on. */
export async function crowd(db: Db, count: number, now: Date): Promise<void> {
  const people = Array.from({ length: count }, (_, i) => i + 1);
  const of = (n: number) => ({ login: `res${n}`, phone: `+79${String(n).padStart(9, '0')}`, registered_at: now });
  const ids = await residents(db, people.map(of));
  await session(db, ...ids.map((resident_id, i) => ({ resident_id, messenger_id: `telegram:${i + 1}`, opened_at: now })));
}

export async function session(db: Db, ...given: readonly Some<SessionsTable, 'resident_id' | 'messenger_id'>[]): Promise<string> {
  const rows = given.map((one) => ({ opened_at: LONG_AGO, seen_at: one.opened_at ?? LONG_AGO, ended_at: null, ...one }));
  return idOf(await db.insertInto('sessions').values(rows).returning('id').execute());
}

export async function confirmedMessenger(
  db: Db,
  ...given: readonly Some<ConfirmedMessengersTable, 'resident_id' | 'messenger_id'>[]
): Promise<void> {
  const rows = given.map((one) => ({ confirmed_at: LONG_AGO, ...one }));
  await db.insertInto('confirmed_messengers').values(rows).execute();
}

/** The id of the (first) link. */
export async function link(db: Db, ...given: readonly Some<LinksTable, 'resident_id' | 'account'>[]): Promise<string> {
  const rows = given.map((one) => ({ way: 'sum' as const, linked_at: LONG_AGO, ...one }));
  return idOf(await db.insertInto('links').values(rows).returning('id').execute());
}

export async function account(db: Db, ...given: readonly Some<AccountsTable, 'number'>[]): Promise<void> {
  const usual = { owner_name: 'Иванов Иван Иванович', address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17' };
  await db
    .insertInto('accounts')
    .values(given.map((one) => ({ ...usual, ...one })))
    .execute();
}

/** By what is due; what is charged is the same where it is not said. */
export async function charge(db: Db, ...given: readonly Some<ChargesTable, 'account'>[]): Promise<void> {
  const usual = { period: '2026-10-01', service: 'Отопление', opening_kopecks: 0 };
  const rows = given.map((one) => ({
    ...usual,
    charged_kopecks: one.due_kopecks ?? 0,
    due_kopecks: one.charged_kopecks ?? 0,
    ...one,
  }));
  await db.insertInto('charges').values(rows).execute();
}

export async function payment(db: Db, ...given: readonly Some<PaymentsTable, 'account'>[]): Promise<void> {
  const rows = given.map((one) => ({ day: '2026-10-10', sum_kopecks: 500_00, operation: another('operation'), ...one }));
  await db.insertInto('payments').values(rows).execute();
}

/** Paid in the bot by a card, one account a line; the number of the payment. */
export async function cardPayment(
  db: Db,
  lines: readonly Some<CardPaymentLinesTable, 'account' | 'sum_kopecks'>[],
  given: Some<CardPaymentsTable> = {},
): Promise<number> {
  const paidAt = given.paid_at instanceof Date ? given.paid_at : LONG_AGO;
  const operation = given.operation ?? lines[0]?.operation ?? another('operation');
  const usual = {
    order_id: another('order'),
    messenger_id: null,
    telegram_charge_id: another('telegram'),
    provider_charge_id: another('provider'),
    currency: 'RUB',
    total_kopecks: lines.reduce((sum, line) => sum + line.sum_kopecks, 0),
    not_credited: null,
    paid_day: paidAt.toISOString().slice(0, 10),
    taken_at: paidAt,
  };
  const { id } = await db
    .insertInto('card_payments')
    .values({ ...usual, ...given, operation, paid_at: paidAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = lines.map((line, n) => ({
    operation: n === 0 ? operation : `${operation}/${n + 1}`,
    payment_id: id,
    place: n + 1,
    ...line,
  }));
  if (rows.length > 0) await db.insertInto('card_payment_lines').values(rows).execute();
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
    window_opens: '2026-10-20',
    giver: 'resident',
    resident_id: null,
    value: '12',
    day: '2026-10-21',
    taken_at: new Date('2026-10-21T09:00:00Z'),
  };
  const rows = given.map((one) => ({ ...usual, ...one }));
  return idOf(await db.insertInto('readings').values(rows).returning('id').execute());
}

export async function registryImport(db: Db, ...given: readonly Some<RegistryImportsTable, 'kind'>[]): Promise<void> {
  const usual = {
    file_name: 'registry.csv',
    started_at: LONG_AGO,
    finished_at: LONG_AGO,
    rows_read: 0,
    rows_new: 0,
    rows_changed: 0,
    rows_unchanged: 0,
    rows_refused: 0,
    data_day: null,
  };
  await db
    .insertInto('registry_imports')
    .values(given.map((one) => ({ ...usual, ...one })))
    .execute();
}

/** A request that waits for an answer; a trouble of the bot's is of another kind and of nobody. The (first) one's id and number. */
export async function request(db: Db, ...given: readonly Some<RequestsTable>[]): Promise<{ id: string; number: number }> {
  const rows = given.map((one) => {
    const at = one.opened_at ?? LONG_AGO;
    const usual = { kind: 'request', state: 'new' as const, opened_at: at, state_at: at };
    const isResidents = (one.kind ?? 'request') === 'request';
    return { ...usual, ...(isResidents && { topic: 'charges', messenger_id: 'telegram:701', waiting_since: at }), ...one };
  });
  const [first] = await db.insertInto('requests').values(rows).returning(['id', 'number']).execute();
  return first ?? { id: '', number: 0 };
}

export async function requestMessage(
  db: Db,
  ...given: readonly Some<RequestMessagesTable, 'request_id' | 'side' | 'source'>[]
): Promise<void> {
  const rows = given.map((one) => ({
    author: one.side === 'staff' ? 'telegram:801' : 'telegram:701',
    kind: 'words' as const,
    words: 'Слова',
    at: LONG_AGO,
    ...one,
  }));
  await db.insertInto('request_messages').values(rows).execute();
}
