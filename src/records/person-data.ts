import { sql } from 'kysely';
import { CHARGE_COLUMNS } from './charges.ts';
import { listOwnMessengers } from './confirmed-messengers.ts';
import type { Db } from './database.ts';
import { listToldTo } from './last-told.ts';

/** A row of what is kept of somebody: plain values, times as moments. */
type Row = Readonly<Record<string, string | number | boolean | Date | null>>;

/** What the tables hold of a person, a list of rows for each kind; no secret and no hash is among them. */
export type PersonRows = { readonly [Kind in (typeof PERSON_KINDS)[number]]: readonly Row[] };

/** In the order in which a person reads them. */
export const PERSON_KINDS = [
  'resident',
  'consents',
  'messengers',
  'sessions',
  'codes',
  'links',
  'mutedNews',
  'readings',
  'readingPhotos',
  'cardPayments',
  'paymentOrders',
  'requests',
  'requestMessages',
  'guestLookups',
  'lastTold',
] as const;

/** What is kept of a resident: his own words and doings. What staff wrote for each other (`//`) is theirs. */
export async function findPersonRows(db: Db, residentId: string): Promise<PersonRows> {
  const ofResident = (column: string) => sql<boolean>`${sql.ref(column)} = ${residentId}`;
  const messengers = await db
    .selectFrom('confirmedMessengers')
    .select(['messengerId', 'confirmedAt'])
    .where(ofResident('residentId'))
    .orderBy('confirmedAt')
    .orderBy('messengerId')
    .execute();
  // Of what was done in an account that is another login's, too, only what names this resident is his.
  const own = await listOwnMessengers(db, residentId);
  const isOwn = (column: string) => sql<boolean>`${sql.ref(column)} = any(${own}::text[])`;
  // Whoever asks for a code to his phone, or pays an invoice that he passed on, may be a stranger: that messenger account is not his to read.
  const entered = [...new Set([...own, ...(await listEnteredMessengers(db, residentId))])];
  const hisOnly = (column: string) =>
    sql<string | null>`case when ${sql.ref(column)} = any(${entered}::text[]) then ${sql.ref(column)} end`.as('messengerId');
  const resident = await db.selectFrom('residents').select(['login', 'phone', 'registeredAt']).where(ofResident('id')).execute();
  const phone = resident[0]?.phone ?? '';
  return {
    resident,
    consents: await db
      .selectFrom('consents')
      .select(['messengerId', 'version', 'sha256', 'givenAt', 'withdrawnAt'])
      .where(ofResident('residentId'))
      .orderBy('givenAt')
      .orderBy('version')
      .execute(),
    messengers,
    sessions: await db
      .selectFrom('sessions')
      .select(['messengerId', 'openedAt', 'seenAt', 'endedAt'])
      .where(ofResident('residentId'))
      .orderBy('openedAt')
      .orderBy('id')
      .execute(),
    codes: await db
      .selectFrom('confirmationCodes')
      .select(['phone', hisOnly('messengerId'), 'purpose', 'createdAt', 'delivery'])
      .where((e) => e.or([e('phone', '=', phone), isOwn('messengerId')]))
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
    links: await db
      .selectFrom('links')
      .innerJoin('accounts', 'accounts.number', 'links.account')
      .select(['account', 'address', 'name', 'way', 'linkedAt', 'endedAt', 'endedWhy'])
      .where(ofResident('residentId'))
      .orderBy('linkedAt')
      .orderBy('account')
      .execute(),
    mutedNews: await db.selectFrom('mutedNews').select('kind').where(ofResident('residentId')).orderBy('kind').execute(),
    readings: await db
      .selectFrom('readings')
      .select(['account', 'number', 'scale', 'service', 'value', 'day', 'takenAt', 'state', 'reason'])
      .where((e) => e.or([ofResident('residentId'), isOwn('submittedBy')]))
      .orderBy('takenAt')
      .orderBy('id')
      .execute(),
    readingPhotos: await db
      .selectFrom('readingPhotos as p')
      .innerJoin('readings as r', 'r.id', 'p.readingId')
      .select(['r.account', 'r.number', 'r.day', 'p.addedAt', hisOnly('p.messengerId')])
      .where((e) => e.or([ofResident('r.residentId'), isOwn('p.messengerId')]))
      .orderBy('p.addedAt')
      .orderBy('p.id')
      .execute(),
    cardPayments: await db
      .selectFrom('cardPayments as p')
      .leftJoin('cardPaymentLines as l', 'l.paymentId', 'p.id')
      .leftJoin('paymentOrders as o', 'o.id', 'p.orderId')
      .select((e) => [
        'p.operation',
        'l.account',
        e.fn.coalesce('l.sumKopecks', 'p.totalKopecks').as('sumKopecks'),
        'p.paidAt',
        hisOnly('p.messengerId'),
        'p.refundedAt',
      ])
      .where((e) => e.or([isOwn('p.messengerId'), ofResident('o.residentId')]))
      .orderBy('p.paidAt')
      .orderBy('l.place')
      .execute(),
    paymentOrders: await db
      .selectFrom('paymentOrders')
      .select(['createdAt', 'totalKopecks', hisOnly('messengerId')])
      .where((e) => e.or([isOwn('messengerId'), ofResident('residentId')]))
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
    requests: await requestsOf(db, residentId, own)
      .select([
        'r.number',
        'r.kind',
        'r.topic',
        'r.account',
        'r.called',
        'r.state',
        'r.openedAt',
        'r.closedAt',
        'r.rating',
        'r.ratingWords',
      ])
      .orderBy('r.number')
      .execute(),
    requestMessages: await requestsOf(db, residentId, own)
      .innerJoin('requestMessages as m', 'm.requestId', 'r.id')
      .select(['r.number as request', 'm.at', 'm.side', 'm.kind', 'm.words', 'm.fileName', 'm.editedAt', 'm.withdrawnAt'])
      .where('m.side', '!=', 'note')
      .orderBy('r.number')
      .orderBy('m.id')
      .execute(),
    guestLookups: await db
      .selectFrom('guestLookups')
      .select(['account', 'messengerId', 'countedAt', 'seenAt'])
      .where(isOwn('messengerId'))
      .orderBy('countedAt')
      .orderBy('account')
      .execute(),
    lastTold: await listToldTo(db).where(isOwn('messengerId')).execute(),
  };
}

