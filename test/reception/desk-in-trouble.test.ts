import { GrammyError, HttpError } from 'grammy';
import { afterEach, describe, expect, test } from 'vitest';
import { MembershipUnknown } from '../../src/office/staff/staff.ts';
import { updateRequest } from '../../src/records/requests.ts';
import { type TelegramAction, type Person, updateOf } from '../kit/chat/people.ts';
import { openWorld, type World } from '../kit/chat/world.ts';
import * as make from '../kit/make.ts';

const OLGA: Person = { name: 'Ольга', id: 801, phone: '', username: 'olga' };

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** A request № 1 of the person 701 with a topic, and Olga who may answer it. */
async function openDesk() {
  const world = await openWorld();
  worlds.push(world);
  world.staff.add('telegram:801');
  await world.db.transaction().execute(async (trx) => {
    const { id } = await make.request(trx, { topic: 'other', openedAt: world.clock() });
    await updateRequest(trx, id, { thread: 'telegram:-1001/33' }, world.clock());
  });
  let updates = 0;
  const olga = (action: TelegramAction) => {
    const ids = { update: ++updates, message: 500 + updates };
    return updateOf(OLGA, action, ids, 1, { chat: 'staff', id: -1001, forum: true, thread: 33 });
  };
  const relayed = async () => (await world.db.selectFrom('outbox').select('id').where('kind', '=', 'relay').execute()).length;
  return { ...world, olga, relayed };
}

const refusal = (error_code: number, description = 'refused') =>
  new GrammyError('refused', { ok: false, error_code, description }, 'getChatMember', {});

test.each([
  ['does not answer', new HttpError('no answer', new Error('ECONNRESET'))],
  ['has troubles of its own', refusal(502)],
  ['has them in the words of a bad request', refusal(400, 'Bad Request: RPC_CALL_FAIL')],
  ['wants to be left alone', refusal(429)],
  ['wants to be, in the words of a bad request', refusal(400, 'Bad Request: FLOOD_WAIT_20')],
  ['does not know the token', refusal(401, 'Unauthorized')],
  ['is another server than ours', refusal(400, 'Logged out')],
  ['is not found', refusal(404, 'Not Found')],
  ['is hidden by a page', refusal(403, 'HTTP 403')],
  ['is asked by another process', refusal(409, 'Conflict: terminated by other getUpdates request')],
])('while Telegram %s nobody is let in, and the answer comes again by itself', async (_, fault) => {
  const at = await openDesk();
  const { has } = at.staff;
  at.staff.has = () => {
    throw fault;
  };
  const answer = at.olga({ does: 'say', words: 'Ответ' });
  await expect(at.take(answer)).rejects.toBe(fault);
  expect(await at.relayed()).toBe(0);
  at.staff.has = has;
  await at.take(answer);
  await at.take(answer);
  expect(await at.relayed()).toBe(1);
  expect(at.failures).toEqual([]);
  expect(at.telegram.take()).toEqual([]);
});

test('what we cannot work off is put aside, and nobody in the group or in private hears of it from us', async () => {
  const at = await openDesk();
  at.staff.has = () => {
    throw new TypeError('a slip of ours');
  };
  await at.take(at.olga({ does: 'say', words: 'Ответ' }));
  expect(at.failures).toEqual([{ how: 'failed', error: 'TypeError' }]);
  expect(at.telegram.take()).toEqual([]);
});

const UNHEARD: readonly [string, () => { error_code: number; description: string }][] = [
  ['has troubles of its own', () => ({ error_code: 500, description: 'Internal Server Error' })],
  ['wants to be left alone', () => ({ error_code: 429, description: 'Too Many Requests: retry after 60' })],
  ['does not know the token', () => ({ error_code: 401, description: 'Unauthorized' })],
  ['is hidden by a page', () => ({ error_code: 403, description: 'HTTP 403' })],
  ['takes it in no shape', () => ({ error_code: 400, description: 'Bad Request: MESSAGE_TOO_STRANGE' })],
  [
    'does not answer',
    () => {
      throw new Error('ECONNRESET');
    },
  ],
];

