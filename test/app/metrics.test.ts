import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadCentre } from '../../src/adapters/centre-file.ts';
import { createMetrics } from '../../src/adapters/http/metrics.ts';
import { openWorkGauges } from '../../src/adapters/http/work-gauges.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { EXAMPLE_CENTRE } from '../../src/config/config.ts';
import { lookAtWork } from '../../src/office/work-standing.ts';
import { startBotApi } from '../kit/edge/bot-api.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { openStatementCount } from '../kit/edge/statements.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../kit/edge/tcp-proxy.ts';
import * as make from '../kit/make.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import { withTool } from '../kit/tools.ts';

/** What Prometheus makes of itself. */
const OTHERS = new Set(['up', 'process_start_time_seconds', 'job', 'instance']);
const FUNCTIONS = /^(sum|max|min|vector|by|le|rate|increase|changes|histogram_quantile|e\d+)$/;

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

const now = Date.now();
const centre = await loadCentre(EXAMPLE_CENTRE);

/** The figures of a process over a database of the test's own, and the statements that they cost. */
async function openStage() {
  const { db, url, close } = await testDatabase();
  const statements = openStatementCount();
  const proxy = await startTcpProxy(placeOfPostgres(url), statements.listen);
  const looking = openDb(openPool({ connectionString: throughPort(url, proxy.port), max: 2 }));
  onTestFinished(async () => {
    await looking.destroy();
    await proxy.close();
    await close();
  });
  const { registry, ofMessenger } = createMetrics({ version: '1.2.3', role: 'all' });
  for (const messenger of ['telegram', 'max', 'max']) ofMessenger(messenger);
  const settings = { timeZone: 'Europe/Moscow', readingsWindow: { from: 20, to: 25 }, readingsOut: undefined };
  const look = () => lookAtWork({ db: looking, clock: () => new Date(now), centre, settings });
  const { refresh } = openWorkGauges(registry, look, { nowMs: () => now, lookMs: 60_000 });
  const scrape = async () => {
    await refresh();
    return registry.metrics();
  };
  return { db, statements, scrape };
}

test('each counter stands at zero before its first event, and the work is shown as it stands', async () => {
  const { db, scrape } = await openStage();
  await make.registryImport(db, { kind: 'payments', finishedAt: new Date(now - 7_200_000), rowsRefused: 3 });
  await make.request(db, { messengerId: 'telegram:7', waitingSince: new Date(now - 90 * 86_400_000) });
  const letter = { line: null, sealed: 'x', owner: null, requestId: null };
  await db
    .insertInto('updateInbox')
    .values({ id: 'u1', state: 'failed', at: new Date(now - 60_000), ...letter })
    .execute();
  await make.account(db, { number: '0010001' });
  const reading = { account: '0010001', number: 'M1', windowOpens: '2026-01-20', takenAt: new Date(now - 90 * 86_400_000) };
  // Of these the first never goes out: a resident has handed in for the same.
  await make.reading(db, { ...reading, submittedBy: 'telegram:8', takenAt: new Date(now - 91 * 86_400_000) }, reading);
  const said = await scrape();
  for (const line of [
    /^bot_info\{version="1\.2\.3",role="all",node="\d+\.\d+\.\d+"\} 1$/m,
    /^bot_updates_total\{messenger="telegram",end="failed"\} 0$/m,
    /^bot_updates_total\{messenger="max",end="failed"\} 0$/m,
    /^bot_update_fetch_failures_total\{messenger="telegram",code="409"\} 0$/m,
    /^bot_update_seconds_bucket\{le="\+Inf",messenger="max"\} 0$/m,
    /^bot_outbox_given_up_total\{kind="notice"\} 0$/m,
    /^bot_outbox_given_up_total\{kind="board"\} 0$/m,
    /^bot_outbox_waiting\{kind="board"\} 0$/m,
    /^bot_card_payments_total\{outcome="kept"\} 0$/m,
    /^bot_registrations_total 0$/m,
    /^bot_work_known 1$/m,
    /^bot_requests_late 1$/m,
    /^bot_requests_open\{state="new"\} 1$/m,
    /^bot_requests_oldest_wait_seconds 7776000$/m,
    /^bot_inbox_updates\{state="failed"\} 1$/m,
    /^bot_inbox_oldest_seconds\{state="failed"\} 60$/m,
    /^bot_last_import_age_seconds\{kind="payments"\} 7200$/m,
    /^bot_last_import_age_seconds\{kind="charges"\} -1$/m,
    /^bot_last_import_refused_rows\{kind="payments"\} 3$/m,
    /^bot_export_waiting\{kind="readings"\} 1$/m,
    /^bot_export_oldest_seconds\{kind="readings"\} 7776000$/m,
    /^bot_export_late\{kind="readings"\} 1$/m,
    /^bot_export_late\{kind="payments"\} 0$/m,
  ])
    expect(said).toMatch(line);
  expect(said).not.toMatch(/telegram:\d|(?<![\d.])\+?79\d{9}(?!\d)/);
});

test('however often it is scraped, the database is asked six statements in ten seconds', async () => {
  const { statements, scrape } = await openStage();
  const began = performance.now();
  for (let i = 0; i < 50; i += 1) await scrape();
  const rounds = Math.ceil((performance.now() - began) / 10_000);
  const looks = statements.take().filter((statement) => statement.startsWith('select'));
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.length, looks.join('\n')).toBeLessThanOrEqual(6 * rounds);
});

