import type { Message } from 'grammy/types';
import { afterEach, expect, test } from 'vitest';
import { mayHaveContent } from '../../src/channels/telegram/message-content.ts';
import { MembershipUnknown } from '../../src/office/staff/staff.ts';
import { updateRequest } from '../../src/records/requests.ts';
import type { MessengerId } from '../../src/office/caller.ts';
import { BOT } from '../kit/bot-info.ts';
import { openWorld, type World } from '../kit/chat/world.ts';
import * as make from '../kit/make.ts';

const GROUP = -1001;
const TOPIC = 33;
const CARD = 40;

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) {
    expect(world.broken).toEqual([]);
    expect(world.failures).toEqual([]);
    await world.close();
  }
});

/** A request № 1 of the person 701 with a topic and a card, and Olga who may answer it. */
async function openDesk() {
  const world = await openWorld();
  worlds.push(world);
  world.pass(22 * 3_600_000);
  world.staff.add('telegram:801');
  world.telegram.group.openTopic(TOPIC, '🆕 № 1');
  await world.db.transaction().execute(async (trx) => {
    const { id } = await make.request(trx, { topic: 'other', openedAt: world.clock() });
    await updateRequest(trx, id, { thread: `telegram:${GROUP}/${TOPIC}`, card: `telegram:${GROUP}/${CARD}` }, world.clock());
  });
  let updates = 0;
  const chat = { id: GROUP, type: 'supergroup' as const, title: 'Сотрудники', is_forum: true as const };
  const take = (content: object, { thread = TOPIC, ...more }: { thread?: number } & Partial<Message> = {}) => {
    const id = ++updates;
    const from = { id: 801, is_bot: false, first_name: 'Ольга' };
    const where = { message_id: 500 + id, date: 0, chat, from, message_thread_id: thread, is_topic_message: true };
    return world.take({ update_id: id, message: { ...where, ...content, ...more } } as never);
  };
  const said = async () => {
    await world.runOutbox();
    return world.telegram
      .take()
      .filter(({ method }) => method === 'sendMessage')
      .map(({ chat: to, payload }) => ({ to: to < 0 ? Number(payload.message_thread_id ?? 0) : to, text: String(payload.text) }));
  };
  return { ...world, take: world.take, write: take, said };
}

const CHANNEL = { id: -1007, type: 'channel' as const, title: 'Инкомус' };

test.each([
  ['a channel', CHANNEL, /Ответ жителю не ушёл: вы пишете от имени канала[^]*Переключитесь[^]*на себя и напишите ещё раз/],
  [
    'the group',
    { id: GROUP, type: 'supergroup' as const, title: 'Сотрудники' },
    /Ответ жителю не ушёл: вы пишете от имени группы[^]*«Анонимность»/,
  ],
])('who writes as %s is told that the answer did not go, and why', async (_, sender_chat, words) => {
  const at = await openDesk();
  await at.write({ text: 'Зима' }, { sender_chat });
  expect(await at.said()).toEqual([{ to: TOPIC, text: expect.stringMatching(words) }]);
  await at.write({ text: '/close' }, { sender_chat });
  expect(await at.said()).toEqual([{ to: TOPIC, text: expect.stringMatching(/Команда не выполнена/) }]);
  // Files, and what we could not carry anyway.
  await at.write({ poll: { id: '1' } }, { sender_chat });
  expect(await at.said()).toHaveLength(1);
  await at.write({ text: '// для своих' }, { sender_chat });
  expect(await at.said()).toEqual([]);
});

test('an anonymous command that stands outside of topics is told of there; what is said there, and what is for others, is not', async () => {
  const at = await openDesk();
  const sender_chat = { id: GROUP, type: 'supergroup' as const, title: 'Сотрудники' };
  const write = (text: string) => at.write({ text }, { sender_chat, is_topic_message: false });
  const told = () => at.db.selectFrom('outbox').select(['addressee', 'text', 'words']).where('kind', '=', 'notice').execute();
  await write('/stats');
  expect(await told()).toEqual([{ addressee: 'staff', text: 'desk-anonymous-command', words: { as: 'group' } }]);
  await write(`/close@${BOT.username} 1`);
  expect(await told()).toHaveLength(2);
  for (const text of ['/stats@another_bot', '/weather', 'Зима']) await write(text);
  expect(await told()).toHaveLength(2);
});