describe.each(UNHEARD)('while Telegram %s, and brings nothing over the chat', (_, fault) => {
  async function openDeaf() {
    const at = await openDesk();
    at.telegram.interfereWith(({ method }) => (method === 'answerCallbackQuery' ? fault() : undefined));
    const said = async () =>
      (await at.db.selectFrom('outbox').select('text').where('kind', '=', 'say').execute()).map(({ text }) => text);
    const press = (data: string) => at.olga({ does: 'press', data, messageId: 40 });
    return { ...at, said, press };
  }

  test('what a press did is seen in the topic, and what it did not do is said there, once', async () => {
    const at = await openDeaf();
    await at.take(at.press('s.close.1'));
    expect(await at.said()).not.toContain('desk-press-closed');
    const again = at.press('s.close.1');
    await at.take(again);
    await at.take(again);
    expect((await at.said()).filter((text) => text.startsWith('desk-press'))).toEqual(['desk-press-closed-already']);
    expect(at.failures).toEqual([]);
  });

  test('that nobody may tell who is a member is said, too', async () => {
    const at = await openDeaf();
    at.staff.has = () => {
      throw new MembershipUnknown('CHAT_ADMIN_REQUIRED');
    };
    await at.take(at.press('s.close.1'));
    expect(await at.said()).toEqual(['desk-press-cannot-check']);
  });

  test('a phone is shown to whoever pressed alone, and never said in the group', async () => {
    const at = await openDeaf();
    const residentId = await make.resident(at.db, { phone: '+79123456789' });
    await at.db.updateTable('requests').set({ residentId }).execute();
    await at.take(at.press('s.phone.1')).catch(() => undefined);
    const words = (await at.db.selectFrom('outbox').select(['text', 'words']).execute()).map((row) => JSON.stringify(row));
    expect(words.join()).not.toMatch(/desk-press-phone|9123456789/);
  });
});

test('what Telegram does not bring over the chat is said in the topic also where the card is so old that it does not say where it stands', async () => {
  const at = await openDesk();
  await at.db.updateTable('requests').set({ card: 'telegram:-1001/40', state: 'closed', closedAt: at.clock() }).execute();
  at.telegram.interfereWith(({ method }) =>
    method === 'answerCallbackQuery' ? { error_code: 500, description: 'Internal Server Error' } : undefined,
  );
  const press = { does: 'press', data: 's.close.1', messageId: 40 } as const;
  await at.take(updateOf(OLGA, press, { update: 900, message: 900 }, 0, { chat: 'staff', id: -1001, forum: true, thread: 33 }));
  const said = await at.db.selectFrom('outbox').select('text').where('kind', '=', 'say').execute();
  expect(said.map(({ text }) => text)).toEqual(['desk-press-closed-already']);
});

test('a press that came too late says nothing more', async () => {
  const at = await openDesk();
  at.telegram.interfereWith(({ method }) =>
    method === 'answerCallbackQuery' ? { error_code: 400, description: 'Bad Request: query is too old' } : undefined,
  );
  for (let presses = 0; presses < 2; presses += 1) await at.take(at.olga({ does: 'press', data: 's.close.1', messageId: 40 }));
  const said = await at.db.selectFrom('outbox').select('text').where('kind', '=', 'say').execute();
  expect(said.filter(({ text }) => text.startsWith('desk-press'))).toEqual([]);
});

test.each([
  's.close.1',
  's.close.1-2',
  's.constructor.1',
  's.toString.1',
  's.nonsense.1',
  's.take.99999999999999999',
  's.close.-1',
  's.close',
  's..1',
  'd.request.',
  'q.abcd.1.0',
  '',
])('a forged button %j does nothing to who is no member, and breaks nothing for who is', async (data) => {
  const at = await openDesk();
  at.staff.clear();
  await at.take(at.olga({ does: 'press', data, messageId: 40 }));
  const state = async () => (await at.db.selectFrom('requests').select('state').executeTakeFirstOrThrow()).state;
  expect(await state()).toBe('new');
  at.staff.add('telegram:801');
  await at.take(at.olga({ does: 'press', data, messageId: 40 }));
  expect(at.failures).toEqual([]);
  expect(await state()).toBe(data.startsWith('s.close.1') ? 'closed' : 'new');
  expect(at.telegram.take().map(({ method }) => method)).toEqual(['answerCallbackQuery', 'answerCallbackQuery']);
});

test.each([
  ['at home with the bot', { chat: 'private' }],
  ['in another group', { chat: 'foreign' }],
  ['in the thread of another request', { chat: 'staff', id: -1001, forum: true, thread: 34 }],
] as const)('buttons and commands of the group do nothing %s, not even for who is a member', async (_, place) => {
  const at = await openDesk();
  const rows = () => at.db.selectFrom('requests').select(['state', 'takenBy', 'messengerId']).execute();
  const before = await rows();
  const data = ['s.take.1', 's.close.1', 's.withdraw.1', 's.to.1-801', 's.resolution.1-settle', 's.reopen.1'];
  const actions: TelegramAction[] = [
    ...data.map((each): TelegramAction => ({ does: 'press', data: each, messageId: 40 })),
    ...['/take', '/close', '/ban', '/undo', '/to me', 'Ответ'].map((words): TelegramAction => ({ does: 'say', words })),
  ];
  for (const [n, action] of actions.entries())
    await at.take(updateOf(OLGA, action, { update: 700 + n, message: 700 + n }, at.clock().getTime() / 1000, place));
  expect(await rows()).toEqual(before);
  expect(await at.relayed()).toBe(0);
  expect(await at.db.selectFrom('auditLog').select('what').execute()).toEqual([]);
  expect(await at.db.selectFrom('silenced').select('messengerId').execute()).toEqual([]);
  expect(at.failures).toEqual([]);
});