test('where the database does not answer, a scrape says so and is answered all the same', async () => {
  const { registry } = createMetrics();
  const { refresh } = openWorkGauges(registry, () => Promise.reject(new Error('ECONNREFUSED')));
  await refresh();
  expect(await registry.metrics()).toMatch(/^bot_work_known 0$/m);
});

test('where the database hangs later on, a scrape says so in time, and shows what was found before', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  const real = performance.now.bind(performance);
  let aheadMs = 0;
  const spied = vi.spyOn(performance, 'now').mockImplementation(() => real() + aheadMs);
  onTestFinished(() => spied.mockRestore());
  const settings = { timeZone: 'Europe/Moscow', readingsWindow: { from: 20, to: 25 }, readingsOut: undefined };
  let look = () => lookAtWork({ db, clock: () => new Date(now), centre, settings });
  const { registry } = createMetrics();
  const { refresh } = openWorkGauges(registry, () => look(), { lookMs: 30_000 });
  await refresh();
  expect(await registry.metrics()).toMatch(/^bot_work_known 1$/m);
  look = () => new Promise(() => {});
  aheadMs = 10_000;
  const asked = refresh();
  aheadMs = 60_000;
  await asked;
  const said = await registry.metrics();
  expect(said).toMatch(/^bot_work_known 0$/m);
  expect(said).toMatch(/^bot_requests_waiting 0$/m);
});

test('whoever opens them anew in the same process finds the registry as it was', async () => {
  const { registry } = createMetrics({ version: '1', role: 'all' });
  const before = await registry.metrics();
  const look = () => Promise.reject(new Error('ECONNREFUSED'));
  for (const _ of [1, 2]) openWorkGauges(registry, look).close();
  const names = (text: string) => text.match(/^# TYPE \S+/gm);
  expect(names(await registry.metrics())).toEqual(names(before));
});

test('each metric of the dashboard and of the rules is in /metrics of a running bot, and each of the bot’s own is on the board', async () => {
  const [{ url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  const bot = await openBot({ DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.apiRoot });
  const said = await (await fetch(`http://127.0.0.1:${await bot.port()}/metrics`)).text();
  expect(said).toMatch(/^bot_scheduled_job_failures_total\{scheduled_job="answered requests that are over"\} 0$/m);
  expect(said).toMatch(/^bot_scheduled_job_failures_total\{scheduled_job="forgetting"\} 0$/m);
  expect(said).toMatch(/^bot_leads\{part="scheduled exports"\} 0$/m);
  const there = new Set([...said.matchAll(/^([a-z_][a-z0-9_]*)(?:\{[^}]*\})? /gm)].map(([, name = '']) => name));
  const declared = new Set([...said.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
  expect(expressions.length).toBeGreaterThan(40);
  const wanted = new Set(expressions.flatMap(metricsIn).filter((name) => !OTHERS.has(name)));
  expect(wanted.size).toBeGreaterThan(30);
  // What has a label whose values nobody knows before is there by its name.
  expect([...wanted].filter((name) => !there.has(name) && !declared.has(name))).toEqual([]);
  const own = [...declared].filter((name) => name.startsWith('bot_'));
  expect(own.filter((name) => ![...wanted].some((used) => used.replace(/_bucket$/, '') === name))).toEqual([]);
});

test('no gauge is called as a counter is, which promtool refuses', async () => {
  const { registry } = createMetrics();
  const types = [...(await registry.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => ({ name, type }));
  expect(types.filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'))).toEqual([]);
});

withTool('promtool')('promtool takes the rules', async () => {
  const { stdout } = await promisify(execFile)('promtool', ['check', 'rules', 'ops/inkomus-bot.rules.yml']);
  expect(stdout).toMatch(/SUCCESS: \d+ rules found/);
});

/** A process that takes updates and sends nothing, then a worker besides, then again none: so many samples of half a minute each. */
const RULE_TEST = (file: string) => `
rule_files: ['${file}']
evaluation_interval: 30s
tests:
  - interval: 30s
    input_series:
      - series: 'bot_work_known{role="web"}'
        values: '1x40'
      - series: 'bot_leads{part="outbox",instance="worker"}'
        values: '_x10 1x10 stale _x19'
    alert_rule_test:
${[
  [4, true],
  [9, false],
  [19, true],
]
  .map(([minutes, fires]) => {
    const alerts = fires ? "[{ exp_labels: { severity: critical }, exp_annotations: { summary: 'x', description: 'y' } }]" : '[]';
    return `      - { eval_time: ${minutes}m, alertname: NobodySends, exp_alerts: ${alerts} }`;
  })
  .join('\n')}
`;

withTool('promtool')('that nobody sends is told where there is no worker at all, and not where there is one', async () => {
  const folder = await ownFolder('rules-');
  const part = /^ {6}- alert: NobodySends\n( {8}.*\n)+/m.exec(rules)?.[0] ?? '';
  const file = join(folder, 'rules.yml');
  const own = part.replace(/summary: .*/, "summary: 'x'").replace(/description: .*/, "description: 'y'");
  await writeFile(file, `groups:\n  - name: of-the-test\n    rules:\n${own}`);
  await writeFile(join(folder, 'test.yml'), RULE_TEST(file));
  const { stdout } = await promisify(execFile)('promtool', ['test', 'rules', join(folder, 'test.yml')]);
  expect(stdout).toContain('SUCCESS');
});
