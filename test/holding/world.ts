import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importConnection } from '../../src/adapters/postgres/import-connection.ts';
import { openRegistry } from '../../src/adapters/registries/file.ts';
import { HOUR_MS } from '../../src/domain/durations.ts';
import { plainSpaces } from '../../src/domain/unbroken.ts';
import { importRegistry, type ImportReport } from '../../src/office/registries/import-registry.ts';
import type { Update } from 'grammy/types';
import { openStage } from '../kit/chat/play.ts';
import { openWorld, type World } from '../kit/chat/world.ts';
import type { TestDatabase } from '../kit/postgres.ts';
import { SHORT_CONSENT } from '../dialogs/cabinet.ts';
import { type Fault, letHappen } from './faults.ts';
import { openHearing, type Read } from './hearing.ts';
import type { Model } from './model/model.ts';
import { type FaultCount, openPrograms, type Programs } from './programs/world.ts';
import { isProgramFault, mayAskAgain, maySayTwice } from './programs/faults.ts';
import { BEGINNING, PEOPLE, settleTown, townsman } from './town.ts';

/** What a person reads in answer to something. */
export type Said = {
  text: string;
  /** All that came of it, as lines of a transcript. */
  chat: string;
  has: (...names: string[]) => boolean;
  /** What stands beside the first of these names of texts that was said; where none was, all that were. */
  means: (outcomes: Readonly<Record<string, string>>) => string;
};

/** Where a run is played: over the product's own assembly in one process, or over the shipped programs. */
export type Where = { database?: TestDatabase } | 'programs';

/** The chats of a run. */
export type Chats = Awaited<ReturnType<typeof openChats>>;

