import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { Neighbours } from './neighbours.ts';
import type { Seat } from './seats.ts';
import { type Mishap, MISHAPS, type ProgramCall } from './telegram.ts';

/** What can go wrong in a run of programs. `at`: beside which of the step's calls to the messenger it happens, or how many of them it befalls. */
export const PROGRAM_FAULTS = {
  'web killed, its call unheard': 'kill -9 at a call to the messenger',
  'web killed, its call heard': 'kill -9 at a call to the messenger',
  'web killed at a statement': 'kill -9 at something said to Postgres',
  'web told to end': 'SIGTERM at a call to the messenger',
  'web stands still': 'SIGSTOP at a call to the messenger, 9.5 s',
  'worker killed, its call unheard': 'kill -9 at a call to the messenger',
  'worker killed, its call heard': 'kill -9 at a call to the messenger',
  'worker killed at a statement': 'kill -9 at something said to Postgres',
  'worker told to end': 'SIGTERM at a call to the messenger',
  'worker stands still': 'SIGSTOP at a call to the messenger, 12 s',
  'Redis flushed': 'before an update',
  'Redis killed and started, empty': 'at an update, 0.7 s',
  'Redis hangs': 'at an update, 1.5 s',
  'Redis half-open': 'at an update, all open connections',
  'Redis full': 'at an update, 1 s: it answers OOM to what is written',
  'Redis read-only': 'at an update, 1 s: a replica for a while',
  'Postgres read-only': 'at an update, 1.5 s',
  'Postgres restarted': 'at an update, 0.3 s',
  'Postgres cut off': 'at an update, 1 s',
  'Postgres hangs': 'at an update, 2 s',
  'Postgres half-open': 'at an update, all open connections',
  'Postgres slow': 'a whole errand, each answer 30 ms late',
  'messenger: flood': '429 to the next calls',
  'messenger: error': '500 to the next calls',
  'messenger: gateway': 'a page instead of an answer to the next calls',
  'messenger: silence': 'the next calls never arrive',
  'messenger: lost': 'the next calls are done, their answers lost',
  'messenger: half': 'the next calls are done, half an answer',
  'messenger away': '3 s from an update on: no call arrives',
  'SMS: lost': 'the code is taken, the answer lost',
  'SMS: slow': '1.5 s late',
  'clock set back': 'a whole errand, 20 s, all programs',
  'clock set ahead': 'a whole errand, 20 s, all programs',
} as const;

export type ProgramFault = keyof typeof PROGRAM_FAULTS;
const NAMES = Object.keys(PROGRAM_FAULTS) as [ProgramFault, ...ProgramFault[]];

export const isProgramFault = (kind: string): kind is ProgramFault => kind in PROGRAM_FAULTS;

/** Where the answer may be lost, or its sender die: words may come twice, effects never. */
const SAYS_TWICE = /killed|to end|stands still|lost|half|hangs|restarted|cut off|silence|gateway|error|away|full|read-only/;
export const maySayTwice = (kind: string): boolean => SAYS_TWICE.test(kind);

/** Where a person may be asked to say it again. */
const OUTAGE = /^(?:Redis|Postgres)/;
export const mayAskAgain = (kind: string): boolean => OUTAGE.test(kind) && kind !== 'Postgres slow' && kind !== 'Redis flushed';

export function anyProgramFault(chance: Chance): { kind: ProgramFault; at: number } {
  const kind = chance.pick(NAMES);
  return { kind, at: chance.integer(1, kind.endsWith('statement') ? 15 : 3) };
}

type Parts = {
  neighbours: Neighbours;
  seats: readonly Seat[];
  /** Everybody's clock is set by so much. */
  shiftClock: (ms: number) => void;
  /** It has happened, or is over: from now on recovery is counted. */
  onInjected: (kind: ProgramFault) => void;
  onLifted: (kind: ProgramFault) => void;
};

export type ProgramFaults = ReturnType<typeof openProgramFaults>;

