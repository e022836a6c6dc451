import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startBotApi, until } from '../kit/edge/bot-api.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { openStatementCount } from '../kit/edge/statements.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../kit/edge/tcp-proxy.ts';
import * as make from '../kit/make.ts';
import { testDatabase } from '../kit/postgres.ts';

/** What Prometheus makes of itself. */
const OTHERS = new Set(['up', 'process_start_time_seconds', 'job', 'instance']);
const FUNCTIONS = /^(sum|max|min|by|le|rate|increase|changes|histogram_quantile|e\d+)$/;

/** The names of metrics in an expression: words that are neither functions nor labels. */
function metricsIn(expr: string): string[] {
  const bare = expr
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\bby \([^)]*\)/g, '');
  return [...bare.matchAll(/[a-z_][a-z0-9_]*/g)].map(([name]) => name).filter((name) => !FUNCTIONS.test(name) && name.length > 2);
}

const board = JSON.parse(readFileSync('ops/grafana-dashboard.json', 'utf8')) as { panels: { targets?: { expr: string }[] }[] };
const rules = readFileSync('ops/inkomus-bot.rules.yml', 'utf8');
const expressions = [
  ...board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...[...rules.matchAll(/^ +expr: '(.*)'$/gm)].map(([, expr = '']) => expr),
];

async function openStage() {
  const [{ db, url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  const statements = openStatementCount();
  const proxy = await startTcpProxy(placeOfPostgres(url), statements.listen);
  onTestFinished(async () => {
    await telegram.close();
    await proxy.close();
    await close();
  });
  const port = await freePort();
  const bot = await spawnBot({
    DATABASE_URL: throughPort(url, proxy.port),
    TELEGRAM_API_ROOT: telegram.apiRoot,
    PORT: String(port),
  });
  await bot.ready();
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return { db, telegram, statements, bot, scrape };
}

test('each metric of the dashboard and of the rules is there, and each counter at zero before its first event; the work is shown as it stands', async () => {
  const { db, telegram, scrape } = await openStage();
  const now = Date.now();
  await make.registryImport(db, { kind: 'payments', finishedAt: new Date(now - 7_200_000), rowsRefused: 3 });
  await make.request(db, { messengerId: 'telegram:7', waitingSince: new Date(now - 90 * 86_400_000) });
  await db
    .insertInto('updateInbox')
    .values({ id: 'u1', line: null, state: 'failed', sealed: 'x', owner: null, at: new Date(now - 60_000), requestId: null })
    .execute();

  const said = await scrape();
  const there = new Set([...said.matchAll(/^([a-z_][a-z0-9_]*)(?:\{[^}]*\})? /gm)].map(([, name]) => name));
  const inRemarks = new Set([...said.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  expect(expressions.length).toBeGreaterThan(40);
  const wanted = new Set(expressions.flatMap(metricsIn).filter((name) => !OTHERS.has(name)));
  expect(wanted.size).toBeGreaterThan(30);
  // What has a label whose values nobody knows before is there by its name.
  expect([...wanted].filter((name) => !there.has(name) && !inRemarks.has(name))).toEqual([]);
  // And whatever the bot counts is on the board.
  const own = [...inRemarks].filter((name = '') => name.startsWith('bot_'));
  expect(own.filter((name = '') => ![...wanted].some((used) => used.replace(/_bucket$/, '') === name))).toEqual([]);

  for (const line of [
    /^bot_info\{version="\d+\.\d+\.\d+",role="all",node="\d+\.\d+\.\d+"\} 1$/m,
    /^bot_updates_total\{end="failed"\} 0$/m,
    /^bot_update_fetch_failures_total\{code="409"\} 0$/m,
    /^bot_outbox_given_up_total\{kind="notice"\} 0$/m,
    /^bot_chore_failures_total\{chore="forgetting"\} 0$/m,
    /^bot_card_payments_total\{outcome="kept"\} 0$/m,
    /^bot_registrations_total 0$/m,
    /^bot_work_known 1$/m,
    /^bot_requests_late 1$/m,
    /^bot_requests_open\{state="new"\} 1$/m,
    /^bot_inbox_updates\{state="failed"\} 1$/m,
    /^bot_last_import_age_seconds\{kind="payments"\} 72\d\d(\.\d+)?$/m,
    /^bot_last_import_age_seconds\{kind="charges"\} -1$/m,
    /^bot_last_import_refused_rows\{kind="payments"\} 3$/m,
    /^bot_export_waiting\{kind="readings"\} 0$/m,
  ])
    expect(said).toMatch(line);
  await until('it leads', async () => /^bot_leads\{part="outbox"\} 1$/m.test(await scrape()), 60_000);
  expect(said).not.toMatch(/telegram:\d|\+?79\d{9}/);

  // Somebody else takes the updates.
  telegram.interfereWith(({ method }) =>
    method === 'getUpdates'
      ? { refuse: { error_code: 409, description: 'Conflict: terminated by other getUpdates request' } }
      : undefined,
  );
  await until('409 is counted', async () => /^bot_update_fetch_failures_total\{code="409"\} [1-9]/m.test(await scrape()), 60_000);
}, 180_000);

test('however often it is scraped, the database is asked six statements in ten seconds', async () => {
  const { statements, scrape } = await openStage();
  statements.take();
  const began = performance.now();
  for (let i = 0; i < 30; i += 1) await scrape();
  const rounds = Math.ceil((performance.now() - began) / 10_000) + 1;
  const looks = statements
    .take()
    .filter((statement) => /from "(outbox|update_inbox|requests|registry_imports)"|from readings where state/.test(statement));
  expect(looks.length, looks.join('\n')).toBeLessThanOrEqual(6 * rounds);
}, 180_000);

const promtool = await promisify(execFile)('promtool', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(!promtool)('promtool takes the rules', async () => {
  const { stdout } = await promisify(execFile)('promtool', ['check', 'rules', 'ops/inkomus-bot.rules.yml']);
  expect(stdout).toMatch(/SUCCESS: \d+ rules found/);
});
