import type { ForumTopic, Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';

describe('topics of the bot', () => {
  test('a topic is made, written to, renamed, closed, reopened', async () => {
    const { api, last, staffChatId } = await openSandbox();
    const topic = await api.createForumTopic(staffChatId, 'Обращение 17', { icon_color: 7_322_096 });
    expect(topic).toEqual({ message_thread_id: last(staffChatId).message_id, name: 'Обращение 17', icon_color: 7_322_096 });
    expect(last(staffChatId)).toMatchObject({ forum_topic_created: { name: 'Обращение 17' }, is_topic_message: true });
    const thread = topic.message_thread_id;
    const sent = await api.sendMessage(staffChatId, 'карточка', { message_thread_id: thread });
    expect(sent).toMatchObject({
      message_thread_id: thread,
      is_topic_message: true,
      reply_to_message: { forum_topic_created: { name: 'Обращение 17' } },
      chat: { is_forum: true },
    });
    await api.editForumTopic(staffChatId, thread, { name: 'Обращение 17, закрыто' });
    expect(last(staffChatId).forum_topic_edited).toEqual({ name: 'Обращение 17, закрыто' });
    await api.closeForumTopic(staffChatId, thread);
    expect(last(staffChatId)).toHaveProperty('forum_topic_closed');
    await api.reopenForumTopic(staffChatId, thread);
    expect(last(staffChatId)).toHaveProperty('forum_topic_reopened');
  });

  test('refusals', async () => {
    const { api, refusal, act, olga, ivan, staffChatId } = await openSandbox();
    expect(await refusal('sendMessage', { chat_id: staffChatId, message_thread_id: 77, text: 'я' })).toBe(
      'Bad Request: message thread not found',
    );
    const { message_thread_id } = await api.createForumTopic(staffChatId, 'Тема');
    const topic = { chat_id: staffChatId, message_thread_id };
    expect(await refusal('reopenForumTopic', topic)).toBe('Bad Request: TOPIC_NOT_MODIFIED');
    expect(await refusal('editForumTopic', { ...topic, name: 'Тема' })).toBe('Bad Request: TOPIC_NOT_MODIFIED');
    expect(await refusal('closeForumTopic', { ...topic, message_thread_id: 77 })).toBe('Bad Request: TOPIC_ID_INVALID');
    expect(await refusal('createForumTopic', { chat_id: staffChatId, name: ' ' })).toBe('Bad Request: TOPIC_TITLE_EMPTY');
    expect(await refusal('createForumTopic', { chat_id: ivan, name: 'я' })).toBe('Bad Request: the chat is not a forum');
    const plain = act({ type: 'new-group', as: olga, title: 'Простая', kind: 'group' }).chatId;
    expect(await refusal('createForumTopic', { chat_id: plain, name: 'я' })).toBe(
      'Bad Request: method is available only for supergroups',
    );
    act({ type: 'change-topic', as: olga, chatId: staffChatId, threadId: message_thread_id, change: 'delete' });
    expect(await refusal('sendMessage', { ...topic, text: 'я' })).toBe('Bad Request: message thread not found');
  });

  test('a closed topic is closed to a bot without the right to manage topics', async () => {
    const { api, act, refusal, token, olga, staffChatId } = await openSandbox();
    const { message_thread_id } = await api.createForumTopic(staffChatId, 'Тема');
    await api.closeForumTopic(staffChatId, message_thread_id);
    await api.sendMessage(staffChatId, 'можно', { message_thread_id });
    act({
      type: 'set-member',
      as: olga,
      chatId: staffChatId,
      personId: Number(token.split(':')[0]),
      status: 'administrator',
      lacks: ['can_manage_topics'],
    });
    expect(await refusal('sendMessage', { chat_id: staffChatId, message_thread_id, text: 'я' })).toBe(
      'Bad Request: TOPIC_CLOSED',
    );
    expect(await refusal('createForumTopic', { chat_id: staffChatId, name: 'я' })).toBe(
      'Bad Request: not enough rights to create a topic',
    );
    expect(await refusal('closeForumTopic', { chat_id: staffChatId, message_thread_id })).toBe(
      'Bad Request: not enough rights to manage topics',
    );
  });

  test('a name is cut at 128 characters', async () => {
    const { result, staffChatId } = await openSandbox();
    const topic = await result<ForumTopic>('createForumTopic', { chat_id: staffChatId, name: 'я'.repeat(200) });
    expect(topic.name).toHaveLength(128);
  });
});

describe('topics of people', () => {
  test('what staff write comes with its topic, answering the topic’s beginning or a message', async () => {
    const { act, updates, staffChatId, olga, marina } = await openSandbox();
    const threadId = act({ type: 'new-topic', as: olga, chatId: staffChatId, name: 'Течь' }).threadId ?? 0;
    const [first = 0] = act({ type: 'send-text', as: marina, chatId: staffChatId, threadId, text: 'Еду' }).messageIds ?? [];
    act({ type: 'send-text', as: olga, chatId: staffChatId, replyTo: first, text: 'Спасибо' });
    act({ type: 'send-text', as: olga, chatId: staffChatId, text: 'В общей теме' });
    act({ type: 'change-topic', as: olga, chatId: staffChatId, threadId, change: { rename: 'Потоп' } });
    act({ type: 'change-topic', as: olga, chatId: staffChatId, threadId, change: 'close' });
    const messages = (await updates()).map(({ message }) => message as Message);
    expect(messages[0]).toMatchObject({
      forum_topic_created: { name: 'Течь' },
      message_id: threadId,
      message_thread_id: threadId,
    });
    expect(messages[1]).toMatchObject({ message_thread_id: threadId, reply_to_message: { message_id: threadId } });
    expect(messages[2]).toMatchObject({ message_thread_id: threadId, reply_to_message: { message_id: first } });
    expect(messages[2]?.reply_to_message).not.toHaveProperty('reply_to_message');
    expect(messages[3]).not.toHaveProperty('message_thread_id');
    expect(messages[4]?.forum_topic_edited).toEqual({ name: 'Потоп' });
    expect(messages[5]).toHaveProperty('forum_topic_closed');
    expect(() => act({ type: 'send-text', as: marina, chatId: staffChatId, threadId, text: 'Еще' })).toThrow('Тема закрыта');
    act({ type: 'send-text', as: olga, chatId: staffChatId, threadId, text: 'Администратор может' });
    expect(() => act({ type: 'change-topic', as: marina, chatId: staffChatId, threadId, change: 'delete' })).toThrow(
      'только администраторы',
    );
  });

  test('of a deleted topic the bot is not told, and cannot write there', async () => {
    const { act, updates, refusal, staffChatId, olga } = await openSandbox();
    const threadId = act({ type: 'new-topic', as: olga, chatId: staffChatId, name: 'Течь' }).threadId ?? 0;
    await updates();
    act({ type: 'change-topic', as: olga, chatId: staffChatId, threadId, change: 'delete' });
    expect(await updates()).toEqual([]);
    expect(await refusal('sendMessage', { chat_id: staffChatId, message_thread_id: threadId, text: 'я' })).toBe(
      'Bad Request: message thread not found',
    );
  });
});

test('topics off and on again: words stay, the bot has one chat meanwhile', async () => {
  const { api, act, updates, refusal, messages, staffChatId, olga, marina } = await openSandbox();
  const { message_thread_id } = await api.createForumTopic(staffChatId, 'Тема');
  await api.sendMessage(staffChatId, 'в теме', { message_thread_id });
  const set = (as: number, hasTopics: boolean) => act({ type: 'set-topics', as, chatId: staffChatId, hasTopics });
  expect(() => set(marina, false)).toThrow('только администраторы');
  set(olga, false);
  expect(await api.getChat(staffChatId)).not.toHaveProperty('is_forum');
  expect(await refusal('createForumTopic', { chat_id: staffChatId, name: 'я' })).toBe('Bad Request: the chat is not a forum');
  expect(await refusal('sendMessage', { chat_id: staffChatId, message_thread_id, text: 'я' })).toBe(
    'Bad Request: message thread not found',
  );
  const card = await api.sendMessage(staffChatId, 'карточка');
  await updates();
  act({ type: 'send-text', as: marina, chatId: staffChatId, replyTo: card.message_id, text: 'Ответ' });
  const [heard] = await updates();
  expect(heard?.message).toMatchObject({ reply_to_message: { message_id: card.message_id } });
  expect(heard?.message).not.toHaveProperty('is_topic_message');
  set(olga, true);
  await api.sendMessage(staffChatId, 'снова в теме', { message_thread_id });
  expect(messages(staffChatId).filter(({ message }) => message.message_thread_id === message_thread_id)).toHaveLength(3);
});
