import { expect, test } from 'vitest';
import { openProgramFaults, type ProgramFault } from './faults.ts';
import type { Neighbours } from './neighbours.ts';
import type { Seat } from './seats.ts';

function stage() {
  const happened: string[] = [];
  const seat = (name: string, role: Seat['role']): Seat => ({
    name,
    role,
    port: 0,
    end: async (signal) => void happened.push(`${name} ${signal}`),
    pauseFor: async () => void happened.push(`${name} stands still`),
    ready: async () => undefined,
    breakages: () => [],
    close: async () => undefined,
  });
  const faults = openProgramFaults({
    neighbours: {} as Neighbours,
    seats: [seat('web-1', 'web'), seat('worker-1', 'worker')],
    shiftClock: (ms) => void happened.push(`clock ${ms}`),
    onInjected: (kind) => void happened.push(kind),
    onLifted: (kind) => void happened.push(`over: ${kind}`),
  });
  const call = (caller: string, method = 'sendMessage') => faults.onCall({ caller, method, chat: 701 });
  const arm = (kind: ProgramFault, at: number) => faults.arm({ kind, at });
  return { faults, call, arm, happened };
}

test('a program is killed at the call that is meant, once, and its call is unheard', async () => {
  const { call, arm, happened } = stage();
  arm('web killed, its call unheard', 2);
  expect([await call('worker-1'), await call('web-1'), await call('web-1', 'getMe')]).toEqual([undefined, undefined, undefined]);
  expect(await call('web-1')).toBe('silence');
  expect(await call('web-1')).toBeUndefined();
  expect(happened).toEqual(['web killed, its call unheard', 'web-1 SIGKILL', 'over: web killed, its call unheard']);
});

test('of a program that is killed at a statement it is counted what it says to Postgres', async () => {
  const { faults, arm, happened } = stage();
  arm('worker killed at a statement', 2);
  for (const program of ['web-1', 'worker-1', 'web-1', 'worker-1', 'worker-1']) faults.onStatement(program);
  await faults.lift();
  expect(happened).toEqual(['worker killed at a statement', 'worker-1 SIGKILL', 'over: worker killed at a statement']);
});

test('so many calls of a step go wrong, and no more', async () => {
  const { call, arm, happened } = stage();
  arm('messenger: half', 2);
  expect([await call('web-1'), await call('worker-1'), await call('web-1')]).toEqual(['half', 'half', undefined]);
  expect(happened.filter((one) => one === 'messenger: half')).toHaveLength(2);
});

test('a clock that was set back is set right when the step is over, and not before it began', async () => {
  const { faults, arm, happened } = stage();
  arm('clock set back', 1);
  await faults.lift();
  expect(happened).toEqual([]);
  arm('clock set back', 1);
  await faults.onUpdate();
  await faults.onUpdate();
  await faults.lift();
  await faults.lift();
  expect(happened).toEqual(['clock set back', 'clock -20000', 'clock 20000', 'over: clock set back']);
});
