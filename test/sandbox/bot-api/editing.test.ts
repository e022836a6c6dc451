import { InputFile, InputMediaBuilder } from 'grammy';
import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';

describe('editing', () => {
  test('text, buttons, caption, the file itself', async () => {
    const { api, ivan, last, pass } = await openSandbox();
    const { message_id: id } = await api.sendMessage(ivan, 'раз', {
      reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'a' }]] },
    });
    pass(60);
    await api.editMessageText(ivan, id, '<i>два</i>', { parse_mode: 'HTML' });
    expect(last(ivan)).toMatchObject({ text: 'два', entities: [{ type: 'italic' }], edit_date: last(ivan).date + 60 });
    expect(last(ivan)).not.toHaveProperty('reply_markup');
    await api.editMessageReplyMarkup(ivan, id, { reply_markup: { inline_keyboard: [[{ text: 'Нет', callback_data: 'b' }]] } });
    expect(last(ivan).reply_markup?.inline_keyboard[0]?.[0]?.text).toBe('Нет');

    const photo = await api.sendPhoto(ivan, new InputFile(PIXEL_PNG, 'a.png'), { caption: 'было' });
    await api.editMessageCaption(ivan, photo.message_id, { caption: 'стало' });
    expect(last(ivan).caption).toBe('стало');
    await api.editMessageMedia(ivan, photo.message_id, InputMediaBuilder.document(new InputFile(PIXEL_PNG, 'b.pdf')));
    expect(last(ivan)).toMatchObject({ document: { file_name: 'b.pdf' } });
    expect(last(ivan)).not.toHaveProperty('photo');
    expect(last(ivan)).not.toHaveProperty('caption');
  });

  test('refusals', async () => {
    const { api, refusal, ivan } = await openSandbox();
    const { message_id } = await api.sendMessage(ivan, 'раз');
    const at = { chat_id: ivan, message_id };
    const same =
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
    expect(await refusal('editMessageText', { ...at, text: 'раз' })).toBe(same);
    expect(await refusal('editMessageReplyMarkup', at)).toBe(same);
    expect(await refusal('editMessageText', { chat_id: ivan, message_id: 99, text: 'два' })).toBe(
      'Bad Request: message to edit not found',
    );
    expect(await refusal('editMessageText', { chat_id: ivan, text: 'два' })).toBe(
      'Bad Request: message identifier is not specified',
    );
    expect(await refusal('editMessageText', { chat_id: ivan, message_id: 1, text: 'два' })).toBe(
      "Bad Request: message can't be edited",
    );
    expect(await refusal('editMessageText', { ...at, text: '' })).toBe('Bad Request: message text is empty');
    expect(await refusal('editMessageCaption', { ...at, caption: 'два' })).toBe(
      'Bad Request: there is no caption in the message to edit',
    );
    const photo = await api.sendPhoto(ivan, new InputFile(PIXEL_PNG, 'a.png'));
    expect(await refusal('editMessageText', { chat_id: ivan, message_id: photo.message_id, text: 'два' })).toBe(
      'Bad Request: there is no text in the message to edit',
    );
    expect(await refusal('editMessageReplyMarkup', { ...at, reply_markup: { remove_keyboard: true } })).toBe(
      'Bad Request: inline keyboard expected',
    );
  });
});

describe('deleting', () => {
  test('a person’s message goes within 48 hours, then not', async () => {
    const { api, act, refusal, messages, onEvent, pass, ivan } = await openSandbox();
    const [secret = 0] = act({ type: 'send-text', as: ivan, chatId: ivan, text: 'parol123' }).messageIds ?? [];
    const gone: number[] = [];
    onEvent((event) => event.type === 'messages-deleted' && gone.push(...event.messageIds));
    await api.deleteMessage(ivan, secret);
    expect(gone).toEqual([secret]);
    expect(JSON.stringify(messages(ivan))).not.toContain('parol123');
    expect(await refusal('deleteMessage', { chat_id: ivan, message_id: secret })).toBe(
      'Bad Request: message to delete not found',
    );
    pass(48 * 3600 + 1);
    expect(await refusal('deleteMessage', { chat_id: ivan, message_id: 1 })).toBe("Bad Request: message can't be deleted");
  });

  test('in a group without the right only the bot’s own go', async () => {
    const { api, act, refusal, olga, ivan, token } = await openSandbox();
    const chatId = act({ type: 'new-group', as: olga, title: 'Простая', kind: 'group' }).chatId ?? 0;
    const botId = Number(token.split(':')[0]);
    act({ type: 'set-member', as: olga, chatId, personId: botId, status: 'administrator', lacks: ['can_delete_messages'] });
    const [words] = act({ type: 'send-text', as: olga, chatId, text: 'слово' }).messageIds ?? [];
    expect(await refusal('deleteMessage', { chat_id: chatId, message_id: words })).toBe("Bad Request: message can't be deleted");
    const own = await api.sendMessage(chatId, 'мое');
    expect(await api.deleteMessage(chatId, own.message_id)).toBe(true);
    expect(ivan).toBeGreaterThan(0);
  });
});

describe('copies', () => {
  test('a copy is without origin and buttons', async () => {
    const { api, act, updates, last, staffChatId, ivan } = await openSandbox();
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'у нас течет' });
    const [update] = await updates();
    const id = update?.message?.message_id ?? 0;
    const copy = await api.copyMessage(staffChatId, ivan, id);
    expect(last(staffChatId)).toMatchObject({ message_id: copy.message_id, text: 'у нас течет', from: { is_bot: true } });
    expect(last(staffChatId)).not.toHaveProperty('forward_origin');
  });

  test('a caption can be replaced', async () => {
    const { api, last, staffChatId, ivan } = await openSandbox();
    const sent = await api.sendPhoto(ivan, new InputFile(PIXEL_PNG, 'a.png'), { caption: 'фото' });
    await api.copyMessage(staffChatId, ivan, sent.message_id);
    expect(last(staffChatId).caption).toBe('фото');
    await api.copyMessage(staffChatId, ivan, sent.message_id, { caption: 'другое' });
    expect(last(staffChatId).caption).toBe('другое');
  });

  test('refusals', async () => {
    const { refusal, staffChatId, ivan } = await openSandbox();
    const from = { chat_id: staffChatId, from_chat_id: ivan };
    expect(await refusal('copyMessage', { ...from, message_id: 99 })).toBe('Bad Request: message to copy not found');
  });

  test('people forward, too: the bot sees whose it was', async () => {
    const { act, updates, ivan, olga } = await openSandbox();
    act({ type: 'send-contact', as: ivan, chatId: ivan, phone: '+79990001122', firstName: 'Пётр' });
    const [contact] = await updates();
    act({ type: 'forward', as: ivan, chatId: ivan, fromChatId: ivan, messageIds: [contact?.message?.message_id ?? 0] });
    const forwarded = (await updates())[0]?.message as Message;
    expect(forwarded).toMatchObject({ contact: { phone_number: '+79990001122' }, forward_origin: { sender_user: { id: ivan } } });
    expect(forwarded.contact).not.toHaveProperty('user_id');
    expect(() => act({ type: 'forward', as: olga, chatId: olga, fromChatId: ivan, messageIds: [1] })).toThrow(
      'Это чат другого человека',
    );
  });
});
