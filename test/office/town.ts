import { randomBytes } from 'node:crypto';
import { type Insertable, sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { TEXT_LIMITS } from '../../src/channels/telegram/limits.ts';
import { AccountNumber } from '../../src/domain/account-number.ts';
import { issueAccountPassword } from '../../src/office/accounts/account-passwords.ts';
import type { Caller, MessengerId } from '../../src/office/caller.ts';
import { createContacts } from '../../src/office/requests/contacts.ts';
import { createDebts } from '../../src/office/money/debts.ts';
import { createDetails } from '../../src/office/money/details.ts';
import { createHistory } from '../../src/office/money/history.ts';
import { createLinking } from '../../src/office/accounts/linking.ts';
import { createLinks } from '../../src/office/accounts/links.ts';
import { createPaymentDocuments } from '../../src/office/money/payment-documents.ts';
import { createWhy } from '../../src/office/money/why.ts';
import type { ChargesTable } from '../../src/records/charges.ts';
import { insertConfirmedMessenger } from '../../src/records/confirmed-messengers.ts';
import { replaceSession } from '../../src/records/sessions.ts';
import { TOWN_PAYEE } from '../../src/sandbox/town/payee.ts';
import { listCards } from '../kit/cards.ts';
import { CENTRE } from '../kit/centre.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

export const START = new Date('2026-11-20T09:00:00Z');
export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

export const number = (text: string) => AccountNumber.parse(text);

/** The desks of linking on a real Postgres, residents who are signed in, and accounts with payments and charges. */
export async function openTown() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  let now = START;
  let operations = 0;
  const keyring = openKeyring(randomBytes(32).toString('hex'));
  const randomness = {
    integer: (below: number) => randomBytes(6).readUIntBE(0, 6) % below,
    id: () => randomBytes(16).toString('base64url'),
  };
  const settings = { timeZone: 'Europe/Moscow', payee: TOWN_PAYEE, cards: ['telegram'], textLimits: TEXT_LIMITS };
  const edges = { db, clock: () => now, keyring, randomness, centre: CENTRE, settings };
  const desks = {
    linking: createLinking(edges),
    links: createLinks(edges),
    debts: createDebts(edges),
    why: createWhy(edges),
    paymentDocuments: createPaymentDocuments(edges),
    history: createHistory(edges),
    details: createDetails(edges),
    contacts: createContacts(edges),
  };
  const by = (person: number, operation = `op-${++operations}`): Caller => ({
    messengerId: `telegram:${person}`,
    idempotencyKey: operation,
  });

  const town = {
    ...desks,
    db,
    url,
    edges,
    by,
    now: () => now,
    later(ms: number) {
      now = new Date(now.getTime() + ms);
    },

    /** A resident whose login is open in the messenger accounts `telegram:<person>`; the id. */
    async resident(...people: number[]): Promise<string> {
      return db.transaction().execute(async (trx) => {
        const id = await make.resident(trx, {
          login: `resident${people[0]}`,
          phone: `+79${String(people[0]).padStart(9, '0')}`,
          passwordHash: 'none',
          registeredAt: now,
        });
        for (const person of people) {
          await insertConfirmedMessenger(trx, id, `telegram:${person}`, now);
          await replaceSession(trx, id, `telegram:${person}`, now);
        }
        return id;
      });
    },

    /** All sessions are as if just opened. */
    async signInAnew() {
      await sql`update sessions set opened_at = ${now}, seen_at = ${now}`.execute(db);
    },

    /** An account with its payments as `[day, kopecks]`. */
    async account(
      account: string,
      payments: readonly (readonly [day: string, kopecks: number])[] = [],
      more: { address?: string; closed?: boolean } = {},
    ): Promise<AccountNumber> {
      const address = 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17';
      await make.account(db, { number: account, ownerName: 'Иванов И. И.', address, ...more });
      const rows = payments.map(([day, sumKopecks], i) => ({ account, day, sumKopecks, operation: `${account}-${i}` }));
      if (rows.length > 0) await make.payment(db, ...rows);
      return number(account);
    },

    async charge(
      account: string,
      period: string,
      service: string,
      dueKopecks: number,
      more: Partial<Insertable<ChargesTable>> = {},
    ) {
      const row = {
        account,
        period: `${period}-01`,
        service,
        openingKopecks: 0,
        chargedKopecks: dueKopecks,
        dueKopecks,
        ...more,
      };
      await make.charge(db, row);
    },

    async paymentsAreOf(day: string) {
      const none = { rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsRefused: 0 };
      await make.registryImport(db, {
        kind: 'payments',
        fileName: 'p.csv',
        startedAt: now,
        finishedAt: now,
        ...none,
        dataDay: day,
      });
    },

    async password(account: string): Promise<string> {
      const issued = await issueAccountPassword(edges, number(account), 'a test');
      if (issued.outcome !== 'issued') throw new Error(issued.outcome);
      return issued.password;
    },

    /** The whole way by sum or by password; the link's id. */
    async link(person: number, account: string, by_: { sum: number } | { password: string }): Promise<string> {
      const proved =
        'sum' in by_
          ? await desks.linking.proveBySum(by(person), number(account), by_.sum)
          : await desks.linking.proveByPassword(by(person), number(account), by_.password);
      if (proved.outcome !== 'proved') throw new Error(proved.outcome);
      const linked = await desks.linking.confirm(by(person), proved.proof);
      if (linked.outcome !== 'linked') throw new Error(linked.outcome);
      const listed = await desks.links.list(by(person));
      if (listed.outcome !== 'listed') throw new Error(listed.outcome);
      return listed.accounts.find((each) => each.account === account)?.link ?? 'none';
    },

    /** What staff are told of escalations. */
    cards: () => listCards(db),

    notices: (to: MessengerId | 'staff') =>
      db
        .selectFrom('outbox')
        .where('kind', '=', 'notice')
        .select(['text', 'words', 'doors'])
        .where('addressee', '=', to)
        .orderBy('id')
        .execute(),

    escalations: () => db.selectFrom('escalations').select(['kind', 'account', 'words']).orderBy('id').execute(),

    /** How often wrong sums were evaluated, over all. */
    async evaluated(): Promise<number> {
      const row = await db
        .selectFrom('sumFailures')
        .where('evaluated', '=', true)
        .select((e) => e.fn.countAll<number>().as('times'))
        .executeTakeFirstOrThrow();
      return row.times;
    },
  };
  return town;
}
