import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { openKeyring } from '../../src/adapters/keyring.ts';
import { loadCentre } from '../../src/adapters/centre-file.ts';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { camelCaseRows, SnakeCaseDialect } from '../../src/adapters/postgres/snake-case-dialect.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { shiftPeriod } from '../../src/domain/period.ts';
import type { Caller } from '../../src/office/caller.ts';
import { createDebts } from '../../src/office/money/debts.ts';
import { createHistory } from '../../src/office/money/history.ts';
import { createLinks } from '../../src/office/accounts/links.ts';
import { createPaymentDocuments } from '../../src/office/money/payment-documents.ts';
import { createWhy } from '../../src/office/money/why.ts';
import type { Database, Db } from '../../src/records/database.ts';
import { migrate } from '../../src/records/migrate.ts';
import { TOWN_PAYEE } from '../../src/sandbox/town/payee.ts';
import { type Counted, countStatements, statementLines } from '../kit/statements.ts';
import { type CabinetSize, fillTown, NEWEST, SERVICES } from './cabinet/fill.ts';
import { type Query, type Touched, touchedBy } from './cabinet/plans.ts';

const AIM_P99_MS = 20;
/** Residents asking at the same time, besides one after another. */
const AT_ONCE = 8;
const CENTRE_CLOCK = () => new Date('2026-11-20T09:00:00Z');

type Desks = Awaited<ReturnType<typeof openDesks>>;
type Verb = { name: string; aimed: boolean; ask: (desks: Desks, caller: Caller, link: string) => Promise<{ outcome: string }> };

const VERBS: readonly Verb[] = [
  { name: '/debt', aimed: true, ask: ({ debts }, caller) => debts.show(caller) },
  { name: '/history, newest month', aimed: true, ask: ({ history }, caller, link) => history.month(caller, link, null) },
  {
    name: '/history, two years back',
    aimed: true,
    ask: ({ history }, caller, link) => history.month(caller, link, shiftPeriod(NEWEST, -24)),
  },
  { name: 'the chart of 12 months', aimed: false, ask: ({ history }, caller, link) => history.chart(caller, link) },
  { name: '«Почему столько?»', aimed: false, ask: ({ why }, caller, link) => why.show(caller, link, null) },
  { name: '/bill, the data of it', aimed: false, ask: ({ documents }, caller, link) => documents.show(caller, link, null) },
];

export type CabinetBench = {
  size: CabinetSize;
  fillSeconds: number;
  gigabytes: number;
  statements: Counted[];
  verbs: {
    name: string;
    aimed: boolean;
    calls: number;
    alone: Percentiles;
    together: Percentiles;
    queries: number;
    touched: Touched[];
  }[];
  /** What a plan touches that it should not, a sentence each. */
  troubles: string[];
};
type Percentiles = { p50: number; p99: number };