test.each([
  ['in a topic of the bot’s that no request has', { thread: 77 }, { forum_topic_created: { name: '🆕 № 1', icon_color: 1 } }],
  ['as a reply to the bot outside of topics', { is_topic_message: false }, { text: 'Ждут ответа: 1' }],
])('what staff write %s is told to go nowhere', async (_, where, opener) => {
  const at = await openDesk();
  at.telegram.group.openTopic(77, '🆕 № 1');
  const bot = { id: BOT.id, is_bot: true, first_name: 'Бот' };
  const of = (from: object) => ({ reply_to_message: { message_id: 77, date: 0, chat: { id: GROUP }, from, ...opener } as never });
  const told = async () => (await at.db.selectFrom('outbox').select('text').execute()).map(({ text }) => text);
  await at.write({ text: 'Зима' }, { ...where, ...of(bot) });
  expect(await told()).toEqual(['desk-not-in-topic']);
  // Staff among themselves.
  await at.write({ text: 'Зима' }, { ...where, ...of({ id: 802, is_bot: false, first_name: 'Пётр' }) });
  expect(await told()).toHaveLength(1);
});

test('what a channel posts into the group by itself is nobody’s answer', async () => {
  const at = await openDesk();
  await at.write({ text: 'Новости' }, { sender_chat: CHANNEL, is_automatic_forward: true });
  expect(await at.said()).toEqual([]);
});

test('while Telegram may not tell who is a member, nothing is done, staff read what to change, and it works as soon as it is changed', async () => {
  const at = await openDesk();
  const { has } = at.staff;
  at.staff.has = () => {
    throw new MembershipUnknown('CHAT_ADMIN_REQUIRED');
  };
  await at.write({ text: 'Зима' });
  expect(await at.said()).toEqual([
    { to: TOPIC, text: expect.stringMatching(/жителю ничего не ушло[^]*Сделайте бота администратором группы/) },
  ]);
  await at.write({ text: '/help' });
  expect(await at.said()).toHaveLength(1);
  await at.write({ text: '// для своих' });
  expect(await at.said()).toEqual([]);
  const press = { id: 'p', from: { id: 801, is_bot: false, first_name: 'Ольга' }, chat_instance: '1', data: 's.close.1' };
  const message = { message_id: CARD, date: 1, text: '', chat: { id: GROUP, type: 'supergroup', title: 'Сотрудники' } };
  await at.take({ update_id: 900, callback_query: { ...press, message } } as never);
  expect(at.telegram.take().map(({ method, payload }) => [method, payload.text])).toEqual([
    ['answerCallbackQuery', expect.stringContaining('Сделайте бота её администратором')],
  ]);
  at.staff.has = has;
  await at.write({ text: 'Зима' });
  expect(await at.said()).toContainEqual({ to: 701, text: '<b>Ответ по обращению № 1</b>\nЗима' });
});

test.each([
  ['a poll', { poll: { id: '1' } }],
  ['an answer of another bot', { rich_message: { blocks: [] } }],
  ['an invoice', { invoice: { title: 'x' } }],
  ['a checklist', { checklist: { title: 'x', tasks: [] } }],
  ['a story', { story: { id: 1 } }],
  ['dice', { dice: { emoji: '🎲', value: 1 } }],
  ['what Telegram will think of next year', { hologram: { id: '1' } }],
])('of %s staff are told that it did not go', async (_, content) => {
  const at = await openDesk();
  await at.write(content);
  expect(await at.said()).toEqual([{ to: TOPIC, text: expect.stringMatching(/Это жителю не ушло/) }]);
});

