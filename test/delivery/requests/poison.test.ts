import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutTo } from '../../../src/domain/cut.ts';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { insertDelivery } from '../../../src/records/deliveries.ts';
import { openWords } from './desk-of-words.ts';

/** What is refused of one request, or in one place of the group, is the matter of nobody else. */

let at: Awaited<ReturnType<typeof openWords>>;
beforeEach(async () => {
  at = await openWords();
});
afterEach(async () => {
  expect(await at.waiting()).toEqual([]);
  expect(at.givenUp).toEqual([]);
  await at.close();
});

type Call = Parameters<Exclude<Parameters<(typeof at)['telegram']['interfereWith']>[0], undefined>>[0];
const no = (description: string) => ({ error_code: 400, description: `Bad Request: ${description}` });
const isInGroup = ({ chat }: Call) => chat === at.telegram.group.id();
/** The group's first topic is closed or hidden: what is said to no other is not taken. */
const isAtLarge = (call: Call) =>
  isInGroup(call) && call.method.startsWith('send') && call.payload.message_thread_id === undefined;

test.each(['', 'x'])('a title is cut between characters («%s»)', async (before) => {
  await at.opened(701, 'Почему так много?');
  const called = `${before}${'𝐀'.repeat(40)}`;
  await at.db.updateTable('requests').set({ called, takenByName: called, state: 'taken', takenBy: 'telegram:9' }).execute();
  const [opened] = await at.left();
  expect(opened).toMatch(/^createForumTopic -1001: 🛠 № 1 · Начисления/);
  expect(opened).not.toMatch(/\p{Surrogate}|\ufffd/u);
});

test('a text that is cut keeps whole characters', () => {
  expect([cutTo('абв', 3), cutTo('абвг', 3), cutTo('аб🏠', 3), cutTo('аб🏠', 4), cutTo('🏠🏠', 1)]).toEqual([
    'абв',
    'абв',
    'аб',
    'аб🏠',
    '',
  ]);
});