/** Lets one fault after another happen: it is armed before a step, begins with its first update or at a call, and is over after it. */
export function openProgramFaults({ neighbours: { postgres, redis }, seats, shiftClock, onInjected, onLifted }: Parts) {
  let armed: { kind: ProgramFault; at: number } | undefined;
  let calls = 0;
  let hasBegun = false;
  let isAway = false;
  let lifting: Promise<unknown> = Promise.resolve();

  function lasting(kind: ProgramFault, ms: number, lift: () => unknown): void {
    lifting = sleep(ms)
      .then(lift)
      .then(() => onLifted(kind));
  }

  /** What begins with the first update of a step. */
  async function begin(kind: ProgramFault): Promise<void> {
    const begun: Partial<Record<ProgramFault, () => unknown>> = {
      'Redis flushed': async () => {
        await redis.servers.flush();
        onLifted(kind);
      },
      'Redis killed and started, empty': async () => {
        await redis.servers.kill();
        lasting(kind, 700, redis.servers.restart);
      },
      'Redis hangs': () => {
        redis.cable.freeze();
        lasting(kind, 1_500, redis.cable.mend);
      },
      'Redis half-open': () => {
        redis.cable.freezeOpen();
        onLifted(kind);
      },
      'Redis full': async () => {
        await redis.tell('CONFIG', 'SET', 'maxmemory', '1');
        lasting(kind, 1_000, () => redis.tell('CONFIG', 'SET', 'maxmemory', '0'));
      },
      'Redis read-only': async () => {
        await redis.tell('REPLICAOF', '127.0.0.1', '1');
        lasting(kind, 1_000, () => redis.tell('REPLICAOF', 'NO', 'ONE'));
      },
      'Postgres read-only': async () => {
        await postgres.letWrite(false);
        lasting(kind, 1_500, () => postgres.letWrite(true));
      },
      'messenger away': () => {
        isAway = true;
        lasting(kind, 3_000, () => (isAway = false));
      },
      'Postgres restarted': async () => {
        await postgres.stop();
        lasting(kind, 300, postgres.start);
      },
      'Postgres cut off': () => {
        postgres.cut();
        lasting(kind, 1_000, postgres.mend);
      },
      'Postgres hangs': () => {
        postgres.freeze();
        lasting(kind, 2_000, postgres.mend);
      },
      'Postgres half-open': () => {
        postgres.freezeOpen();
        onLifted(kind);
      },
      'Postgres slow': () => postgres.slow(30),
      'clock set back': () => shiftClock(-SHIFT_MS),
      'clock set ahead': () => shiftClock(SHIFT_MS),
    };
    const act = begun[kind];
    if (!act) return;
    onInjected(kind);
    await act();
  }

  /** What is over with the step. */
  function end(kind: ProgramFault): void {
    if (kind === 'Postgres slow') postgres.slow(0);
    if (kind === 'clock set back') shiftClock(SHIFT_MS);
    if (kind === 'clock set ahead') shiftClock(-SHIFT_MS);
    if (kind === 'Postgres slow' || kind.startsWith('clock')) onLifted(kind);
  }

  async function befallSeat(kind: ProgramFault, seat: Seat): Promise<Mishap | undefined> {
    armed = undefined;
    onInjected(kind);
    if (kind.endsWith('stands still')) {
      lifting = seat.pauseFor(seat.role === 'web' ? 9_500 : 12_000).then(() => onLifted(kind));
      return undefined;
    }
    if (kind.endsWith('to end')) {
      // It finishes what is under way, this call too.
      lifting = seat.end('SIGTERM').then(() => onLifted(kind));
      return undefined;
    }
    await seat.end('SIGKILL');
    onLifted(kind);
    return kind.endsWith('unheard') ? 'silence' : 'lost';
  }

  return {
    arm(fault: { kind: ProgramFault; at: number } | undefined): void {
      armed = fault;
      calls = 0;
      hasBegun = false;
    },
    /** An update is about to come. */
    async onUpdate(): Promise<void> {
      if (!armed || hasBegun) return;
      hasBegun = true;
      await begin(armed.kind);
    },
    async onCall({ caller, method }: ProgramCall): Promise<Mishap | undefined> {
      const seat = seats.find(({ name }) => name === caller);
      if (isAway) return 'silence';
      if (!armed || !seat || !SAYING.test(method)) return undefined;
      const { kind, at } = armed;
      if (kind.startsWith(seat.role) && !kind.endsWith('statement')) {
        calls += 1;
        return calls === at ? befallSeat(kind, seat) : undefined;
      }
      const mishap = MISHAPS.find((one) => kind === `messenger: ${one}`);
      if (!mishap || calls >= at) return undefined;
      calls += 1;
      onInjected(kind);
      if (calls === at) onLifted(kind);
      return mishap;
    },
    onStatement(program: string): void {
      const seat = seats.find(({ name }) => name === program);
      if (!armed || !seat || armed.kind !== `${seat.role} killed at a statement`) return;
      const { kind, at } = armed;
      calls += 1;
      if (calls < at) return;
      armed = undefined;
      onInjected(kind);
      lifting = seat.end('SIGKILL').then(() => onLifted(kind));
    },
    onCode(): 'lost' | 'slow' | undefined {
      if (armed?.kind !== 'SMS: lost' && armed?.kind !== 'SMS: slow') return undefined;
      onInjected(armed.kind);
      onLifted(armed.kind);
      return armed.kind === 'SMS: lost' ? 'lost' : 'slow';
    },
    /** Nothing more goes wrong, and what went wrong is over. */
    async lift(): Promise<void> {
      if (armed && hasBegun) end(armed.kind);
      armed = undefined;
      await lifting;
    },
  };
}

const SHIFT_MS = 20_000;
const SAYING = /^(?:send|edit|copy|answer|create|delete|close|reopen)/;
