import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Api } from 'grammy';
import { sql } from 'kysely';
import { TEXT_LIMITS } from '../../src/channels/telegram/limits.ts';
import { deliveryHabits } from '../../src/delivery/requests/step.ts';
import { groupSendsIn } from '../../src/delivery/group-sends.ts';
import { outboxSource, preparing } from '../../src/delivery/source.ts';
import { startLoneOutbox, telegramPace } from '../kit/lone-outbox.ts';
import { waitedTime } from '../kit/waited-time.ts';
import type { OutboxRow } from '../../src/records/outbox.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { telegramAddress } from '../../src/channels/telegram/bot-address.ts';
import { openStaffGroup } from '../../src/channels/telegram/staff-group.ts';
import { createMessenger } from '../../src/channels/telegram/messenger.ts';
import type { MessengerId } from '../../src/office/caller.ts';
import { createDesk } from '../../src/office/staff/desk.ts';
import type { MessagePart } from '../../src/office/staff/message-part.ts';
import { createRequests } from '../../src/office/requests/requests.ts';
import type { Db } from '../../src/records/database.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { CENTRE } from '../kit/centre.ts';
import { fakeTelegram } from '../kit/chat/fake-telegram.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../kit/edge/tcp-proxy.ts';
import { watchLimits } from './limits.ts';

export type Outfit = Awaited<ReturnType<typeof openOutfit>>;
export type Process = Awaited<ReturnType<Outfit['start']>>;

const TIME_ZONE = 'Europe/Moscow';
/** A Monday morning. */
const START = Date.parse('2026-11-23T07:00:00Z');
/** How often it is looked whether anything is left in line: each look takes a statement from what is watched. */
const LOOK_MS = 10;

/** The desk with real Postgres, a Telegram that enforces its limits, and processes that can be killed, on a clock that runs while they wait. */
export async function openOutfit({ db, url }: { db: Db; url: string }, { forum = true } = {}) {
  const time = waitedTime(START);
  const { clock, pass } = time;
  const telegram = fakeTelegram({ forum, clock });
  const limits = watchLimits(clock);
  const texts = loadTexts({ timeZone: TIME_ZONE, clock });
  const staff = { isMember: async () => true, isSenior: async () => false };
  const log = { info: () => {}, warn: () => {} };
  let processes = 0;
  let operations = 0;

  /** A process that sends what is in line. */
  async function start() {
    const name = `desk-${++processes}`;
    const own = new URL(url);
    // The lead goes by a way of its own, which breaks with the process.
    const cable = await startTcpProxy(placeOfPostgres(url));
    own.searchParams.set('application_name', name);
    const pool = openPool({ connectionString: own.href, max: 4 });
    let dead = false;
    const never = () => new Promise<never>(() => {});
    const call = async (...given: Parameters<typeof fetch>) => {
      if (dead) return never();
      const answer = await telegram.fetch(...given);
      await setImmediate();
      // Telegram did it, and nobody is there to hear of it.
      return dead ? never() : answer;
    };
    const group = openStaffGroup(telegram.group.id());
    const room = {
      db: openDb(pool),
      clock,
      paceClock: clock,
      texts,
      log,
      centre: CENTRE,
      timeZone: TIME_ZONE,
      bot: telegramAddress('inkomus_bot'),
      ...deliveryHabits(),
    };
    const messenger = createMessenger(new Api('1:test', { fetch: call }), group);
    const pace = telegramPace();
    const whole = {
      ...room,
      messenger,
      pace,
      asOfNow: async (notice: OutboxRow) => notice,
      send: async () => ({ outcome: 'sent' as const }),
    };
    const prepare = preparing({ notices: whole, deliveries: whole, deletions: whole });
    const outbox = startLoneOutbox({
      source: outboxSource({ db: room.db, clock, timeZone: TIME_ZONE }, prepare),
      pace,
      url: throughPort(url, cable.port),
      time,
      groupSends: groupSendsIn(room.db),
      log,
      idleMs: { heard: 2500, deaf: 2500 },
    });
    return {
      async stop() {
        await outbox.stop();
        await pool.end();
        await cable.close();
      },
      /** As by kill -9: nothing more is heard, sent or written, and Postgres sees its connections break. Its lead is over, too. */
      async kill() {
        dead = true;
        cable.cut();
        void pool.end();
        void outbox.stop();
        for (;;) {
          const { rows } = await sql<{ pid: number }>`
            select pid, pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}
          `.execute(db);
          if (rows.length === 0) break;
        }
        await db.deleteFrom('leads').execute();
      },
    };
  }

  /** Deliveries that are neither done nor given up. */
  async function waiting(): Promise<number> {
    const { count } = await db
      .selectFrom('outbox')
      .where('kind', '<>', 'notice')
      .where('doneAt', 'is', null)
      .where('failedAt', 'is', null)
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  }

  const operation = () => `op-${++operations}`;
  return {
    db,
    clock,
    pass,
    telegram,
    limits,
    texts,
    centre: CENTRE,
    requests: createRequests({ db, clock, centre: CENTRE, settings: { timeZone: TIME_ZONE } }),
    desk: createDesk({ db, clock, staff, centre: CENTRE, settings: { timeZone: TIME_ZONE, textLimits: TEXT_LIMITS } }),
    start,
    resident: (person: number) => ({ messengerId: `telegram:${person}` as MessengerId, idempotencyKey: operation() }),
    member: (person: number) => ({
      messengerId: `telegram:${person}` as MessengerId,
      idempotencyKey: operation(),
      name: `Сотрудник ${person}`,
    }),
    /** What one person writes, plain words unless it says otherwise. */
    messagePart: (chat: number, words: string, more: Partial<MessagePart> = {}): MessagePart => ({
      source: `telegram:${chat}/${telegram.wrote(chat, { words, ...more })}`,
      album: null,
      repliesTo: null,
      kind: 'words',
      words,
      file: null,
      fileName: null,
      ...more,
    }),
    /** Lets a running process go on for so long, by the machine's time. */
    quietFor: (ms: number): Promise<void> => sleep(ms),
    /** Resolves when nothing is left in line; what a running process does meanwhile is done. */
    async quiet(meanwhile: () => void = () => {}): Promise<void> {
      while ((await waiting()) > 0) {
        await sleep(LOOK_MS);
        meanwhile();
      }
    },
  };
}
