import type { MessageRef, MessagePart } from '../../src/office/staff/message-part.ts';
import type { Sent } from '../kit/chat/fake-telegram.ts';
import { tooMany } from './limits.ts';
import type { Outfit } from './outfit.ts';
import { type Arrival, marksIn, readAll, unwritten } from './reading.ts';

export type ChatterPlan = {
  messages: number;
  residents: number;
  staff: number;
  /** How often the process is killed. */
  kills: number;
  /** Which of a thousand calls Telegram refuses by 429, and which it does without our hearing of it. */
  floodWaits: number;
  unheard: number;
  /** Which of a hundred actions are edits, takings back, updates that come again. */
  edits: number;
  withdrawals: number;
  repeats: number;
  seed: number;
};

/** What was written, by its mark. */
type Written = { mark: string; request: number; resident: number; side: 'resident' | 'staff'; source: MessageRef };

export type Figures = {
  written: number;
  lost: string[];
  /** At another's, or in another's topic. */
  astray: Arrival[];
  /** Pairs that came in another order than they were written. */
  disordered: string[];
  /** Came again without a kill or an unheard answer to excuse it. */
  doubled: string[];
  excused: number;
  /** Show other words than the newest. */
  stale: string[];
  /** Were taken back and are to be seen. */
  notWithdrawn: string[];
  refused: number;
  mostAMinute: number;
  minutes: number;
  kills: number;
  floodWaits: number;
  topics: number;
  requests: number;
};

