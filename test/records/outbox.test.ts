import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  claimOutbox,
  countOutboxWaiting,
  insertIntoOutbox,
  markOutboxDone,
  markOutboxFailed,
  type OutboxKind,
  type OutboxRow,
  updateOutboxPostponed,
  updateOutboxReleased,
} from '../../src/records/outbox.ts';
import { testDatabase } from '../kit/postgres.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let requests: string[];

beforeAll(async () => {
  base = await testDatabase();
  const at = new Date();
  const opened = ['a', 'b', 'c'].map(() => ({ kind: 'test', words: '{}', state: 'new' as const, openedAt: at, stateAt: at }));
  const rows = await base.db.insertInto('requests').values(opened).returning('id').execute();
  requests = rows.map(({ id }) => id);
  return base.close;
});
afterAll(() => base.close());

/** One thing in line, as a plain list has it. */
type Item = {
  id: number;
  kind: OutboxKind;
  line: string;
  addressee: string;
  owner: string | null;
  daytime: boolean;
  runAt: number;
  lockedUntil: number;
  attempts: number;
  ended: boolean;
};

const MINUTE = 60_000;

/** The outbox as a list that is looked through from the front. */
function plainOutbox() {
  const items: Item[] = [];
  const servedAt = new Map<string, number>();
  const isWaiting = (item: Item) => !item.ended;
  const isHeld = (item: Item, now: number) => isWaiting(item) && item.lockedUntil > now;

  /** What may be taken now. */
  function free(now: number, night: boolean): Item[] {
    return items.filter((item) => {
      if (!isWaiting(item) || item.runAt > now || isHeld(item, now) || (item.daytime && night)) return false;
      const line = items.filter((other) => other !== item && other.line === item.line && isWaiting(other));
      if (line.some((other) => isHeld(other, now))) return false;
      return !line.some((other) => {
        if (other.id > item.id || (other.daytime && night)) return false;
        if (other.kind === 'notice' && other.runAt > now && other.attempts === 0) return false;
        return other.kind !== 'refresh' || item.kind === 'refresh';
      });
    });
  }

  /** Of one addressee, the one whose turn it is. */
  function turn(those: readonly Item[]): Item | undefined {
    const served = ({ owner }: Item) => (owner === null ? 0 : (servedAt.get(owner) ?? 0));
    const rank = (item: Item) => (item.addressee === 'staff' ? served(item) : Number(item.kind === 'notice'));
    return those.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id)[0];
  }
  return { items, servedAt, free, turn, isHeld };
}

const PEOPLE = ['telegram:1', 'telegram:2', 'max:1'];
const put = fc.record({
  does: fc.constant('put' as const),
  what: fc.constantFrom('notice', 'say', 'refresh', 'deletion'),
  to: fc.nat(5),
  inMs: fc.constantFrom(0, 0, 0, MINUTE),
  daytime: fc.boolean(),
});
const take = fc.record({
  does: fc.constant('take' as const),
  limit: fc.constantFrom(1, 2, 29),
  night: fc.boolean(),
  resting: fc.subarray(['staff', 'telegram:1', 'max']),
});
const end = fc.record({ does: fc.constantFrom('done', 'failed', 'released', 'postponed'), which: fc.nat(20) });
const pass = fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(1, 1000, MINUTE, 3 * MINUTE) });
const history = fc.array(
  fc.oneof({ arbitrary: put, weight: 4 }, { arbitrary: take, weight: 3 }, { arbitrary: end, weight: 4 }, pass),
  {
    maxLength: 50,
  },
);
type Command = typeof history extends fc.Arbitrary<(infer D)[]> ? D : never;

