import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';

describe('sendMessage', () => {
  test('answers with the message as Telegram does, and people see it', async () => {
    const { api, ivan, last } = await openSandbox();
    const sent = await api.sendMessage(ivan, '<b>Долг</b> 10 ₽', { parse_mode: 'HTML' });
    expect(sent).toEqual({
      message_id: 2,
      from: expect.objectContaining({ is_bot: true, username: 'inkomus_sandbox_bot' }) as unknown,
      chat: { id: ivan, type: 'private', first_name: 'Иван', last_name: 'Петров' },
      date: Date.parse('2026-11-05T09:00:00Z') / 1000,
      text: 'Долг 10 ₽',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
    expect(last(ivan)).toEqual(sent);
  });

  test.each([
    [{ text: '' }, 'Bad Request: message text is empty'],
    [{ text: ' \n\u200B' }, 'Bad Request: message text is empty'],
    [{ text: '<b></b>', parse_mode: 'HTML' }, 'Bad Request: message text is empty'],
    [{ text: 'я'.repeat(4097) }, 'Bad Request: message is too long'],
    [
      { text: '<b>я', parse_mode: 'HTML' },
      `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
    ],
    [{ text: 'я', parse_mode: 'BBCode' }, 'Bad Request: unsupported parse_mode'],
    [{ text: 'я', reply_parameters: { message_id: 77 } }, 'Bad Request: message to be replied not found'],
    [{ text: 'я', message_thread_id: 5 }, 'Bad Request: message thread not found'],
    [{ text: 'я', reply_markup: '{"inline' }, "Bad Request: can't parse reply keyboard markup JSON object"],
    [{ text: 'я', link_preview_options: 5 }, 'Bad Request: object expected as link preview options'],
    [{ text: 'я', reply_markup: [] }, 'Bad Request: object expected as reply markup'],
  ])('refuses %j', async (parameters, problem) => {
    const { refusal, ivan } = await openSandbox();
    expect(await refusal('sendMessage', { chat_id: ivan, ...parameters })).toBe(problem);
  });

  test('takes 4096 characters after parsing, an emoji counting one', async () => {
    const { result, ivan } = await openSandbox();
    const sent = await result<Message>('sendMessage', { chat_id: ivan, text: `<b>${'😀'.repeat(4096)}</b>`, parse_mode: 'HTML' });
    expect(sent.entities).toEqual([{ type: 'bold', offset: 0, length: 8192 }]);
  });

  test('ready entities are kept, those out of the text refused', async () => {
    const { result, refusal, ivan } = await openSandbox();
    const entities = [{ type: 'italic', offset: 0, length: 2 }];
    const unknown = { type: 'blinking', offset: 0, length: 2 };
    expect(
      (await result<Message>('sendMessage', { chat_id: ivan, text: 'да', entities: [...entities, unknown] })).entities,
    ).toEqual(entities);
    expect(
      await refusal('sendMessage', { chat_id: ivan, text: 'да', entities: [{ type: 'italic', offset: 1, length: 2 }] }),
    ).toBe('Bad Request: entity beginning or end is out of the text');
  });

  test('a reply carries the message answered; a missing one may be passed over', async () => {
    const { api, ivan } = await openSandbox();
    const reply = await api.sendMessage(ivan, 'ответ', { reply_parameters: { message_id: 1 } });
    expect(reply.reply_to_message).toMatchObject({ message_id: 1, text: '/start' });
    const plain = await api.sendMessage(ivan, 'без', { reply_parameters: { message_id: 99, allow_sending_without_reply: true } });
    expect(plain.reply_to_message).toBeUndefined();
  });
});

describe('who can be written to', () => {
  test('no chat, an unknown one, one who never wrote, one who blocked the bot', async () => {
    const { refusal, act, updates, ivan, olga } = await openSandbox();
    expect(await refusal('sendMessage', { text: 'я' })).toBe('Bad Request: chat_id is empty');
    expect(await refusal('sendMessage', { chat_id: 5, text: 'я' })).toBe('Bad Request: chat not found');
    expect(await refusal('sendMessage', { chat_id: '@nobody', text: 'я' })).toBe('Bad Request: chat not found');
    const stranger = act({ type: 'new-person', firstName: 'Яна' }).personId;
    expect(await refusal('sendMessage', { chat_id: stranger, text: 'я' })).toBe('Bad Request: chat not found');
    expect(await refusal('sendMessage', { chat_id: olga, text: 'я' })).toBe(
      "Forbidden: bot can't initiate conversation with a user",
    );

    act({ type: 'block-bot', as: ivan });
    expect(await refusal('sendMessage', { chat_id: ivan, text: 'я' })).toBe('Forbidden: bot was blocked by the user');
    expect((await updates())[0]?.my_chat_member).toMatchObject({
      chat: { id: ivan },
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked', until_date: 0 },
    });
    act({ type: 'start-bot', as: ivan });
    expect(
      (await updates()).map(({ my_chat_member, message }) => my_chat_member?.new_chat_member.status ?? message?.text),
    ).toEqual(['member', '/start']);
  });
});

test('places', async () => {
  const { api, refusal, ivan } = await openSandbox();
  expect((await api.sendVenue(ivan, 47.2, 38.9, 'Касса', 'Ленина, 1')).venue).toEqual({
    location: { latitude: 47.2, longitude: 38.9 },
    title: 'Касса',
    address: 'Ленина, 1',
  });
  expect(await refusal('sendVenue', { chat_id: ivan, longitude: 1 })).toBe('Bad Request: latitude is empty');
});

test('sendChatAction is shown and not kept', async () => {
  const { api, refusal, onEvent, messages, ivan } = await openSandbox();
  const seen: string[] = [];
  onEvent((event) => event.type === 'chat-action' && seen.push(`${event.chatId} ${event.action}`));
  await api.sendChatAction(ivan, 'typing');
  expect(seen).toEqual([`${ivan} typing`]);
  expect(messages(ivan)).toHaveLength(1);
  expect(await refusal('sendChatAction', { chat_id: ivan, action: 'dancing' })).toBe(
    'Bad Request: wrong parameter action in request',
  );
});
