import { ERRANDS } from './actions/errands.ts';
import { type Chance, chanceOf } from './chance.ts';
import { anyFault, type Fault } from './faults.ts';
import { judgeOutbox, judgeSms, judgeStep, judgeStored, judgeTopics, unread } from './judge.ts';
import { seen, signedIn, tellWhatWaited } from './model/identity.ts';
import { type Model, openModel, Unspoken } from './model/model.ts';
import { tellNews } from './model/news.ts';
import { BEGINNING, PEOPLE } from './town.ts';
import { type Chats, openChats } from './world.ts';
import type { TestDatabase } from '../kit/postgres.ts';

/** What somebody did, as plain data: a run is a list of these. */
export type Action = { who: string; does: string; given: unknown; fault?: Fault };

export type Failure = { step: number; action?: Action; troubles: string[] };
export type Run = {
  actions: Action[];
  /** How many were left out, since PRODUCT.md says nothing of them. */
  skipped: number;
  /** How often each errand came to what. */
  outcomes: ReadonlyMap<string, number>;
  failure: Failure | undefined;
  transcript: readonly string[];
};

/** Looking through all that is stored takes a while. */
const STEPS_BETWEEN_LOOKS = 60;

/** Plays a seed: so many steps, or up to the first that is wrong. */
export async function runSeed(seed: number, steps: number, database?: TestDatabase): Promise<Run> {
  const chance = chanceOf(seed);
  return play((model, done) => (done < steps ? think(chance, model) : undefined), database);
}

/** Plays what was done before, or a part of it. */
export async function runActions(actions: readonly Action[], database?: TestDatabase): Promise<Run> {
  const left = [...actions];
  return play(() => left.shift(), database);
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

function think(chance: Chance, model: Model): Action {
  const whole = Object.values(ERRANDS).reduce((sum, { weight }) => sum + weight, 0);
  for (;;) {
    const who = chance.pick(PEOPLE);
    let at = chance.integer(1, whole);
    const [does, errand] = Object.entries(ERRANDS).find(([, { weight }]) => (at -= weight) <= 0) ?? [];
    const given = errand?.think(chance, model, who);
    if (does === undefined || given === undefined) continue;
    const fault = anyFault(chance, does);
    return { who: who.name, does, given, ...(fault && { fault }) };
  }
}

async function play(next: (model: Model, done: number) => Action | undefined, database?: TestDatabase): Promise<Run> {
  const chats = await openChats(database);
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
  const over = (failure?: Failure): Run => ({ actions, skipped, outcomes, failure, transcript: chats.transcript() });

  for (let action = next(model, 0); action; action = next(model, actions.length + skipped)) {
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

/** Undefined where PRODUCT.md does not say what comes of it: then nobody does it. */
function expectOf(model: Model, { who, does, given, fault }: Action): string | undefined {
  model.told = [];
  // Then nobody's last update is known any more.
  if (fault === 'turns-lost') model.active.clear();
  const before = model.now;
  try {
    if (fault === 'killed' && does === 'staffIssuePasswords')
      throw new Unspoken('what of a password whose slip went with the process');
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

const EITHER = ' | ';

async function doIt(chats: Chats, { who, does, given, fault }: Action, expected: string, after: Model): Promise<string[]> {
  try {
    await chats.undergo(fault);
    const came = (await ERRANDS[does]?.act(chats, who, given)) ?? '';
    const isOne = expected.split(EITHER).includes(came) || (fault === 'stumbles' && came === 'read by nobody');
    if (isOne) ERRANDS[does]?.learn?.(after, given, came);
    const differs = isOne ? [] : [`${who} ${does}: ${came}; by PRODUCT.md: ${expected}`];
    return [...differs, ...chats.troubles.splice(0)];
  } catch (error) {
    return [`${who} ${does}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