/** Residents and staff write all at once and at random, while the sending process is killed again and again; then it is looked at who got what. */
export async function chatter(outfit: Outfit, plan: ChatterPlan): Promise<Figures> {
  const { telegram, limits, requests, desk, clock } = outfit;
  const chance = chanceFrom(plan.seed);
  const calls: Sent[] = [];
  const written: Written[] = [];
  const withdrawn = new Set<string>();
  const excused = new Set<string>();
  const numbersOf = new Map<number, number[]>();
  let floodWaits = 0;
  let kills = 0;
  const began = clock().getTime();

  telegram.interfereWith((call) => {
    if (chance(1000) < plan.floodWaits) {
      floodWaits += 1;
      return tooMany(1 + chance(20));
    }
    const refusal = limits.judge(call);
    if (refusal) return refusal;
    if (chance(1000) >= plan.unheard || !/^(sendMessage|editMessageText)$/.test(call.method)) return undefined;
    // It was done, and the answer got lost.
    collect();
    calls.push(call);
    for (const mark of marksIn(String(call.payload.text))) excused.add(mark);
    throw new TypeError('fetch failed');
  });
  const collect = () => void calls.push(...telegram.take());

  const messagePartOf = outfit.messagePart;
  const next = (words: string) => `#${written.length}# ${words}`;
  const remember = (messagePart: MessagePart, more: Omit<Written, 'mark' | 'source'>) =>
    written.push({ mark: marksIn(messagePart.words)[0] ?? '', source: messagePart.source, ...more });

  async function residentWrites(): Promise<void> {
    const resident = 1000 + chance(plan.residents);
    const own = numbersOf.get(resident) ?? [];
    const messagePart = messagePartOf(resident, next('Почему <так> & зачем?'));
    const caller = outfit.resident(resident);
    const times = chance(100) < plan.repeats ? 2 : 1;
    const opens = own.length === 0 || (own.length < 3 && chance(20) === 0);
    const number = opens ? 0 : (own[chance(own.length)] ?? 0);
    for (let time = 0; time < times; time += 1) {
      const done = opens
        ? await requests.open(caller, { topic: 'charges', link: null, messageParts: [messagePart] })
        : await requests.add(caller, number, [messagePart]);
      if (done.outcome !== 'opened' && done.outcome !== 'added') return;
      if (time > 0) continue;
      if (opens) numbersOf.set(resident, [...own, done.number]);
      remember(messagePart, { request: done.number, resident, side: 'resident' });
    }
  }

  async function staffWrites(): Promise<void> {
    const [resident, own] = [...numbersOf][chance(numbersOf.size)] ?? [0, []];
    const request = own[chance(own.length)] ?? 0;
    const threadRef = await threadRefOf(request);
    if (!threadRef) return;
    const member = outfit.member(1 + chance(plan.staff));
    const messagePart = messagePartOf(telegram.group.id(), next('Потому что зима.'));
    const times = chance(100) < plan.repeats ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const done = await desk.written(member, threadRef, messagePart);
      if (time === 0 && done.outcome === 'answered') remember(messagePart, { request, resident, side: 'staff' });
    }
  }

  async function threadRefOf(request: number): Promise<{ thread: MessageRef; repliesTo: null } | undefined> {
    const row = await outfit.db.selectFrom('requests').select('thread').where('number', '=', request).executeTakeFirst();
    return row?.thread ? { thread: row.thread as MessageRef, repliesTo: null } : undefined;
  }

  async function somebodyEdits(): Promise<void> {
    const which = written[chance(written.length)];
    if (!which || withdrawn.has(which.mark)) return;
    const { mark, source, side, resident } = which;
    const words = `${mark} ${side} исправил ${chance(1_000_000)}`;
    if (side === 'resident') await requests.edited(outfit.resident(resident), source, words);
    else {
      const { author, thread } = await outfit.db
        .selectFrom('requestMessages as m')
        .innerJoin('requests as r', 'r.id', 'm.requestId')
        .select(['m.author', 'r.thread'])
        .where('m.source', '=', source)
        .executeTakeFirstOrThrow();
      const person = Number(author.split(':')[1]);
      const threadRef = { thread: thread as MessageRef | null, repliesTo: null };
      await desk.edited(outfit.member(person), threadRef, messagePartOf(telegram.group.id(), words, { source }));
    }
  }

  async function staffWithdraw(): Promise<void> {
    const which = written[chance(written.length)];
    const threadRef = which?.side === 'staff' ? await threadRefOf(which.request) : undefined;
    if (!which || !threadRef) return;
    const done = await desk.withdrawAt(outfit.member(1 + chance(plan.staff)), threadRef, which.source);
    if (done.outcome === 'withdrawn') withdrawn.add(which.mark);
  }

  let process = await outfit.start();
  async function killOnce(): Promise<void> {
    await process.kill();
    collect();
    for (const mark of await unwritten(outfit, calls)) excused.add(mark);
    kills += 1;
    // Whatever the dead process had in hand is free again after its lease.
    outfit.pass(150_000);
    process = await outfit.start();
  }

  while (written.length < plan.messages) {
    const action = chance(100);
    if (action < plan.edits) await somebodyEdits();
    else if (action < plan.edits + plan.withdrawals) await staffWithdraw();
    else if (numbersOf.size === 0 || chance(2) === 0) await residentWrites();
    else await staffWrites();
    collect();
    if (kills < plan.kills && written.length > ((kills + 1) * plan.messages) / (plan.kills + 1)) await killOnce();
  }
  await outfit.quiet(collect);
  await process.stop();
  collect();

  const { arrivals, topics, seen } = readAll(calls);
  const byMark = groupBy(arrivals, ({ mark }) => mark);
  const rows = await outfit.db.selectFrom('requestMessages').selectAll().execute();
  const rowOf = new Map(rows.map((row) => [row.source, row]));
  const astray = written.flatMap(({ mark, side, resident, request }) =>
    (byMark.get(mark) ?? []).filter((came) =>
      side === 'staff' ? came.chat !== resident : came.chat !== telegram.group.id() || came.request !== request,
    ),
  );
  return {
    written: written.length,
    lost: written.filter(({ mark }) => !byMark.has(mark) && !withdrawn.has(mark)).map(({ mark }) => mark),
    astray,
    disordered: disorderIn(written, arrivals),
    doubled: [...byMark].filter(([mark, came]) => came.length > 1 && !excused.has(mark)).map(([mark]) => mark),
    excused: [...byMark].filter(([mark, came]) => came.length > 1 && excused.has(mark)).length,
    stale: written
      .filter(({ mark, source }) => {
        const row = rowOf.get(source);
        const shown = seen.get(row?.copy ?? '');
        return row && !withdrawn.has(mark) && !shown?.includes(escape(row.words));
      })
      .map(({ mark }) => mark),
    notWithdrawn: [...withdrawn].filter(
      (mark) => !excused.has(mark) && [...seen].some(([ref, words]) => !ref.includes(':-') && words.includes(mark)),
    ),
    refused: limits.refused(),
    mostAMinute: limits.most(),
    minutes: Math.round((clock().getTime() - began) / 60_000),
    kills,
    floodWaits,
    topics: topics.size,
    requests: [...numbersOf.values()].flat().length,
  };
}

/** Of each request and side, the first coming of each message stands in the order in which they were written. */
function disorderIn(written: readonly Written[], arrivals: readonly Arrival[]): string[] {
  const first = new Map<string, number>();
  for (const [at, { mark }] of arrivals.entries()) if (!first.has(mark)) first.set(mark, at);
  const lines = groupBy(written, ({ request, side }) => `${request}/${side}`);
  return [...lines.values()].flatMap((line) => {
    const came = line.filter(({ mark }) => first.has(mark));
    return came
      .slice(1)
      .filter(({ mark }, n) => (first.get(mark) ?? 0) < (first.get(came[n]?.mark ?? '') ?? 0))
      .map(({ mark }) => mark);
  });
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

/** Integers below a bound, the same for the same seed. */
export function chanceFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
