import type { CallbackQuery, Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import type { SandboxEvent } from '../../../src/sandbox/protocol.ts';
import { openSandbox } from './sandbox-kit.ts';

const inline = (...buttons: object[]) => ({ inline_keyboard: [buttons] });

describe('inline keyboards', () => {
  test.each([
    [{ text: 'Да', callback_data: 'я'.repeat(33) }, 'Bad Request: BUTTON_DATA_INVALID'],
    [{ text: 'Да', callback_data: '' }, 'Bad Request: BUTTON_DATA_INVALID'],
    [{ text: 'Да' }, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"],
    [{ text: 'Да', url: 'нет' }, "Bad Request: inline keyboard button URL 'нет' is invalid: Wrong HTTP URL"],
    [{ callback_data: 'a' }, `Bad Request: can't parse keyboard button: Can't find field "text"`],
  ])('refuses %j', async (button, problem) => {
    const { refusal, ivan } = await openSandbox();
    expect(await refusal('sendMessage', { chat_id: ivan, text: 'я', reply_markup: inline(button) })).toBe(problem);
  });

  test('64 bytes of data fit, 32 Cyrillic letters', async () => {
    const { result, ivan } = await openSandbox();
    const sent = await result<Message>('sendMessage', {
      chat_id: ivan,
      text: 'я',
      reply_markup: inline({ text: 'Да', callback_data: 'я'.repeat(32) }),
    });
    expect(sent.reply_markup?.inline_keyboard[0]?.[0]).toMatchObject({ text: 'Да' });
  });
});

describe('a press', () => {
  test('comes as callback_query and is answered once', async () => {
    const { api, act, updates, refusal, onEvent, ivan } = await openSandbox();
    const sent = await api.sendMessage(ivan, 'Согласны?', {
      reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
    });
    const events: SandboxEvent[] = [];
    onEvent((event) => events.push(event));
    act({ type: 'press-button', as: ivan, chatId: ivan, messageId: sent.message_id, row: 0, column: 0 });
    const query = (await updates())[0]?.callback_query as CallbackQuery;
    expect(query).toMatchObject({ from: { id: ivan }, data: 'yes', message: { message_id: sent.message_id, text: 'Согласны?' } });
    await api.answerCallbackQuery(query.id, { text: 'Принято', show_alert: true });
    expect(events.map(({ type }) => type)).toEqual(['button-pressed', 'button-answered']);
    expect(events[1]).toMatchObject({ text: 'Принято', showAlert: true, personId: ivan });
    const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    expect(await refusal('answerCallbackQuery', { callback_query_id: query.id })).toBe(tooOld);
    expect(await refusal('answerCallbackQuery', { callback_query_id: '1' })).toBe(tooOld);
  });

  test('waits a quarter of an hour for its answer', async () => {
    const { api, act, updates, refusal, pass, ivan } = await openSandbox();
    const sent = await api.sendMessage(ivan, 'я', {
      reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
    });
    act({ type: 'press-button', as: ivan, chatId: ivan, messageId: sent.message_id, row: 0, column: 0 });
    const id = (await updates())[0]?.callback_query?.id;
    pass(16 * 60);
    expect(await refusal('answerCallbackQuery', { callback_query_id: id })).toMatch(/^Bad Request: query is too old/);
  });

  test('on a button that is gone, or that tells the bot nothing, is refused in Russian', async () => {
    const { api, act, ivan } = await openSandbox();
    const sent = await api.sendMessage(ivan, 'я', {
      reply_markup: { inline_keyboard: [[{ text: 'Сайт', url: 'https://inkomus.ru' }]] },
    });
    const press = { type: 'press-button', as: ivan, chatId: ivan, messageId: sent.message_id, column: 0 } as const;
    expect(() => act({ ...press, row: 1 })).toThrow('Этой кнопки уже нет');
    expect(() => act({ ...press, row: 0 })).toThrow('Эта кнопка ничего не сообщает боту');
    expect(() => act({ ...press, row: 0, messageId: 99 })).toThrow('Этого сообщения уже нет');
  });
});

describe('the keyboard below the input', () => {
  test('stands in the chat, sends its words and the own contact, and goes away', async () => {
    const { api, act, updates, url, ivan } = await openSandbox();
    await api.sendMessage(ivan, 'Телефон?', {
      reply_markup: {
        keyboard: [[{ text: 'Поделиться номером', request_contact: true }], ['Отмена']],
        resize_keyboard: true,
        one_time_keyboard: true,
        is_persistent: true,
        input_field_placeholder: '89123456789',
      },
    });
    const keyboardShown = async (): Promise<unknown> => {
      const { chats } = (await (await fetch(`${url}/sandbox/api/state`)).json()) as {
        chats: { id: number; keyboard?: unknown }[];
      };
      return chats.find(({ id }) => id === ivan)?.keyboard;
    };
    expect(await keyboardShown()).toEqual({
      rows: [[{ text: 'Поделиться номером', request_contact: true }], [{ text: 'Отмена' }]],
      isPersistent: true,
      isOneTime: true,
      isResized: true,
      placeholder: '89123456789',
    });
    act({ type: 'press-keyboard', as: ivan, chatId: ivan, row: 0, column: 0 });
    act({ type: 'press-keyboard', as: ivan, chatId: ivan, row: 1, column: 0 });
    expect((await updates()).map(({ message }) => message?.contact ?? message?.text)).toEqual([
      { phone_number: '79281234567', first_name: 'Иван', last_name: 'Петров', user_id: ivan },
      'Отмена',
    ]);
    await api.sendMessage(ivan, 'Отменено', { reply_markup: { remove_keyboard: true } });
    expect(await keyboardShown()).toBeUndefined();
    expect(() => act({ type: 'press-keyboard', as: ivan, chatId: ivan, row: 0, column: 0 })).toThrow('Этой кнопки уже нет');
  });
});

test('setMessageReaction', async () => {
  const { api, refusal, messages, ivan } = await openSandbox();
  await api.setMessageReaction(ivan, 1, [{ type: 'emoji', emoji: '👍' }]);
  expect(messages(ivan)[0]?.reactions).toEqual([{ type: 'emoji', emoji: '👍' }]);
  await api.setMessageReaction(ivan, 1, []);
  expect(messages(ivan)[0]).not.toHaveProperty('reactions');
  expect(await refusal('setMessageReaction', { chat_id: ivan, message_id: 9, reaction: [] })).toBe(
    'Bad Request: message to react not found',
  );
});

test('a person puts a reaction: the bot hears of it when it asked for such updates', async () => {
  const { act, updates, messages, ivan } = await openSandbox();
  act({ type: 'react', as: ivan, chatId: ivan, messageId: 1, emoji: '👍' });
  expect(await updates(['message', 'message_reaction'])).toEqual([]);
  act({ type: 'react', as: ivan, chatId: ivan, messageId: 1, emoji: '👍' });
  expect((await updates())[0]?.message_reaction).toMatchObject({
    message_id: 1,
    user: { id: ivan },
    new_reaction: [{ emoji: '👍' }],
  });
  expect(messages(ivan)[0]?.peopleReactions).toEqual([{ personId: ivan, emoji: '👍' }]);
  act({ type: 'react', as: ivan, chatId: ivan, messageId: 1, emoji: '🔥' });
  expect((await updates())[0]?.message_reaction).toMatchObject({
    old_reaction: [{ emoji: '👍' }],
    new_reaction: [{ emoji: '🔥' }],
  });
  act({ type: 'react', as: ivan, chatId: ivan, messageId: 1 });
  expect(messages(ivan)[0]).not.toHaveProperty('peopleReactions');
});