/** What the cabinet's questions cost in the office with a whole town's charges in Postgres, and whether their plans touch only the account. */
export async function benchCabinet(size: CabinetSize, calls: number, say: (line: string) => void): Promise<CabinetBench> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-cabinet-'));
  const server = await startEmbeddedPostgres(join(folder, 'data'));
  const pool = openPool({ connectionString: server.url, max: AT_ONCE });
  const db = openDb(pool);
  try {
    await migrate(db);
    say(`  filling a town of ${size.accounts} accounts × ${size.periods} periods × ${SERVICES} services …`);
    const start = performance.now();
    await fillTown(db, size);
    const fillSeconds = (performance.now() - start) / 1000;
    const { rows } = await pool.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');

    const statements = await countStatements(server.url);
    const heard: Query[] = [];
    const listening = new Kysely<Database>({
      dialect: new SnakeCaseDialect({ pool }),
      plugins: [camelCaseRows],
      log: ({ query }) => void heard.push({ sql: query.sql, parameters: query.parameters }),
    });
    const [desks, heardDesks] = [await openDesks(db), await openDesks(listening)];
    const askers = await findAskers(desks, size.residents);
    const verbs: CabinetBench['verbs'] = [];
    const troubles: string[] = [];
    for (const verb of VERBS) {
      const alone = await measure(desks, verb, askers, calls, 1);
      const together = await measure(desks, verb, askers, calls, AT_ONCE);
      heard.length = 0;
      const [asker] = askers;
      if (asker) await verb.ask(heardDesks, asker.caller, asker.link);
      const queries = heard.filter((query) => /^\s*select/i.test(query.sql));
      const touched: Touched[] = [];
      for (const query of queries) {
        const usual = await touchedBy(pool, query, { forced: false });
        const { wholeTables } = await touchedBy(pool, query, { forced: true });
        touched.push(usual);
        troubles.push(...troublesOf(verb.name, usual, wholeTables, size.periods));
      }
      verbs.push({ name: verb.name, aimed: verb.aimed, calls, alone, together, queries: queries.length, touched });
    }
    return { size, fillSeconds, gigabytes: (rows[0]?.bytes ?? 0) / 1e9, statements, verbs, troubles };
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openDesks(db: Db) {
  const centre = await loadCentre(new URL('../../centre.example.json', import.meta.url));
  const keyring = openKeyring('0'.repeat(64));
  const edges = {
    db,
    clock: CENTRE_CLOCK,
    centre,
    keyring,
    settings: { timeZone: 'Europe/Moscow', payee: TOWN_PAYEE, cards: ['telegram'] },
  };
  return {
    debts: createDebts(edges),
    history: createHistory(edges),
    why: createWhy(edges),
    documents: createPaymentDocuments(edges),
    links: createLinks(edges),
  };
}

/** Residents from all over the town, in an order that jumps about, each with one of his accounts. */
async function findAskers({ links }: Desks, residents: number): Promise<{ caller: Caller; link: string }[]> {
  const askers = [];
  for (let i = 0; i < Math.min(residents, 2_000); i += 1) {
    const caller: Caller = { messengerId: `telegram:${1 + ((i * 7_919) % residents)}`, idempotencyKey: 'bench' };
    const listed = await links.list(caller);
    const link = listed.outcome === 'listed' ? listed.accounts[0]?.link : undefined;
    if (link === undefined) throw new Error(`a resident of the bench has no account: ${listed.outcome}`);
    askers.push({ caller, link });
  }
  return askers;
}

async function measure(
  desks: Desks,
  verb: Verb,
  askers: readonly { caller: Caller; link: string }[],
  calls: number,
  atOnce: number,
): Promise<Percentiles> {
  const times: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < calls; i = next++) {
      const { caller, link } = askers[i % askers.length] as { caller: Caller; link: string };
      const start = performance.now();
      const { outcome } = await verb.ask(desks, caller, link);
      times.push(performance.now() - start);
      if (outcome !== 'shown' && outcome !== 'drawn' && outcome !== 'explained') throw new Error(`${verb.name}: ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Three accounts at most, all their months, and something besides: whoever reads more reads other people's rows. */
function troublesOf(verb: string, { sql, rows }: Touched, withoutIndex: readonly string[], periods: number): string[] {
  const most = periods * SERVICES + 2 * periods + 50;
  const query = sql.replaceAll(/\s+/g, ' ').slice(0, 90);
  return [
    ...withoutIndex.map((table) => `${verb}: reads the whole of ${table}: ${query}…`),
    ...(rows > most ? [`${verb}: looks at ${rows} rows (at most ${most} are the account's): ${query}…`] : []),
  ];
}

/** The figures as lines to read. */
export function cabinetBenchLines({ size, fillSeconds, gigabytes, statements, verbs, troubles }: CabinetBench): string[] {
  const ms = ({ p50, p99 }: Percentiles) => `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`;
  return [
    ...statementLines(statements),
    `the cabinet with ${size.accounts} accounts × ${size.periods} periods × ${SERVICES} services (${gigabytes.toFixed(1)} GB, filled in ${Math.round(fillSeconds)} s), in the office:`,
    ...verbs.map(({ name, aimed, calls, alone, together, queries, touched }) => {
      const most = Math.max(...touched.map(({ pages }) => pages));
      const aim = aimed ? ` (aim p99 < ${AIM_P99_MS} ms): ${alone.p99 < AIM_P99_MS ? 'met' : 'MISSED'}` : '';
      return `  ${name}: ${ms(alone)}${aim}; ${AT_ONCE} at once ${ms(together)}; ${calls} calls each; ${queries} queries, of ${most} pages at most`;
    }),
    troubles.length === 0
      ? '  plans: every query touches only the account, by an index'
      : `  plans: TROUBLE\n${troubles.map((trouble) => `    ${trouble}`).join('\n')}`,
  ];
}
