import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Update } from 'grammy/types';
import { builtFile } from '../../../src/build/places.js';
import { isNight } from '../../../src/domain/quiet-hours.ts';
import { unbroken } from '../../../src/domain/unbroken.ts';
import { STAFF_CHAT } from '../../kit/chat/fake-telegram.ts';
import { openWorld, TEST_KEY, type World } from '../../kit/chat/world.ts';
import { fixtureOf } from '../../adapters/sms/fixtures.ts';
import { SMS_PROVIDER } from '../../kit/edge/program.ts';
import { BEGINNING, PEOPLE } from '../town.ts';
import { openProgramFaults, type ProgramFaults } from './faults.ts';
import { startNeighbours } from './neighbours.ts';
import { SECRET, type Seat, startSeat } from './seats.ts';
import { serveSms } from './sms.ts';
import { serveTelegram } from './telegram.ts';

/** What happened to the programs of a run: how often, and how long the longest recovery took. */
export type FaultCount = { times: number; longestMs: number };
export type Programs = Awaited<ReturnType<typeof openPrograms>>;

const CENTRE_FILE = fileURLToPath(new URL('../../../centre.example.json', import.meta.url));
const PRELOAD = builtFile(new URL('preload.ts', import.meta.url)).href;
const SEATS = [
  ['web-1', 'web'],
  ['web-2', 'web'],
  ['worker-1', 'worker'],
  ['worker-2', 'worker'],
] as const;

/** Telegram waits so long for an answer to what it delivers. */
const DELIVERY_MS = 4_000;
const GIVE_UP_MS = 150_000;
/** So long nothing may be called for all to be at rest. */
const REST_MS = 30;
/** What a dead worker holds is let go of by its lease; the run does not wait for it, it lets the time pass. */
const HELD_FOR_MS = 4_000;

/**
 * The shipped program as it is run at a centre: two that take updates, two that work, over one Postgres and one Redis; with a clock that the run
 * moves, and the messenger and the provider of SMS in its hand. It is a `World`: whatever is done there can be done here.
 */
