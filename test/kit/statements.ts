import { Pool, type PoolClient } from 'pg';
import { createBackground } from '../../src/adapters/background.ts';
import { loadCentre } from '../../src/adapters/centre-file.ts';
import { createMetrics } from '../../src/adapters/http/metrics.ts';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { createLog } from '../../src/adapters/log.ts';
import { createPaperCache } from '../../src/adapters/paper-cache.ts';
import { cheapHasher } from './passwords.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { randomness } from '../../src/adapters/randomness.ts';
import { openStaffGroup } from '../../src/channels/telegram/staff-group.ts';
import { postgresTurns } from '../../src/adapters/turns/postgres.ts';
import { assembleBot } from '../../src/channels/telegram/assemble.ts';
import { chapters } from '../../src/dialogs/chapters.ts';
import type { Background } from '../../src/office/edges.ts';
import { createOffice } from '../../src/office/office.ts';
import type { Db } from '../../src/records/database.ts';
import { insertLink } from '../../src/records/links.ts';
import { insertResident } from '../../src/records/residents.ts';
import { replaceSession } from '../../src/records/sessions.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { fakeTelegram } from './chat/fake-telegram.ts';
import { testPaperDesk } from './chat/paper-desk.ts';
import { updateOf } from './chat/people.ts';
import { OFFICE_SETTINGS } from './office-settings.ts';

const CLOCK = () => new Date('2026-11-22T09:00:00Z');
const KEY = '00'.repeat(31) + '02';
const ME = { id: 1, is_bot: true as const, first_name: 'Инкомус', username: 'inkomus_bot' } as Parameters<
  typeof assembleBot
>[0]['settings']['me'];

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
  const turns = postgresTurns(turnsPool, openKeyring(KEY));
  const background = createBackground(() => undefined);
  try {
    const { intake, telegram } = await assemble(db, turns, background.run);
    const counted: Counted[] = [];
    for (const [number, { by, accounts, olderMonths }] of RESIDENTS.entries()) {
      const person = await settle(db, 990_001 + number, accounts, olderMonths);
      let said: Sent = [];
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
        await background.settled();
        said = telegram.take();
        const heard = asked.filter((statement) => !statement.includes('from "unreachable"'));
        if (!update.startsWith('(')) counted.push({ update, by, statements: heard.length, ofTurns: ofTurns.length });
      }
    }
    await intake.drain(1_000);
    return counted;
  } finally {
    await turns.close();
    await turnsPool.end();
    await db.destroy();
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

type Sent = ReturnType<ReturnType<typeof fakeTelegram>['take']>;

function pressOf(sent: Sent, which: (button: { text: string; callback_data: string }) => boolean) {
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

async function assemble(db: Db, turns: ReturnType<typeof postgresTurns>, background: Background) {
  const telegram = fakeTelegram();
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: CLOCK });
  const keyring = openKeyring(KEY);
  const office = createOffice({
    db,
    clock: CLOCK,
    randomness,
    keyring,
    passwords: cheapHasher(keyring),
    sendCode: async () => ({ outcome: 'sent', provider: 'test' }),
    codeText: () => '',
    background,
    staff: { isMember: async () => false, isSenior: async () => false },
    centre: await loadCentre(new URL('../../centre.example.json', import.meta.url)),
    settings: OFFICE_SETTINGS,
  });
  const { intake } = assembleBot({
    settings: {
      token: telegram.token,
      apiRoot: 'http://127.0.0.1',
      me: ME,
      client: telegram.client,
    },
    office,
    chapters,
    turns,
    texts,
    papers: createPaperCache({ db, clock: CLOCK, draw: testPaperDesk().draw, messenger: 'telegram' }),
    staffGroup: openStaffGroup(undefined),
    log: createLog('error'),
    metrics: createMetrics(),
    // However slow the machine is: what takes long would be written into the inbox, too.
    limits: { slowMs: 600_000, stuckMs: 600_000 },
  });
  return { intake, telegram };
}

/** A resident who has meters, and has paid nothing on each of so many accounts for four months, and for so many before that billing has no charges of. */
async function settle(db: Db, id: number, accounts: number, olderMonths: number) {
  const now = CLOCK();
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
    const resident = { login: `counted${id}`, phone: `+7900${id}0`, passwordHash: 'none', registeredAt: now };
    const residentId = await insertResident(trx, resident);
    await replaceSession(trx, residentId, `telegram:${id}`, now);
    for (const account of numbers) await insertLink(trx, { residentId, account, way: 'password', linkedAt: now });
  });
  return { name: 'Иван', id, phone: '79000000000' };
}
