import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../kit/edge/bot-api.ts';
import { FAULTS, type Fault } from './faults/list.ts';
import { guest, payer, timesAtStaff } from './faults/residents.ts';
import { openStage, type Stage } from './faults/stage.ts';

/** Seconds from the end of a fault; undefined where it never came. */
export type Outcome = {
  name: string;
  promisedSeconds: number;
  /** The first right answer to anybody, the last one that was waited for, the first words at staff, the money, and «ready». */
  seconds: Partial<Record<'answer' | 'allAnswers' | 'staff' | 'money' | 'ready', number>>;
  lost: string[];
  doubled: string[];
  /** How often it was said that staff know of a breakage, and nothing of it was written down. */
  untrue: number;
  /** What `/readyz` said while it lasted. */
  during: string;
};

export type FaultsBench = { outcomes: Outcome[]; skipped: { name: string; why: string }[] };

/** The faults of neighbours, one after another, each with a program, servers and people of its own. */
export async function benchFaults(
  { guests = 5, only = '' } = {},
  say: (line: string) => void = () => undefined,
): Promise<FaultsBench> {
  const bench: FaultsBench = { outcomes: [], skipped: [] };
  for (const fault of FAULTS.filter(({ name }) => name.includes(only))) {
    const why = fault.missing?.();
    if (why !== undefined) {
      bench.skipped.push({ name: fault.name, why });
      say(`!!! ${fault.name}: not played, ${why}`);
      continue;
    }
    const outcome = await play(fault, guests);
    bench.outcomes.push(outcome);
    say(lineOf(outcome));
  }
  return bench;
}

export function faultsBenchLines({ outcomes, skipped }: FaultsBench): string[] {
  return [
    'seconds from the end of the fault (of a failover: from the moment it was done)',
    ...outcomes.map(lineOf),
    ...skipped.map(({ name, why }) => `!!! ${name}: not played, ${why}`),
  ];
}

/** Whether something went wrong that never may. */
export function faultsTroubles({ outcomes }: FaultsBench): string[] {
  return outcomes.flatMap(({ name, promisedSeconds, seconds, lost, doubled, untrue }) => [
    ...lost.map((what) => `${name}: lost: ${what}`),
    ...doubled.map((what) => `${name}: doubled: ${what}`),
    ...(untrue > 0 ? [`${name}: said ${untrue} times that staff know, and they do not`] : []),
    ...(['answer', 'staff', 'money', 'ready'] as const)
      .filter((what) => (seconds[what] ?? Infinity) > promisedSeconds)
      .map((what) => `${name}: ${what} not within ${promisedSeconds} s`),
  ]);
}

function lineOf({ name, seconds, lost, doubled, untrue, during }: Outcome): string {
  const shown = Object.entries(seconds).map(([what, value]) => `${what} ${value.toFixed(1)}`);
  const untold = untrue > 0 ? `, untrue ${untrue}` : '';
  return `${name}: ${shown.join(', ')}; lost ${lost.length}, doubled ${doubled.length}${untold}; /readyz meanwhile: ${during}`;
}

async function play(fault: Fault, count: number): Promise<Outcome> {
  const scenery = typeof fault.scenery === 'function' ? await fault.scenery() : fault.scenery;
  let stage: Stage | undefined;
  try {
    stage = await openStage(scenery);
    return await playOn(stage, fault, count);
  } finally {
    await stage?.close();
    await fault.tidyUp?.();
  }
}

async function playOn(stage: Stage, fault: Fault, count: number): Promise<Outcome> {
  const guests = Array.from({ length: count }, (_, number) => guest(stage, number + 1));
  const money = await payer({ telegram: stage.telegram, db: stage.postgres.db() });
  // After a restart the server has another address.
  const payments = () => money.payments(stage.postgres.db());
  // All is well before: the first one comes to the end, the others stand at various steps.
  const [first, ...others] = guests;
  await first?.goOn();
  await Promise.all(others.map(({ goOn }, i) => goOn(i % 4)));
  await until('what was sent is with staff', () => timesAtStaff(stage, first?.words ?? '').length > 0, 60_000);
  await until('ready', async () => (await stage.readiness()) === '200 ready', 60_000);

  await fault.begin(stage);
  let liftedAt = performance.now();
  money.pay();
  const settling = Promise.allSettled(others.map(({ goOn }) => goOn()));
  const during = new Set<string>();
  if (fault.lift) {
    for (const end = performance.now() + (fault.lastsMs ?? 0); performance.now() < end; await sleep(500)) {
      during.add(await stage.readiness());
    }
    await fault.lift(stage);
    liftedAt = performance.now();
  }
  const since = (at: number) => (at - liftedAt) / 1000;
  let readyAt: number | undefined;
  const watching = until(
    'ready again',
    async () => {
      const said = await stage.readiness();
      if (said === '200 ready') return true;
      during.add(said);
      return false;
    },
    150_000,
  ).then(
    () => (readyAt = performance.now()),
    () => undefined,
  );

  let moneyAt: number | undefined;
  const paying = until('the money', async () => (await payments().catch(() => [])).length > 0, 150_000).then(
    () => (moneyAt = performance.now()),
    () => undefined,
  );
  const [going] = await Promise.all([settling, watching, paying]);
  // Whatever comes twice has come by then; the group's pace is slow.
  const atStaff = () => others.map(({ words }) => timesAtStaff(stage, words));
  await until('all is with staff', () => atStaff().every(({ length }) => length > 0), 150_000).catch(() => undefined);
  await sleep(5_000);

  const answers = others.flatMap(({ right }) => right).filter((at) => at >= liftedAt);
  const requests = await stage.postgres.db().selectFrom('requests').select(['messengerId', 'kind']).execute();
  const paid = await payments();
  const requestsOf = (id: number) => requests.filter(({ messengerId: owner }) => owner === `telegram:${id}`).length;
  const sorry = guests.reduce((sum, { sorry: told }) => sum + told(), 0);
  const known = requests.filter(({ messengerId: owner }) => owner === null).length;
  const staffAt = Math.min(
    ...atStaff()
      .flat()
      .filter((at) => at >= liftedAt),
  );
  return {
    name: fault.name,
    promisedSeconds: fault.promisedSeconds,
    seconds: {
      // Nobody had to wait: 0.
      ...(going.every(({ status }) => status === 'fulfilled') && {
        answer: answers.length > 0 ? since(Math.min(...answers)) : 0,
        allAnswers: Math.max(0, since(Math.max(...answers, liftedAt))),
      }),
      ...(Number.isFinite(staffAt) && { staff: since(staffAt) }),
      ...(moneyAt !== undefined && { money: Math.max(0, since(moneyAt)) }),
      ...(readyAt !== undefined && { ready: Math.max(0, since(readyAt)) }),
    },
    lost: [
      ...others.filter(({ person }) => requestsOf(person.id) === 0).map(({ person }) => `the request of ${person.name}`),
      ...others.filter(({ words }) => timesAtStaff(stage, words).length === 0).map(({ words }) => `at staff: ${words}`),
      ...(paid.length === 0 ? ['the payment'] : []),
    ],
    doubled: [
      ...guests.filter(({ person }) => requestsOf(person.id) > 1).map(({ person }) => `the request of ${person.name}`),
      ...guests.filter(({ words }) => timesAtStaff(stage, words).length > 1).map(({ words }) => `at staff: ${words}`),
      ...(paid.length > 1 ? ['the payment'] : []),
    ],
    untrue: known > 0 ? 0 : sorry,
    during: [...during].filter((said) => said !== '200 ready').join(' | ') || '200 ready',
  };
}