/** Messenger accounts in which this login was ever open. */
async function listEnteredMessengers(db: Db, residentId: string): Promise<string[]> {
  const rows = await db.selectFrom('sessions').select('messengerId').distinct().where('residentId', '=', residentId).execute();
  return rows.map(({ messengerId }) => messengerId);
}

/** The same requests that are emptied when the consent is withdrawn (`wipePersonFromRequests`). */
function requestsOf(db: Db, residentId: string, own: readonly string[]) {
  return db
    .selectFrom('requests as r')
    .where((e) =>
      e.or([
        e('r.residentId', '=', residentId),
        e.and([e('r.residentId', 'is', null), e('r.messengerId', '=', sql<string>`any(${[...own]}::text[])`)]),
      ]),
    );
}

/** What is kept of a phone that no login has. Who asked for a code to it may be a stranger, and is not named. */
export async function findPhoneRows(db: Db, phone: string): Promise<{ readonly codes: readonly Row[] }> {
  return {
    codes: await db
      .selectFrom('confirmationCodes')
      .select(['phone', 'purpose', 'createdAt', 'delivery'])
      .where('phone', '=', phone)
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
  };
}

/** What billing's registries have of an account, the owner's name too, and what was handed in and paid for it by whomever. */
export async function findAccountRows(
  db: Db,
  account: string,
): Promise<{ readonly [Kind in (typeof ACCOUNT_KINDS)[number]]: readonly Row[] }> {
  return {
    account: await db
      .selectFrom('accounts')
      .select(['number', 'ownerName', 'address', 'unifiedNumber', 'fias', 'area', 'residents', 'closed', 'closedOn'])
      .where('number', '=', account)
      .execute(),
    charges: await db
      .selectFrom('charges')
      .select(CHARGE_COLUMNS)
      .where('account', '=', account)
      .orderBy('charges.period')
      .orderBy('service')
      .orderBy('supplier')
      .execute(),
    payments: await db
      .selectFrom('payments')
      .select(['day', 'sumKopecks', 'source', 'operation'])
      .where('account', '=', account)
      .orderBy('day')
      .orderBy('entry')
      .execute(),
    meters: await db
      .selectFrom('meters')
      .select(['number', 'scale', 'service', 'digits', 'verificationDue', 'value', 'valueDay'])
      .where('account', '=', account)
      .orderBy('number')
      .orderBy('scale')
      .execute(),
    handedIn: await db
      .selectFrom('readings')
      .select(['number', 'scale', 'service', 'value', 'day', 'takenAt', 'state', 'reason'])
      .where('account', '=', account)
      .orderBy('takenAt')
      .orderBy('id')
      .execute(),
    paidByCard: await db
      .selectFrom('cardPaymentLines as l')
      .innerJoin('cardPayments as p', 'p.id', 'l.paymentId')
      .select(['l.operation', 'l.sumKopecks', 'p.paidAt', 'p.refundedAt'])
      .where('l.account', '=', account)
      .orderBy('p.paidAt')
      .orderBy('l.operation')
      .execute(),
  };
}

/** In the order in which a person reads them. */
const ACCOUNT_KINDS = ['account', 'charges', 'payments', 'meters', 'handedIn', 'paidByCard'] as const;