async function play(commands: readonly Command[]): Promise<void> {
  const { db } = base;
  await db.deleteFrom('outbox').execute();
  const plain = plainOutbox();
  let now = Date.parse('2026-11-23T09:00:00Z');
  let keys = 0;

  async function insert({ what, to, inMs, daytime }: Extract<Command, { does: 'put' }>): Promise<void> {
    const person = PEOPLE[to % 3] ?? '';
    const request = requests[to % 3] ?? '';
    const toStaff = to > 2 && what !== 'deletion';
    keys += 1;
    const row =
      what === 'notice'
        ? {
            kind: 'notice' as const,
            line: `notices/${toStaff ? 'staff' : person}`,
            text: 'x',
            owner: toStaff ? 'notices' : null,
            daytime,
          }
        : what === 'deletion'
          ? { kind: 'deletion' as const, line: `${person}/${keys}`, message: `${person}/${keys}` }
          : toStaff || what === 'refresh'
            ? {
                kind: what === 'say' ? ('say' as const) : ('refresh' as const),
                line: `request/${request}`,
                requestId: request,
                text: what === 'say' ? 'x' : '',
              }
            : { kind: 'say' as const, line: person, text: 'x' };
    const addressee = toStaff || row.kind === 'refresh' ? 'staff' : person;
    const at = now + inMs;
    const whole = { ...row, addressee, key: `k${keys}`, runAt: new Date(at) };
    await db.transaction().execute((trx) => insertIntoOutbox(trx, [whole], new Date(now)));
    const { id, owner } = await db
      .selectFrom('outbox')
      .select(['id', 'owner'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const { kind, line } = row;
    const isForDay = 'daytime' in row && row.daytime;
    plain.items.push({
      id,
      kind,
      line,
      addressee,
      owner,
      daytime: isForDay,
      runAt: at,
      lockedUntil: 0,
      attempts: 0,
      ended: false,
    });
  }

  async function claim(limit: number, night: boolean, resting: readonly string[]): Promise<OutboxRow[]> {
    const until = now + 2 * MINUTE;
    const taken = await claimOutbox(db, { limit, night, resting, until: new Date(until) }, new Date(now));
    const isResting = ({ addressee }: Item) => resting.includes(addressee) || resting.includes(addressee.split(':')[0] ?? '');
    const free = plain.free(now, night).filter((item) => !isResting(item));
    const addressees = new Set(taken.map(({ addressee }) => addressee));
    expect(addressees.size, 'of each addressee one').toBe(taken.length);
    expect(taken.length).toBeLessThanOrEqual(limit);
    for (const row of taken) {
      const own = free.filter(({ addressee }) => addressee === row.addressee);
      // Where little room was left, one that comes behind may not have been looked at.
      if (limit === 29) expect(row.id, 'whose turn it is').toBe(plain.turn(own)?.id);
      else
        expect(
          own.map(({ id }) => id),
          'what may be taken',
        ).toContain(row.id);
    }
    if (limit === 29)
      expect([...addressees].sort(), 'nobody is passed over').toEqual([...new Set(free.map((item) => item.addressee))].sort());
    else expect(taken.length > 0, 'something is taken').toBe(free.length > 0);
    for (const row of taken) Object.assign(plain.items.find(({ id }) => id === row.id) ?? {}, { lockedUntil: until });
    const held = plain.items.filter((item) => plain.isHeld(item, now)).map(({ line }) => line);
    expect(new Set(held).size, 'of each line one in hand').toBe(held.length);
    return taken;
  }

  async function finish(item: Item, does: string): Promise<void> {
    now += 1;
    const at = new Date(now);
    if (does === 'released') await updateOutboxReleased(db, item.id);
    else if (does === 'postponed') await updateOutboxPostponed(db, item.id, new Date(now + MINUTE));
    else if (does === 'failed') await markOutboxFailed(db, [item.id], 'refused', at);
    else await markOutboxDone(db, [item.id], at);
    item.lockedUntil = 0;
    item.ended = does === 'done' || does === 'failed';
    if (does === 'postponed') Object.assign(item, { attempts: item.attempts + 1, runAt: now + MINUTE });
    if (does === 'done' && item.owner !== null) plain.servedAt.set(item.owner, now);
  }

  for (const command of commands) {
    now += 1;
    if (command.does === 'put') await insert(command);
    else if (command.does === 'take') await claim(command.limit, command.night, command.resting);
    else if (command.does === 'pass') now += command.ms;
    else {
      const held = plain.items.filter((item) => plain.isHeld(item, now));
      const item = held[command.which % held.length];
      if (item) await finish(item, command.does);
    }
  }
  // Whoever had something in hand is gone: all comes to an end, each once.
  now += 10 * MINUTE;
  for (let taken = await claim(29, false, []); taken.length > 0; taken = await claim(29, false, []))
    for (const { id } of taken) {
      const item = plain.items.find((each) => each.id === id);
      if (item) await finish(item, 'done');
    }
  expect(plain.items.filter(({ ended }) => !ended)).toEqual([]);
  expect(await countOutboxWaiting(db, false, new Date(now))).toBe(0);
}

test('whatever is put in line, taken, put back, put off and ended: in order, in turn, never two of one line in hand, none lost', async () => {
  await fc.assert(fc.asyncProperty(history, play), { numRuns: 60 });
}, 300_000);

test('what is true or false is kept as the words by which texts choose, in phrases, too: the release before reads the row', async () => {
  const words = { closed: true, lines: [{ text: 'a-line', words: { late: false, sum: 5 } }] };
  await base.db
    .transaction()
    .execute((trx) =>
      insertIntoOutbox(
        trx,
        [{ kind: 'notice', line: 'x', addressee: 'telegram:1', key: 'spelled', text: 'a-text', runAt: new Date(), words }],
        new Date(),
      ),
    );
  const row = await base.db.selectFrom('outbox').select('words').where('key', '=', 'spelled').executeTakeFirstOrThrow();
  expect(row.words).toEqual({ closed: 'yes', lines: [{ text: 'a-line', words: { late: 'no', sum: 5 } }] });
});

test('with each part that arrives the attempts begin anew; put back without one they go on', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  const now = new Date();
  const row = { kind: 'say' as const, line: 'telegram:1', addressee: 'telegram:1', text: 'a-text', runAt: now };
  await db.transaction().execute((trx) => insertIntoOutbox(trx, [row], now));
  const standing = async () =>
    db.selectFrom('outbox').select(['id', 'attempts', 'progress', 'lockedUntil']).executeTakeFirstOrThrow();
  const { id } = await standing();
  for (let times = 0; times < 3; times += 1) await updateOutboxPostponed(db, id, now);
  await updateOutboxReleased(db, id);
  expect(await standing()).toMatchObject({ attempts: 3, progress: {} });
  await updateOutboxReleased(db, id, { parts: ['telegram:1/7'] });
  expect(await standing()).toMatchObject({ attempts: 0, progress: { parts: ['telegram:1/7'] }, lockedUntil: null });
});
