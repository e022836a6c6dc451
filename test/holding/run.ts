import { ERRANDS } from './actions/errands.ts';
import { type Chance, chanceOf } from './chance.ts';
import { anyFault, type Fault } from './faults.ts';
import { isProgramFault, mayAskAgain } from './programs/faults.ts';
import type { FaultCount } from './programs/world.ts';
import { judgeOutbox, judgeSms, judgeStep, judgeStored, judgeTopics, unread } from './judge.ts';
import { seen, signedIn, tellWhatWaited } from './model/identity.ts';
import { type Model, openModel, Unspoken } from './model/model.ts';
import { tellNews } from './model/news.ts';
import { BEGINNING, PEOPLE } from './town.ts';
import { type Chats, openChats, type Where } from './world.ts';

/** What somebody did, as plain data: a run is a list of these. */
export type Action = { who: string; does: string; given: unknown; fault?: Fault };

export type Failure = { step: number; action?: Action; troubles: string[] };
export type Run = {
  actions: Action[];
  /** How many were left out, since PRODUCT.md says nothing of them. */
  skipped: number;
  /** How often each errand came to what. */
  outcomes: ReadonlyMap<string, number>;
  /** How often what went wrong beside it. */
  faults: ReadonlyMap<string, FaultCount>;
  failure: Failure | undefined;
  transcript: readonly string[];
};

/** Looking through all that is stored takes a while. */
const STEPS_BETWEEN_LOOKS = 60;

/** Plays a seed: so many steps, or up to the first that is wrong. */
export async function runSeed(seed: number, steps: number, where: Where = {}): Promise<Run> {
  const chance = chanceOf(seed);
  return play((model, done) => (done < steps ? think(chance, model, where === 'programs') : undefined), where);
}

/** Plays what was done before, or a part of it. */
export async function runActions(actions: readonly Action[], where: Where = {}): Promise<Run> {
  const left = [...actions];
  return play(() => left.shift(), where);
}

/** What people would do from this seed, by the model alone. */
export function foreseen(seed: number, steps: number): { action: Action; expected: string }[] {
  const chance = chanceOf(seed);
  let model = openModel(BEGINNING.getTime());
  return Array.from({ length: steps }).flatMap(() => {
    const action = think(chance, model);
    const after = structuredClone(model);
    const expected = expectOf(after, action);
    if (expected === undefined) return [];
    const [first = expected] = expected.split(EITHER);
    ERRANDS[action.does]?.learn?.(after, action.given, first);
    model = after;
    return [{ action, expected: first }];
  });
}

function think(chance: Chance, model: Model, inPrograms = false): Action {
  const whole = Object.values(ERRANDS).reduce((sum, { weight }) => sum + weight, 0);
  for (;;) {
    const who = chance.pick(PEOPLE);
    let at = chance.integer(1, whole);
    const [does, errand] = Object.entries(ERRANDS).find(([, { weight }]) => (at -= weight) <= 0) ?? [];
    const given = errand?.think(chance, model, who);
    if (does === undefined || given === undefined) continue;
    const fault = anyFault(chance, does, inPrograms);
    return { who: who.name, does, given, ...(fault && { fault }) };
  }
}

async function play(next: (model: Model, done: number) => Action | undefined, where: Where): Promise<Run> {
  const chats = await openChats(where);
  try {
    return await playIn(chats, next);
  } finally {
    await chats.close();
  }
}

