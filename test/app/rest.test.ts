import { setTimeout as pass } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startBotApi, until } from '../kit/edge/bot-api.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { openStatementCount } from '../kit/edge/statements.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../kit/edge/tcp-proxy.ts';
import { testDatabase } from '../kit/postgres.ts';

/** Whole minutes, so that what is done once a minute falls into each of them alike. */
const WINDOW_SECONDS = 60;

test('at rest the whole bot makes at most one statement a second; what is put in line goes out at once all the same', async () => {
  const [{ db, url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  const statements = openStatementCount();
  const proxy = await startTcpProxy(placeOfPostgres(url), statements.listen);
  onTestFinished(async () => {
    await telegram.close();
    await proxy.close();
    await close();
  });
  await openBot({ DATABASE_URL: throughPort(url, proxy.port), TELEGRAM_API_ROOT: telegram.apiRoot });
  await until('it leads', async () => (await db.selectFrom('leads').select('name').execute()).length === 4, 60_000);
  await until('it listens', () => statements.take().some((statement) => statement.startsWith('select pg_notify')), 60_000);
  // What is done once, at the start.
  await pass(5_000);
  statements.take();

  // No timing: a machine that is busy makes fewer.
  await pass(WINDOW_SECONDS * 1000);
  const said = statements.take();
  const counts = new Map<string, number>();
  for (const statement of said) counts.set(statement, (counts.get(statement) ?? 0) + 1);
  expect(said.length, JSON.stringify([...counts], null, 1)).toBeLessThanOrEqual(WINDOW_SECONDS);
  expect(said.length).toBeGreaterThan(0);
  console.log(`at rest ${(said.length / WINDOW_SECONDS).toFixed(2)} statements a second`);

  const now = new Date();
  await db
    .insertInto('outbox')
    .values({
      kind: 'notice',
      line: 'notices/telegram:7',
      addressee: 'telegram:7',
      text: 'notice-link-new-signed-out',
      createdAt: now,
      runAt: now,
    })
    .execute();
  await until('it is said', () => telegram.said(7).length === 1, 60_000);
}, 300_000);
