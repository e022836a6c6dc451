import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import type { Db } from '../../src/records/database.ts';
import { migrate } from '../../src/records/migrate.ts';
import { chatter, type Figures } from '../desk/chatter.ts';
import { type Month, month } from '../desk/month.ts';
import { openOutfit } from '../desk/outfit.ts';

export type DeskBench = { chatter: Figures; chatterSeconds: number; month: Month; monthSeconds: number };

/** The desk's two long stories: messages at random through kills and 429s, and thirty days of requests. */
export async function benchDesk({ messages = 10_000, requests = 600 } = {}): Promise<DeskBench> {
  const [chattered, chatterSeconds] = await timed((base) => talk(base, messages));
  const [went, monthSeconds] = await timed(async (base) => month(await openOutfit(base), { days: 30, requests, seed: 7 }));
  return { chatter: chattered, chatterSeconds, month: went, monthSeconds };
}

export function deskBenchLines({ chatter: talked, chatterSeconds, month: went, monthSeconds }: DeskBench): string[] {
  const { lost, astray, disordered, doubled, stale, notWithdrawn } = talked;
  return [
    `${talked.written} messages of 50 residents and 5 staff in ${talked.requests} requests, ${chatterSeconds} s (${talked.minutes} minutes of the desk)`,
    `  ${talked.kills} kills, ${talked.floodWaits} times 429; lost ${lost.length}, at another's ${astray.length}, out of order ${disordered.length}`,
    `  twice: ${doubled.length} without a reason, ${talked.excused} through a kill or an unheard answer`,
    `  with old words ${stale.length}, taken back and still to be seen ${notWithdrawn.length}`,
    `  most to the group within a minute ${talked.mostAMinute}, over Telegram's limits ${talked.refused} times`,
    `30 days, ${went.opened} requests, ${monthSeconds} s: ${went.answered} answers, ${went.closed} closed, ${went.reopened} reopened, ${went.deleted} topics deleted by hand`,
    `  requests without their topic ${went.withoutTopic.length}, topics without a request ${went.withoutRequest.length}, showing another state ${went.otherwise.length}`,
    `  most to the group within a minute ${went.mostAMinute}, over Telegram's limits ${went.refused} times`,
  ];
}

/** Whether something went wrong that never may. */
export function deskTroubles({ chatter: talked, month: went }: DeskBench): number {
  const { lost, astray, disordered, doubled, stale, notWithdrawn, refused } = talked;
  const { withoutTopic, withoutRequest, otherwise } = went;
  const lists = [lost, astray, disordered, doubled, stale, notWithdrawn, withoutTopic, withoutRequest, otherwise];
  return refused + went.refused + lists.reduce((sum, { length }) => sum + length, 0);
}

async function talk(base: { db: Db; url: string }, messages: number): Promise<Figures> {
  const faults = { kills: 20, floodWaits: 5, unheard: 2, edits: 6, withdrawals: 2, repeats: 5 };
  return chatter(await openOutfit(base), { messages, residents: 50, staff: 5, seed: 4, ...faults });
}

async function timed<T>(story: (base: { db: Db; url: string }) => Promise<T>): Promise<[T, number]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-desk-'));
  const server = await startEmbeddedPostgres(join(folder, 'data'));
  const db = openDb(openPool({ connectionString: server.url, max: 4 }));
  try {
    await migrate(db);
    const began = performance.now();
    const told = await story({ db, url: server.url });
    return [told, Math.round((performance.now() - began) / 1000)];
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
