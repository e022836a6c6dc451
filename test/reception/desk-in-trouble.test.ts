import { GrammyError, HttpError } from 'grammy';
import { afterEach, expect, test } from 'vitest';
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
    return updateOf(OLGA, action, ids, 0, { chat: 'staff', id: -1001, forum: true, thread: 33 });
  };
  const relayed = async () => (await world.db.selectFrom('outbox').select('id').where('kind', '=', 'relay').execute()).length;
  return { ...world, olga, relayed };
}

const refusal = (code: number) =>
  new GrammyError('refused', { ok: false, error_code: code, description: 'refused' }, 'getChatMember', {});

test.each([
  ['does not answer', new HttpError('no answer', new Error('ECONNRESET'))],
  ['has troubles of its own', refusal(502)],
  ['wants to be left alone', refusal(429)],
])('while Telegram %s nobody is let in, and the answer comes again by itself', async (_, trouble) => {
  const at = await openDesk();
  const { has } = at.staff;
  at.staff.has = () => {
    throw trouble;
  };
  const answer = at.olga({ does: 'say', words: 'Ответ' });
  await expect(at.take(answer)).rejects.toBe(trouble);
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