export async function openChats(where: Where = {}) {
  const hearing = openHearing({ keeps: where === 'programs' ? 3 : 0 });
  const programs = where === 'programs' ? await openPrograms(hearing.onWords) : undefined;
  const given = where === 'programs' ? {} : where;
  const world = programs?.world ?? (await openWorld({ ...SHORT_CONSENT, start: BEGINNING, onText: hearing.onText, ...given }));
  await settleTown(world);
  /** What came in during the step, from the first. */
  const came: Update[] = [];
  const noting: World = { ...world, take: (update, between) => (came.push(update), world.take(update, between)) };
  const stage = openStage(noting, 0, hearing.onSent, true);
  for (const { name, id, phone, isStaff } of PEOPLE) {
    stage.people.set(name, { name, id, phone: `7${phone.slice(1)}` });
    if (!isStaff) continue;
    world.staff.add(`telegram:${id}`);
    world.seniors.add(`telegram:${id}`);
  }
  const reads: Read[] = [];
  const sms: { phone: string; at: number }[] = [];
  const secrets = new Set<string>();
  const slips = new Map<string, string>();
  const threads = new Map<string, number>();
  const operations: string[] = [];
  const imports: number[] = [];
  const offers: string[] = [];
  const credited = new Map<string, string>();
  const folder = await mkdtemp(join(tmpdir(), 'hold-'));
  const troubles: string[] = [];
  const toldBefore = new Set<string>();
  const everRead: string[] = [];
  let fault: Fault | undefined;
  /** Words may come twice in this step; effects may not. */
  let saysTwice = false;
  /** The office as promised, when what is under way is over. */
  let model: Model | undefined;
  let readTo = 0;
  const counts: Map<string, FaultCount> = programs?.counts ?? new Map<string, FaultCount>();
  /** Read since time passed last. */
  const readOfLate: Read[] = [];
  let hasPassed = false;

  function injected(kind: string): void {
    const count = counts.get(kind) ?? { times: 0, longestMs: 0 };
    counts.set(kind, { ...count, times: count.times + 1 });
  }

  function hear(who: string): Said {
    programs?.overhear();
    const fresh = hearing.take();
    reads.push(...fresh);
    readOfLate.push(...fresh);
    for (const { chat, text } of fresh) everRead.push(`${chat}: ${text}`);
    for (const { phone } of world.sms.slice(sms.length)) sms.push({ phone, at: world.clock().getTime() });
    const own = fresh.filter(({ chat }) => chat === townsman(who).id);
    const names = new Set(own.flatMap((read) => read.names));
    const chat = plainSpaces(stage.played.slice(readTo).join('\n'));
    readTo = stage.played.length;
    return {
      chat,
      text: own.map(({ text }) => text).join('\n'),
      has: (...wanted) => wanted.some((name) => names.has(name)),
      means(outcomes) {
        const [, outcome] = Object.entries(outcomes).find(([name]) => names.has(name)) ?? [];
        return outcome ?? `neither of ${Object.keys(outcomes).join(', ')}, but: ${[...names].join(', ') || 'nothing'}`;
      },
    };
  }

  async function perform(line: string): Promise<void> {
    if (line.endsWith(': (ещё раз)') || !line.includes(': ')) return stage.perform(line);
    if (fault?.kind === 'killed') {
      injected('killed');
      return stage.perform(line.replace(': ', ': (убит) '));
    }
    const before = stage.played.length;
    await stage.perform(line, fault?.kind === 'crowd' ? fault.at : 1);
    if (fault?.kind === 'crowd') injected('crowd');
    if (programs) await sayAgain(programs, line, before);
    if (fault?.kind === 'twice') await comeAgain(() => stage.perform(`${line.slice(0, line.indexOf(': '))}: (ещё раз)`), 'twice');
  }

  /** Whoever is asked to repeat what was said does so, once all is well again. */
  async function sayAgain(to: Programs, line: string, before: number): Promise<void> {
    let from = before;
    const mostTries = fault && mayAskAgain(fault.kind) ? 12 : 0;
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (!stage.played.slice(from).some((one) => ASKS_AGAIN.test(one))) break;
      await to.recover();
      from = stage.played.length;
      await stage.perform(line);
    }
    to.noteWell();
  }

  /** What was dealt with comes again: nobody is told anything. */
  async function comeAgain(come: () => Promise<void>, kind: 'twice' | 'late'): Promise<void> {
    const before = stage.played.length;
    await come();
    injected(kind);
    const said = stage.played.slice(before + 1).filter((one) => /^(?:Бот|Сотрудники|SMS)/.test(one));
    if (said.length > 0) troubles.push(`an update came again (${kind}), and so did: ${said.join(' / ')}`);
  }

  return {
    world,
    /** What goes wrong from now on. */
    async undergo(next: Fault | undefined): Promise<void> {
      fault = next;
      saysTwice = next !== undefined && maySayTwice(next.kind);
      came.splice(0);
      if (hasPassed) readOfLate.splice(0);
      hasPassed = false;
      if (!programs) return letHappen(world, next?.kind, injected);
      programs.arm(next && isProgramFault(next.kind) ? { kind: next.kind, at: next.at ?? 1 } : undefined);
    },
    /** What went wrong is over, and all is to be well again. */
    async recover(who: string): Promise<void> {
      if (fault?.kind === 'late' && came.length > 0) {
        const late = came.splice(0).toReversed();
        await comeAgain(async () => {
          for (const update of late) await world.take(structuredClone(update));
          await world.settled();
          await stage.perform('(прошло 0 с)');
        }, 'late');
      }
      if (programs && fault) {
        await programs.recover();
        programs.noteWell();
        await stage.perform('(прошло 0 с)');
      }
      fault = undefined;
      hear(who);
    },
    /** Where the messenger stumbles, what is said comes later: until it has. */
    async untilRead(who: string): Promise<string> {
      if (!programs || !fault) return '';
      await programs.recover();
      await stage.perform('(прошло 0 с)');
      return hear(who).chat;
    },
    /** How often what went wrong. */
    counts,
    /** Words may have come twice in this step; effects may not. */
    maySayTwice: (): boolean => saysTwice,
    /** What the programs say of time; undefined: it moves with the model's alone. */
    now: programs && (() => world.clock().getTime()),
    breakages: (): string[] => programs?.breakages() ?? [],
    /** Read since time passed in an earlier step, in whichever step. */
    readOfLate,
    /** What was wrong in the way in which something was said. */
    troubles,
    /** Says (or presses: `[…]`) one thing after another; what is read in answer to the last. */
    async say(who: string, ...lines: readonly string[]): Promise<Said> {
      for (const line of lines.slice(0, -1)) await perform(`${who}: ${line}`);
      hear(who);
      await perform(`${who}: ${lines.at(-1) ?? ''}`);
      return hear(who);
    },
    /** The same twice at the same moment. */
    async sayTwiceAtOnce(who: string, line: string): Promise<Said> {
      await stage.performTogether([`${who}: ${line}`, `${who}: ${line}`]);
      return hear(who);
    },
    /** Several people at the same moment. */
    async sayTogether(lines: readonly string[]): Promise<void> {
      await stage.performTogether(lines);
      hear(PEOPLE[0].name);
    },
    /** In the topic of the request that began with these words. */
    async sayInThread(who: string, about: string, line: string): Promise<Said> {
      await perform(`${who} в теме ${threads.get(about)}: ${line}`);
      return hear(who);
    },
    /** The newest button whose data begin so is pressed next by this label: others may have the same. */
    bringUp(who: string, label: string, data: string): void {
      const place = `${townsman(who).id}/`;
      const found = stage.buttons.findLast(
        (one) => one.place === place && `[${one.label}]` === label && one.data.startsWith(data),
      );
      if (found) stage.buttons.push(found);
    },
    /** Who of the people has read these words at home since the last time all was taken. */
    readersOf: (words: string) =>
      PEOPLE.filter(({ id }) => reads.some(({ chat, text }) => chat === id && text.includes(words))).map(({ name }) => name),
    /** Takes lines in as a registry. */
    async bring(lines: readonly string[]): Promise<ImportReport> {
      const path = join(folder, `${imports.length + 1}.csv`);
      await writeFile(path, `${lines.join('\n')}\n`);
      const file = await openRegistry(path);
      try {
        const edges = { connection: importConnection(world.orders.pool), clock: world.clock, timeZone: 'Europe/Moscow' };
        const report = await importRegistry(edges, file);
        imports.push(report.number ?? 0);
        // Whatever is told at once.
        await stage.perform('(прошло 0 с)');
        hear(PEOPLE[0].name);
        return report;
      } finally {
        await file.close();
      }
    },
    hasEverRead: (who: string, words: string): boolean =>
      everRead.some((one) => one.startsWith(`${townsman(who).id}: `) && one.includes(words)),
    /** The same, each as often as it was read. */
    readingsOf: (words: string) =>
      PEOPLE.flatMap(({ id, name }) => {
        const times = reads.filter(({ chat, text }) => chat === id && text.includes(words)).length;
        return Array.from({ length: saysTwice ? Math.min(times, 1) : times }, () => name);
      }),
    async pass(minutes: number): Promise<void> {
      hasPassed = true;
      await stage.perform(`(прошло ${minutes} мин)`);
      await stage.perform('(новости)');
      hear(PEOPLE[0].name);
    },
    /** Whatever is to go out by itself goes out, as many hours later as it may take. */
    async untilAllIsSent(hours: number): Promise<void> {
      for (let gone = 0; gone < hours; gone += 12) {
        world.pass(12 * HOUR_MS);
        await stage.perform('(новости)');
      }
      hear(PEOPLE[0].name);
    },
    /** So little time that nothing is due by it. */
    async tick(minutes: number): Promise<void> {
      await stage.perform(`(прошло ${minutes} мин)`);
    },
    /** All that anybody was told since the last time. */
    takeReads: () => reads.splice(0),
    /** The same news to the same chat a second time: what a registry brought, of the same figures. */
    toldTwice: (fresh: readonly Read[]): string[] =>
      fresh
        .filter(({ text }) => /^🔔 (?:Новые начисления|Ваш платёж)/.test(text))
        .map(({ chat, text }) => `${chat}: ${text}`)
        .filter((one) => (toldBefore.has(one) && !saysTwice) || void toldBefore.add(one))
        .map((one) => `told twice: ${one}`),
    /** What has been said in all, as a transcript of `test/dialogs`. */
    transcript: () => stage.played,
    /** All that went out, with the time. */
    sms,
    /** Is nowhere to be kept in clear. */
    secrets,
    /** The newest password to an account that staff read out. */
    slips,
    /** The numbers of requests, by their first words. */
    threads,
    /** Under what number each payment was taken, from the first. */
    operations,
    /** The numbers of imports, from the first. */
    imports,
    /** What one-time links for relatives carry, from the first. */
    offers,
    /** Under what number a line of money (`3/0`) was credited by hand. */
    credited,
    model(): Model {
      if (!model) throw new Error('nothing is under way');
      return model;
    },
    /** What is to be so after the step that is under way. */
    foresee: (after: Model) => void (model = after),
    async close(): Promise<void> {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const ASKS_AGAIN = /кабинет не может ответить|не можем принять оплату/;