async function playIn(chats: Chats, next: (model: Model, done: number) => Action | undefined): Promise<Run> {
  let model = openModel(BEGINNING.getTime());
  const actions: Action[] = [];
  const outcomes = new Map<string, number>();
  let skipped = 0;
  const over = (failure?: Failure): Run => ({
    actions,
    skipped,
    outcomes,
    faults: chats.counts,
    failure,
    transcript: chats.transcript(),
  });

  for (let action = next(model, 0); action; action = next(model, actions.length + skipped)) {
    await keepUp(chats, model);
    const after = structuredClone(model);
    const expected = expectOf(after, action);
    if (expected === undefined) {
      skipped += 1;
      continue;
    }
    actions.push(action);
    chats.foresee(after);
    const came = `${action.does}: ${expected.split(', ').at(-1)}`;
    outcomes.set(came, (outcomes.get(came) ?? 0) + 1);
    const troubles = await doIt(chats, action, expected, after);
    troubles.push(...(await judgeStep(chats, model, after)), ...judgeSms(chats.sms));
    if (actions.length % STEPS_BETWEEN_LOOKS === 0) troubles.push(...(await judgeStored(chats)));
    if (troubles.length > 0) return over({ step: actions.length, action, troubles });
    model = after;
  }
  const troubles = [
    ...(await judgeStored(chats)),
    ...(await judgeOutbox(chats)),
    ...(await judgeTopics(chats)),
    ...unread(chats, model),
  ];
  return over(troubles.length > 0 ? { step: actions.length, troubles } : undefined);
}

/** How near to a limit of time nobody does anything where time goes on by itself: a step takes a while. */
const SLACK = 45_000;
/** Hours of the centre at which a day, or a night, begins and ends. */
const EDGES = [0, 9, 21];

/** Where time goes on by itself the model learns how late it is, and nothing is done at the edge of a day. */
async function keepUp({ now, tick }: Chats, model: Model): Promise<void> {
  if (!now) return;
  const hours = new Date(now() + 3 * 3_600_000);
  const isNear = EDGES.some((edge) => {
    const minutes = ((hours.getUTCHours() - edge + 24) % 24) * 60 + hours.getUTCMinutes();
    return minutes < 3 || minutes > 24 * 60 - 6;
  });
  if (isNear) await tick(9);
  model.now = now();
  model.slack = SLACK;
}

/** Undefined where PRODUCT.md does not say what comes of it: then nobody does it. */
function expectOf(model: Model, { who, does, given, fault }: Action): string | undefined {
  model.told = [];
  // Then nobody's last update is known any more.
  if (fault && FORGETS.has(fault.kind)) model.active.clear();
  const before = model.now;
  try {
    if (fault && DIES.test(fault.kind) && does === 'staffIssuePasswords')
      throw new Unspoken('what of a password whose slip went with the process');
    if (fault && isProgramFault(fault.kind) && mayAskAgain(fault.kind) && SILENT.has(does))
      throw new Unspoken('whoever is asked to repeat what is a repeat');
    const errand = ERRANDS[does];
    if (!errand?.isUnheard) seen(model, who);
    if (signedIn(model, who)?.phone === '' && !['waits', 'signsOut', 'changesPhone'].includes(does))
      throw new Unspoken('what is left to whoever has to confirm a phone');
    const expected = errand?.expect(model, who, given);
    if (!errand?.isUnheard) model.active.add(who);
    tellWhatWaited(model);
    if (model.now > before) tellNews(model);
    return expected;
  } catch (error) {
    if (error instanceof Unspoken) return undefined;
    throw error;
  }
}

const FORGETS = new Set<Fault['kind']>(['turns-lost', 'Redis flushed', 'Redis killed and started, empty']);
const DIES = /killed|to end|stands still/;
const SILENT = new Set(['comesAgain', 'moneySaidAgain']);

const EITHER = ' | ';

async function doIt(chats: Chats, { who, does, given, fault }: Action, expected: string, after: Model): Promise<string[]> {
  try {
    await chats.undergo(fault);
    const came = (await ERRANDS[does]?.act(chats, who, given)) ?? '';
    const isOne = expected.split(EITHER).includes(came) || (fault?.kind === 'stumbles' && came === 'read by nobody');
    if (isOne) ERRANDS[does]?.learn?.(after, given, came);
    const differs = isOne ? [] : [`${who} ${does}: ${came}; by PRODUCT.md: ${expected}`];
    await chats.recover(who);
    return [...differs, ...chats.troubles.splice(0)];
  } catch (error) {
    return [`${who} ${does}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
