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
    [
      { text: 'Да', callback_data: 'a', url: 'https://inkomus.ru' },
      `Bad Request: can't parse inline keyboard button: Exactly one of "url", "callback_data" must be used`,
    ],
    [{ text: 'Да', copy_text: { text: '' } }, 'Bad Request: BUTTON_COPY_TEXT_INVALID'],
    [{ text: 'Да', copy_text: { text: 'я'.repeat(257) } }, 'Bad Request: BUTTON_COPY_TEXT_INVALID'],
    [{ text: 'Да', copy_text: 'счёт' }, 'Bad Request: CopyTextButton must be an Object'],
    [
      { text: 'Да', callback_data: 'a', style: 'red' },
      `Bad Request: can't parse keyboard button: Invalid button style specified`,
    ],
    [
      { text: 'Да', callback_data: 'a', icon_custom_emoji_id: 'ключ' },
      `Bad Request: can't parse keyboard button: Invalid custom emoji identifier specified`,
    ],
    [{ text: 'Оплатить', pay: true }, 'Bad Request: BUTTON_TYPE_INVALID'],
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

describe('what a button looks like and copies', () => {
  test.each(['danger', 'success', 'primary'] as const)(
    'style %s is kept as it was given, below a message and below the input',
    async (style) => {
      const { result, act, url, ivan } = await openSandbox();
      const sent = await result<Message>('sendMessage', {
        chat_id: ivan,
        text: 'я',
        reply_markup: inline(
          { text: 'Да', callback_data: 'a', style },
          { text: 'Счёт', copy_text: { text: 'я'.repeat(256) }, style },
        ),
      });
      expect(sent.reply_markup?.inline_keyboard).toEqual([
        [
          { text: 'Да', callback_data: 'a', style },
          { text: 'Счёт', copy_text: { text: 'я'.repeat(256) }, style },
        ],
      ]);
      await result('sendMessage', { chat_id: ivan, text: 'я', reply_markup: { keyboard: [[{ text: 'Выйти', style }]] } });
      const shown = (await (await fetch(`${url}/sandbox/api/state`)).json()) as {
        chats: { id: number; keyboard?: { rows: unknown } }[];
      };
      expect(shown.chats.find(({ id }) => id === ivan)?.keyboard?.rows).toEqual([[{ text: 'Выйти', style }]]);
      expect(act({ type: 'press-keyboard', as: ivan, chatId: ivan, row: 0, column: 0 }).messageIds).toHaveLength(1);
    },
  );

  test.each([
    [{ keyboard: [[{ text: 'Да', style: 'green' }]] }, `can't parse keyboard button: Invalid button style specified`],
    [
      { keyboard: [[{ text: 'Да', request_contact: true, request_location: true }]] },
      `can't parse keyboard button: At most one of "request_contact", "request_location" must be used`,
    ],
    [
      { keyboard: [['Да']], input_field_placeholder: 'я'.repeat(65) },
      `can't parse reply markup: Field "input_field_placeholder" must be of 1-64 characters`,
    ],
    [
      { force_reply: true, input_field_placeholder: 'я'.repeat(65) },
      `can't parse reply markup: Field "input_field_placeholder" must be of 1-64 characters`,
    ],
  ])('refuses %j', async (reply_markup, problem) => {
    const { refusal, ivan } = await openSandbox();
    expect(await refusal('sendMessage', { chat_id: ivan, text: 'я', reply_markup })).toBe(`Bad Request: ${problem}`);
  });

  test('64 characters of a placeholder fit', async () => {
    const { result, url, ivan } = await openSandbox();
    const reply_markup = { keyboard: [['Да']], input_field_placeholder: 'я'.repeat(64) };
    await result('sendMessage', { chat_id: ivan, text: 'я', reply_markup });
    const shown = (await (await fetch(`${url}/sandbox/api/state`)).json()) as {
      chats: { id: number; keyboard?: { placeholder?: string } }[];
    };
    expect(shown.chats.find(({ id }) => id === ivan)?.keyboard?.placeholder).toBe('я'.repeat(64));
  });

  test('a number is asked for in private chats only', async () => {
    const { refusal, staffChatId } = await openSandbox();
    const reply_markup = { keyboard: [[{ text: 'Номер', request_contact: true }]] };
    expect(await refusal('sendMessage', { chat_id: staffChatId, text: 'я', reply_markup })).toBe(
      'Bad Request: BUTTON_TYPE_INVALID',
    );
  });
});

describe('what the bot says of itself', () => {
  test('stands in the empty chat, in Russian where it has Russian', async () => {
    const { api, url } = await openSandbox({ started: false });
    const shown = async () => ((await (await fetch(`${url}/sandbox/api/state`)).json()) as { bot: Record<string, unknown> }).bot;
    await api.setMyDescription('For everybody');
    expect(await shown()).toMatchObject({ description: 'For everybody' });
    await api.setMyDescription('я'.repeat(512), { language_code: 'ru' });
    await api.setMyShortDescription('я'.repeat(120), { language_code: 'ru' });
    expect(await shown()).toMatchObject({ description: 'я'.repeat(512), shortDescription: 'я'.repeat(120) });
    await api.setMyDescription('', { language_code: 'ru' });
    expect(await shown()).toMatchObject({ description: 'For everybody' });
  });

  test.each([
    ['setMyDescription', { description: 'я'.repeat(513) }, 'BOT_DESCRIPTION_TOO_LONG'],
    ['setMyShortDescription', { short_description: 'я'.repeat(121) }, 'BOT_SHORT_DESCRIPTION_TOO_LONG'],
    ['setMyDescription', { description: 'я', language_code: 'rus' }, 'LANGUAGE_CODE_INVALID'],
    ['setMyCommands', { commands: [{ command: 'Меню', description: 'я' }] }, 'BOT_COMMAND_INVALID'],
    ['setMyCommands', { commands: [{ command: 'menu', description: 'я'.repeat(257) }] }, 'BOT_COMMAND_DESCRIPTION_INVALID'],
    ['setMyCommands', { commands: [], scope: { type: 'chat', chat_id: 5 } }, 'chat not found'],
    ['setChatMenuButton', { menu_button: { type: 'web_app', text: 'Меню', web_app: { url: 'http://x.ru' } } }, /Only HTTPS/],
    ['setChatMenuButton', { menu_button: { type: 'blink' } }, /unsupported type/],
  ])('%s refuses %j', async (method, parameters, problem) => {
    const { refusal } = await openSandbox();
    expect(await refusal(method, parameters)).toMatch(problem);
  });

  test('each chat has the narrowest list of commands, and the rest the wider one', async () => {
    const { api, url, ivan, olga } = await openSandbox();
    const commandsOf = async (chatId: number) => {
      const { chats } = (await (await fetch(`${url}/sandbox/api/state`)).json()) as {
        chats: { id: number; commands: { command: string }[]; menuButton: string }[];
      };
      return chats.find(({ id }) => id === chatId)?.commands.map(({ command }) => command);
    };
    await api.setMyCommands([{ command: 'login', description: 'Вход' }], { scope: { type: 'all_private_chats' } });
    await api.setMyCommands([{ command: 'debt', description: 'Задолженность' }], { scope: { type: 'chat', chat_id: ivan } });
    expect([await commandsOf(ivan), await commandsOf(olga)]).toEqual([['debt'], ['login']]);
    await api.deleteMyCommands({ scope: { type: 'chat', chat_id: ivan } });
    expect(await commandsOf(ivan)).toEqual(['login']);
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