test('a title that is refused: its request gets a topic by its number, and others their own', async () => {
  const refused: unknown[] = [];
  at.telegram.interfereWith((call) => {
    if (call.method !== 'createForumTopic' || !String(call.payload.name).includes('№ 1 ·')) return undefined;
    refused.push(call.payload.name);
    return no('TOPIC_TITLE_INVALID');
  });
  await at.opened(701, 'Почему так много?');
  await at.opened(702, 'И у меня');
  expect(await at.left()).toEqual([
    'createForumTopic -1001: № 1',
    expect.stringMatching(/^sendMessage -1001#\d+: [^]*Почему так много\?$/),
    'createForumTopic -1001: 🆕 № 2 · Начисления',
    expect.stringMatching(/^sendMessage -1001#\d+: [^]*И у меня$/),
  ]);
  expect(refused).toHaveLength(1);
});

test('one that gets no topic by any title is a card alone; the next request has its topic', async () => {
  let refused = 0;
  at.telegram.interfereWith((call) => {
    if (call.method !== 'createForumTopic' || !/№ 1\b/.test(plainSpaces(String(call.payload.name)))) return undefined;
    refused += 1;
    return no('SOMETHING_NEW');
  });
  await at.opened(701, 'Почему так много?');
  await at.opened(702, 'И у меня');
  expect(await at.left()).toEqual([
    expect.stringMatching(/^sendMessage -1001: [^]*Почему так много\?$/),
    'createForumTopic -1001: 🆕 № 2 · Начисления',
    expect.stringMatching(/^sendMessage -1001#\d+: [^]*И у меня$/),
  ]);
  await at.added(701, 1, 'ещё');
  expect(await at.left()).toEqual([expect.stringMatching(/^sendMessage -1001 ↩\d+: 👤 № 1 ещё$/)]);
  expect(refused).toBe(2);
});

test('a first topic that is shut while none can be opened: cards wait, one is tried at a time, and the topics go on', async () => {
  await at.opened(701, 'Почему так много?');
  await at.left();
  const { thread } = await at.row(1);
  let atLarge = 0;
  at.telegram.interfereWith((call) => {
    if (isInGroup(call) && call.method === 'createForumTopic') return no('not enough rights to create a topic');
    if (!isAtLarge(call)) return undefined;
    atLarge += 1;
    return no('TOPIC_CLOSED');
  });
  for (const person of [702, 703, 704, 705]) await at.opened(person, 'новое');
  await at.added(701, 1, 'ещё');
  expect(await at.left()).toEqual([`sendMessage -1001#${thread?.split('/')[1]}: 👤 ещё`]);
  expect(atLarge).toBe(1);
  for (let minute = 0; minute < 10; minute += 1) {
    at.pass(60_000);
    await at.added(701, 1, `и ещё ${minute}`);
    expect(await at.left()).toEqual([expect.stringContaining(`👤 и ещё ${minute}`)]);
  }
  // Of 18 messages that the group takes a minute, one at most.
  expect(atLarge).toBeLessThanOrEqual(11);
  expect((await at.waiting()).filter(({ kind }) => kind === 'refresh')).toEqual([]);

  at.telegram.interfereWith(undefined);
  at.pass(600_000);
  const left = await at.left();
  expect(left.filter((line) => line.endsWith('👤 новое'))).toHaveLength(4);
});

test('a topic that was shut by hand and cannot be opened again is tried later and later, with one refresh in line', async () => {
  await at.opened(701, 'Почему так много?');
  await at.left();
  let calls = 0;
  at.telegram.interfereWith((call) => {
    if (!isInGroup(call)) return undefined;
    calls += 1;
    if (call.method === 'reopenForumTopic') return no('not enough rights to manage topics');
    return call.payload.message_thread_id === undefined ? undefined : no('TOPIC_CLOSED');
  });
  await at.added(701, 1, 'ещё');
  for (let minute = 0; minute < 30; minute += 1) {
    expect(await at.left()).toEqual([]);
    at.pass(60_000);
  }
  expect(calls).toBeLessThan(40);
  const waiting = await at.waiting();
  expect(waiting.filter(({ kind }) => kind === 'refresh').length).toBeLessThanOrEqual(1);
  expect(waiting.find(({ kind }) => kind === 'relay')?.attempts).toBeGreaterThan(3);
  at.telegram.interfereWith(undefined);
  at.pass(600_000);
  expect(await at.left()).toContainEqual(expect.stringMatching(/👤 ещё$/));
});

test('the bot’s own words that are longer than a message arrive in parts, the button under the last of them', async () => {
  await at.opened(701, 'Почему так много?');
  await at.left();
  const { id } = await at.row(1);
  const words = Array.from({ length: 1020 }, (_, word) => `с${word % 10}&`).join(' ');
  expect(words.length).toBeGreaterThan(4000);
  const said = { text: 'desk-wrote-first', words: { name: 'Ольга', trouble: 7, words } };
  const doors = [{ label: 'button-contacts', verb: 'close', number: 1 } as const];
  await at.db
    .transaction()
    .execute((trx) => insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage: { ...said, doors } }, at.clock()));
  await at.runOutbox();
  const sent = at.telegram.take();
  expect(sent.length).toBeGreaterThan(1);
  const shown = sent.map(({ payload }) =>
    String(payload.text)
      .replace(/<[^>]*>/g, '')
      .replaceAll('&amp;', '&'),
  );
  for (const part of shown) expect(part.length).toBeLessThanOrEqual(4096);
  expect(plainSpaces(shown.join(' '))).toContain(words);
  for (const { payload } of sent) expect(String(payload.text)).toMatch(/<blockquote>[^<]*<\/blockquote>$/);
  expect(sent.map(({ payload }) => payload.reply_markup !== undefined)).toEqual([...sent.slice(1).map(() => false), true]);
});

test('a household of hundreds of accounts does not make a card longer than a message', async () => {
  await at.opened(701, 'Почему так много?');
  const { db } = at;
  await db
    .insertInto('accounts')
    .values(
      Array.from({ length: 400 }, (_, n) => ({ number: `00${10_000 + n}`, ownerName: 'Иванов', address: 'ул. Мира, д. 1' })),
    )
    .execute();
  const now = at.clock();
  const { id } = await db
    .insertInto('residents')
    .values({ login: 'many', phone: '+79000000777', passwordHash: 'x', registeredAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  const accounts = await db.selectFrom('accounts').select('number').where('number', 'like', '0010%').execute();
  await db
    .insertInto('links')
    .values(accounts.map(({ number }) => ({ residentId: id, account: number, way: 'sum' as const, linkedAt: now })))
    .execute();
  await db.updateTable('requests').set({ residentId: id }).execute();
  const [, card] = await at.left();
  expect(card).toContain('0010019…');
  expect(card?.length).toBeLessThan(4096);
});

test('words whose looks are not taken arrive without them, and without buttons where it is these', async () => {
  at.telegram.interfereWith(({ method, payload }) =>
    method === 'sendMessage' && payload.parse_mode !== undefined ? no("can't parse entities: unsupported start tag") : undefined,
  );
  await at.opened(701, 'Почему <так> много?');
  await at.runOutbox();
  const cards = at.telegram.take().filter(({ method }) => method === 'sendMessage');
  expect(cards.map(({ payload }) => payload.text)).toEqual([expect.stringMatching(/Начисления[^]*Почему <так> много\?$/)]);
  expect(cards[0]?.payload.reply_markup).toBeDefined();
  at.telegram.interfereWith(({ method, payload }) =>
    method === 'sendMessage' && payload.reply_markup !== undefined ? no('BUTTON_DATA_INVALID') : undefined,
  );
  await at.opened(702, 'И у меня');
  expect(await at.left()).toContainEqual(expect.stringMatching(/И у меня$/));
});

test('half a character in a name breaks nothing of what is put in line', async () => {
  await at.opened(701, 'Почему так много?');
  await at.left();
  const { id } = await at.row(1);
  const botMessage = { text: 'desk-wrote-first', words: { name: 'Ольга \ud83c', trouble: 7, words: 'да\u0000' }, doors: [] };
  await at.db.transaction().execute((trx) => insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage }, at.clock()));
  expect(await at.left()).toEqual([expect.stringMatching(/: Ольга +пишет ему[^]*\nда$/)]);
});
