import { Pool, type PoolClient } from 'pg';
import { createLog } from '../../src/adapters/log.ts';
import { createPaperCache } from '../../src/adapters/paper-cache.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { postgresTurns } from '../../src/adapters/turns/postgres.ts';
import type { Db } from '../../src/records/database.ts';
import { insertLink } from '../../src/records/links.ts';
import { insertResident } from '../../src/records/residents.ts';
import { replaceSession } from '../../src/records/sessions.ts';
import type { Sent } from './chat/fake-telegram.ts';
import { testPaperDesk } from './chat/paper-desk.ts';
import { updateOf } from './chat/people.ts';
import { openWorld } from './chat/world.ts';

const START = new Date('2026-11-22T09:00:00Z');

/** One update: `statements` with Redis as the store of turns, `ofTurns` more where Postgres is that, too. */
export type Counted = { update: string; by: string; statements: number; ofTurns: number };

/**
 * How often Postgres is asked, counted below Kysely (transactions' own statements, too), for one update of a resident, through everything
 * that an update passes. That people are here is noted for all of them once a second and not counted.
 */
export async function countStatements(url: string): Promise<Counted[]> {
  const asked: string[] = [];
  const ofTurns: string[] = [];
  const pool = heardPool(url, asked);
  const turnsPool = heardPool(url, ofTurns);
  const db = openDb(pool);
  const world = await openWorld({
    database: { db, pool, url, close: () => db.destroy() },
    start: START,
    turns: (keyring) => postgresTurns(turnsPool, keyring),
    log: createLog('error'),
    papersOn: (base) => createPaperCache({ ...base, draw: testPaperDesk().draw, messenger: 'telegram' }),
    // However slow the machine is: what takes long would be written into the inbox, too.
    limits: { slowMs: 600_000, stuckMs: 600_000 },
  });
  const { intake, telegram } = world;
  try {
    const counted: Counted[] = [];
    for (const [number, { by, accounts, olderMonths }] of RESIDENTS.entries()) {
      const person = await settle(db, 990_001 + number, accounts, olderMonths);
      let said: Sent[] = [];
      for (const [update, act] of STEPS) {
        const action =
          typeof act === 'string'
            ? { does: 'say' as const, words: act }
            : act === OPEN
              ? pressOf(said, ({ callback_data: data }) => data.startsWith('d.debt.'))
              : pressOf(said, ({ text }) => `[${text}]` === update);
        if (!action && act === OPEN) continue;
        if (!action) throw new Error(`there is no button ${update}`);
        asked.length = 0;
        ofTurns.length = 0;
        const made = updateOf(person, action, nextIds(), 1_790_000_000);
        telegram.heard(made);
        await intake.accept(made);
        await world.settled();
        said = telegram.take();
        const heard = asked.filter((statement) => !statement.includes('from "unreachable"'));
        if (!update.startsWith('(')) counted.push({ update, by, statements: heard.length, ofTurns: ofTurns.length });
      }
    }
    await intake.drain(1_000);
    return counted;
  } finally {
    await world.close();
    await turnsPool.end();
  }
}

const RESIDENTS = [
  { by: 'one account', accounts: 1, olderMonths: 0 },
  { by: 'four accounts', accounts: 4, olderMonths: 0 },
  { by: 'four accounts, debts of many months', accounts: 4, olderMonths: 3 },
];

const PRESS = Symbol('press');
/** Of a list of several accounts, one is opened. */
const OPEN = Symbol('open');
/** What the resident does; what stands in brackets leads to what is counted. */
const STEPS: readonly (readonly [update: string, act: string | typeof PRESS | typeof OPEN])[] = [
  ['/menu', '/menu'],
  ['/debt', '/debt'],
  ['(an account)', OPEN],
  ['[Почему столько?]', PRESS],
  ['/bill', '/bill'],
  ['(/link)', '/link'],
  ['[По сумме последних платежей]', PRESS],
  ['a typed answer', '70009999'],
];

/** The figures as lines to read. */
export function statementLines(counted: readonly Counted[]): string[] {
  return [
    'statements that an update asks of Postgres (with Redis as the store of turns; in brackets with Postgres as that, too):',
    ...counted.map(
      ({ update, by, statements, ofTurns }) => `  ${update}, signed in with ${by}: ${statements} (${statements + ofTurns})`,
    ),
  ];
}

let lastId = 990_000_000;
const nextIds = () => ({ update: (lastId += 1), message: lastId });

function pressOf(sent: readonly Sent[], which: (button: { text: string; callback_data: string }) => boolean) {
  for (const { payload, messageId } of sent.toReversed()) {
    const buttons = payload.reply_markup?.inline_keyboard?.flat() ?? [];
    const button = buttons.find((each) => 'callback_data' in each && which(each));
    if (button && 'callback_data' in button) return { does: 'press' as const, data: button.callback_data, messageId };
  }
  return undefined;
}

/** A pool that tells what it is asked. */
function heardPool(url: string, heard: string[]): Pool {
  const pool = openPool({ connectionString: url, max: 4 });
  pool.on('connect', (client: PoolClient) => {
    const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const [query] = args;
      heard.push(typeof query === 'string' ? query : (query as { text: string }).text);
      return ask(...args);
    }) as PoolClient['query'];
  });
  return pool;
}

/** A resident who has meters, and has paid nothing on each of so many accounts for four months, and for so many before that billing has no charges of. */
async function settle(db: Db, id: number, accounts: number, olderMonths: number) {
  const numbers = Array.from({ length: accounts }, (_, n) => `${id}${n}`);
  await db
    .insertInto('accounts')
    .values(numbers.map((number) => ({ number, ownerName: 'Иванов Иван Иванович', address: `ул. Мира, д. 5, кв. ${number}` })))
    .execute();
  const months = ['2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'];
  await db
    .insertInto('charges')
    .values(
      numbers.flatMap((account) =>
        months.flatMap((period, n) =>
          ['Отопление', 'Вывоз ТКО'].map((service) => ({
            account,
            period,
            service,
            openingKopecks: (olderMonths + n) * 1_000_00,
            chargedKopecks: 1_000_00,
            dueKopecks: (olderMonths + n + 1) * 1_000_00,
          })),
        ),
      ),
    )
    .execute();
  await db
    .insertInto('meters')
    .values(numbers.map((account) => ({ account, number: '14', service: 'Холодная вода', value: '7', valueDay: '2026-10-20' })))
    .execute();
  await db.transaction().execute(async (trx) => {
    const resident = { login: `counted${id}`, phone: `+7900${id}0`, passwordHash: 'none', registeredAt: START };
    const residentId = await insertResident(trx, resident);
    await replaceSession(trx, residentId, `telegram:${id}`, START);
    for (const account of numbers) await insertLink(trx, { residentId, account, way: 'password', linkedAt: START });
  });
  return { name: 'Иван', id, phone: '79000000000' };
}