test.each([
  ['a poll', { poll: { id: '1' } }],
  ['a checklist', { checklist: { title: 'x', tasks: [] } }],
  ['a story', { story: { id: 1 } }],
  ['a file that Telegram will think of next year', { hologram: { file_id: '1' } }],
])('a resident with an open request is told that %s was not carried', async (_, content) => {
  const at = await openDesk();
  const from = { id: 701, is_bot: false, first_name: 'Иван' };
  const chat = { id: 701, type: 'private', first_name: 'Иван' };
  await at.take({ update_id: 800, message: { message_id: 600, date: 0, chat, from, ...content } } as never);
  expect(await at.said()).toEqual([{ to: 701, text: expect.stringMatching(/^Это сотрудникам не передано/) }]);
});

test.each([
  [{ pinned_message: {} }],
  [{ new_chat_title: 'x' }],
  [{ forum_topic_edited: {} }],
  [{ video_chat_started: {} }],
  [{ chat_background_set: {} }],
])('%j is what Telegram says by itself', async (content) => {
  expect(mayHaveContent({ message_id: 1, date: 0, chat: { id: 1 }, from: {}, ...content } as never)).toBe(false);
  const at = await openDesk();
  await at.write(content);
  expect(await at.said()).toEqual([]);
});

test('an answer in a topic that the bot gave up goes too, and colleagues read it in the present one', async () => {
  const at = await openDesk();
  let refusals = 1;
  at.telegram.interfereWith((call) =>
    call.payload.message_thread_id === TOPIC && refusals-- > 0
      ? { error_code: 400, description: 'Bad Request: message thread not found' }
      : undefined,
  );
  const person = { messengerId: 'telegram:701' as MessengerId, idempotencyKey: 'a' };
  const messagePart = {
    source: 'telegram:701/9' as const,
    album: null,
    repliesTo: null,
    kind: 'words' as const,
    words: 'Ну что там?',
    file: null,
    fileName: null,
  };
  await at.office.requests.add(person, 1, [messagePart]);
  const made = await at.said();
  const anew = made.find(({ text }) => text.includes('Ну что там?'))?.to ?? 0;
  expect(anew).not.toBe(TOPIC);

  // On staff's screens the first one still stands.
  await at.write({ text: 'Считаем' });
  const went = await at.said();
  expect(went).toContainEqual({ to: 701, text: '<b>Ответ по обращению № 1</b>\nСчитаем' });
  expect(went).toContainEqual({ to: anew, text: expect.stringMatching(/Ольга отвечает в прежней теме[^]*Считаем/) });
  // Commands and buttons there are about the request; its closing by hand is not.
  await at.write({ forum_topic_closed: {} });
  const state = async () => (await at.db.selectFrom('requests').select('state').executeTakeFirstOrThrow()).state;
  expect(await state()).toBe('answered');
  await at.write({ text: '/close' });
  expect(await state()).toBe('closed');
  // In the present one nothing is said twice.
  await at.write({ text: 'И ещё' }, { thread: anew });
  expect((await at.said()).filter(({ text }) => text.includes('в прежней теме'))).toEqual([]);
});

test('without topics a reply to the bot that leads to no request is answered each time; other talk once a day', async () => {
  const at = await openDesk();
  const chat = { id: GROUP, type: 'supergroup' as const, title: 'Сотрудники' };
  const from = { id: 801, is_bot: false, first_name: 'Ольга' };
  let updates = 100;
  const says = (more: object = {}) => {
    updates += 1;
    const message = { message_id: 500 + updates, date: 0, chat, from, text: 'Завтра', ...more };
    return at.take({ update_id: updates, message });
  };
  const told = async () =>
    (await at.db.selectFrom('outbox').select('id').where('text', '=', 'desk-how-to-answer').execute()).length;
  const bots = { reply_to_message: { message_id: 7, date: 0, chat, from: BOT, text: 'Сводка' } };
  await says();
  await says();
  expect(await told()).toBe(1);
  await says(bots);
  await says(bots);
  expect(await told()).toBe(3);
  // On the next day somebody else may need it.
  for (let times = 0; times < 2; times += 1) await says({ date: 86_400 });
  expect(await told()).toBe(4);
});