export async function openPrograms(onText: (names: readonly string[], said: string) => void) {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).toReversed()) await Promise.resolve(each()).catch(() => undefined);
  };
  try {
    return await open(onText, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  onText: (names: readonly string[], said: string) => void,
  closers: (() => unknown)[],
  close: () => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'hold-programs-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const clockFile = join(folder, 'clock');
  const wordsFile = join(folder, 'words');
  for (const file of [clockFile, wordsFile]) writeFileSync(file, '');
  const clockHandle = openSync(clockFile, 'w');
  closers.push(() => closeSync(clockHandle));
  let aheadMs = 0;
  const shiftClock = (ms: number) => {
    aheadMs += ms;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(aheadMs);
    writeSync(clockHandle, bytes, 0, 8, 0);
  };
  shiftClock(BEGINNING.getTime() - Date.now());
  const clock = () => new Date(Date.now() + aheadMs);
  let faults: ProgramFaults | undefined;

  const neighbours = await startNeighbours(
    SEATS.map(([name]) => name),
    (program) => faults?.onStatement(program),
  );
  closers.push(neighbours.close);
  const { db } = neighbours.database;
  const inner = await openWorld({
    database: neighbours.database,
    start: clock(),
    onText: (name, _words, said) => onText([name], said),
  });
  closers.push(inner.close);
  /** The hands of the operator, and the messenger, have the time of the programs. */
  const follow = () => inner.pass(clock().getTime() - inner.clock().getTime());

  const counts = new Map<string, FaultCount>();
  const countOf = (kind: string) =>
    counts.get(kind) ?? counts.set(kind, { times: 0, longestMs: 0 }).get(kind) ?? { times: 0, longestMs: 0 };
  let lifted: { kind: string; at: number } | undefined;
  const seats: Seat[] = [];
  const happening = openProgramFaults({
    neighbours,
    seats,
    shiftClock,
    onInjected: (kind) => void (countOf(kind).times += 1),
    onLifted: (kind) => void (lifted = { kind, at: performance.now() }),
  });
  faults = happening;
  const telegram = await serveTelegram(inner, (call) => {
    follow();
    return happening.onCall(call);
  });
  closers.push(telegram.close);
  const sms = await serveSms(
    (phone, code) => void inner.sms.push({ phone: `+${phone}`, text: `Код ${code}`, code }),
    happening.onCode,
  );
  closers.push(sms.close);

  const settings = {
    REDIS_URL: neighbours.redis.url,
    BOT_TOKEN: inner.telegram.token,
    SECRET_KEY: TEST_KEY,
    STAFF_CHAT_ID: String(STAFF_CHAT),
    STAFF_SENIOR_IDS: PEOPLE.filter(({ isStaff }) => isStaff)
      .map(({ id }) => id)
      .join(','),
    CENTRE_FILE,
    SMS_PROVIDER,
    SMS_API_ROOT: sms.root,
    ...fixtureOf(SMS_PROVIDER).settings,
    PAYMENT_PROVIDER_TOKEN: '1:TEST:provider',
    PAYEE_NAME: 'АО «ВЦ»',
    PAYEE_INN: '6154999016',
    PAYEE_ACCOUNT: '40702810300100000017',
    PAYEE_BANK: 'Банк',
    PAYEE_BIC: '046099701',
    PAYEE_CORR_ACCOUNT: '30101810300000000701',
    HOLD_CLOCK: clockFile,
    HOLD_WORDS: wordsFile,
    NODE_OPTIONS: `--import=${PRELOAD}`,
  };
  const ownOf = (name: string) => ({
    TELEGRAM_API_ROOT: telegram.rootFor(name),
    DATABASE_URL: neighbours.postgres.urlFor(name),
  });
  for (const [name, role] of SEATS) {
    const seat = await startSeat(name, role, { ...settings, ...ownOf(name) });
    closers.push(seat.close);
    seats.push(seat);
  }
  await Promise.all(seats.map((seat) => seat.ready()));

  let next = 0;
  /** As Telegram delivers: again and again, to whichever program is asked, until one says that it has it. */
  async function take(update: Update): Promise<void> {
    follow();
    inner.telegram.heard(update);
    await happening.onUpdate();
    const webs = seats.filter(({ role }) => role === 'web');
    for (const end = performance.now() + GIVE_UP_MS; performance.now() < end; await sleep(150)) {
      const port = webs[(next += 1) % webs.length]?.port ?? 0;
      const said = await fetch(`http://127.0.0.1:${port}/hook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(DELIVERY_MS),
      }).catch(() => undefined);
      await said?.arrayBuffer().catch(() => undefined);
      if (said?.status === 200) return;
    }
    throw new Error(`nobody took update ${update.update_id}`);
  }

  /** What there is to do yet, as words; none: nothing. */
  async function work(): Promise<string[]> {
    const now = clock();
    const night = isNight(now, 'Europe/Moscow');
    const { rows } = await sql<{ what: string }>`
      select 'inbox' as what from update_inbox where state = 'waiting'
      union all select 'outbox ' || kind || ' ' || text || case when locked_until > ${now} then ' held' else '' end from outbox
        where done_at is null and failed_at is null and run_at <= ${now} and not (daytime and ${night})
      union all select 'order' from registry_orders where not told and run_at <= ${now}
      union all select 'announcement' from announcements where state = 'sending' and not in_line and not ${night}
      union all select 'statement' from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'
    `.execute(db);
    return rows.map(({ what }) => what);
  }

  async function ring(): Promise<void> {
    const tables = sql`unnest(array['outbox', 'announcements', 'registry_orders', 'update_inbox'])`;
    await sql`select pg_notify('work_came', t) from ${tables} t`.execute(db).catch(() => undefined);
  }

  /** Until nothing is under way any more, in whichever program. */
  async function settled(): Promise<void> {
    let calm = 0;
    let heldSince: number | undefined;
    let left: string[] = [];
    for (const end = performance.now() + GIVE_UP_MS; calm < 3; await sleep(15)) {
      if (performance.now() > end) throw new Error(`it does not come to rest: ${left.join(', ')}`);
      const isQuiet = telegram.isQuiet(REST_MS) && sms.isQuiet(REST_MS);
      left = isQuiet ? await work().catch((error: unknown) => [String(error)]) : ['calls'];
      calm = left.length === 0 ? calm + 1 : 0;
      const isHeld = left.some((one) => one.endsWith(' held'));
      heldSince = isHeld ? (heldSince ?? performance.now()) : undefined;
      if (heldSince !== undefined && performance.now() - heldSince > HELD_FOR_MS) {
        heldSince = undefined;
        shiftClock(121_000);
        await ring();
      }
    }
  }

  let readTo = 0;
  /** What the programs have put into words since the last time. */
  function overhear(): void {
    const all = readFileSync(wordsFile);
    const lines = all.subarray(readTo).toString();
    readTo = all.length;
    for (const line of lines.split('\n').filter(Boolean)) {
      const { names, said } = JSON.parse(line) as { names: string[]; said: string };
      onText(names, asSaid(said));
    }
  }

  const news = inner.office.newsScans;
  let ringing: Promise<void> = Promise.resolve();
  const rest = async () => {
    await ringing;
    await settled();
  };
  async function goOn() {
    try {
      return await news.goOn();
    } finally {
      await ring();
    }
  }
  const world: World = {
    ...inner,
    clock,
    take,
    takeAsIs: take,
    settled: rest,
    runOutbox: rest,
    workOffOrders: async () => undefined,
    lookAfterAnnouncements: async () => false,
    office: { ...inner.office, newsScans: { ...news, goOn } },
    restart: () => undefined,
    answerSms: () => undefined,
    pass(ms: number) {
      shiftClock(ms);
      follow();
      ringing = ringing.then(ring);
    },
    close,
  };

  return {
    world,
    overhear,
    arm: happening.arm,
    /** Something was answered rightly. */
    noteWell(): void {
      if (!lifted) return;
      const count = countOf(lifted.kind);
      count.longestMs = Math.max(count.longestMs, performance.now() - lifted.at);
      lifted = undefined;
    },
    /** After a fault: all programs are ready again, and what waited for another try has had it. */
    async recover(): Promise<void> {
      await happening.lift();
      await Promise.all(seats.map((seat) => seat.ready()));
      for (let rounds = 0; rounds < 20; rounds += 1) {
        await rest();
        const { rows } = await sql<{ at: Date }>`
          select max(greatest(run_at, coalesce(locked_until, run_at))) as at from outbox
          where done_at is null and failed_at is null and attempts > 0 and run_at > ${clock()} having count(*) > 0
        `.execute(db);
        const at = rows[0]?.at;
        if (!at) return;
        shiftClock(Math.max(0, at.getTime() - clock().getTime()) + 1_000);
        await ring();
      }
    },
    breakages: (): string[] => seats.flatMap((seat) => seat.breakages()),
    counts,
  };
}

/** As `texts.ts` leaves it. */
const asSaid = (said: string): string =>
  unbroken(said)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
