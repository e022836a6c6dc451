import type { Message, Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { hasContent, MESSAGE_FIELDS } from '../../../src/channels/telegram/message-content.ts';
import { createRouting } from '../../../src/channels/telegram/update-route.ts';

const routeOf = createRouting({ id: () => -1001 });
const IVAN = { id: 7, is_bot: false as const, first_name: 'Иван' };
const PRIVATE = { id: 7, type: 'private' as const, first_name: 'Иван' };

const message = (fields: object): Message => ({ message_id: 1, date: 0, chat: PRIVATE, from: IVAN, ...fields });
const fields = Object.entries(MESSAGE_FIELDS);
const named = (is: string) => fields.filter(([, kind]) => kind === is).map(([field]) => field);

test.each(named('content'))('%s is something said', (field) => {
  expect(hasContent(message({ [field]: {} }))).toBe(true);
});

test.each(named('report'))('%s is nothing to answer, whatever goes with it', (field) => {
  expect(hasContent(message({ [field]: {} }))).toBe(false);
  const around = Object.fromEntries(named('circumstance').map((each) => [each, {}]));
  expect(hasContent(message({ ...around, [field]: {} }))).toBe(false);
});

test('what a newer Bot API reports is nothing to answer; what it cannot name, and a new kind of file, is', () => {
  expect(hasContent(message({ chat_wallpaper_lost: { by: 7 } }))).toBe(false);
  expect(hasContent(message({ has_sender_paid: true }))).toBe(false);
  expect(hasContent(message({ hologram: { file_id: 'h', file_unique_id: 'h' } }))).toBe(true);
  expect(hasContent(message({ hologram: [{ layers: [{ file_id: 'h' }] }], is_from_offline: true }))).toBe(true);
  expect(hasContent(message({ hologram: {}, caption: 'вот' }))).toBe(true);
  expect(hasContent(message({ hologram: {}, forward_origin: {} }))).toBe(true);
  expect(hasContent(message({}))).toBe(true);
});

describe('whose an update of a private chat is', () => {
  const of = (given: object): Update => ({ update_id: 1, ...given });

  test.each(named('report').filter((field) => !field.endsWith('_payment')))('%s: nobody’s', (field) => {
    expect(routeOf(of({ message: message({ [field]: {} }) }))).toBeUndefined();
    expect(routeOf(of({ edited_message: message({ [field]: {} }) }))).toBeUndefined();
  });

  test.each(['successful_payment', 'refunded_payment'])('%s: the payer’s', (field) => {
    expect(routeOf(of({ message: message({ [field]: {} }) }))).toEqual({
      person: 'telegram:7',
      line: 'telegram:7-pay',
      room: 'private',
    });
  });

  test('words, a press, and whether the bot may write there are the person’s; the last apart from the dialog', () => {
    expect(routeOf(of({ message: message({ text: 'слово' }) }))).toEqual({
      person: 'telegram:7',
      line: 'telegram:7',
      room: 'private',
    });
    const press = { id: 'p', from: IVAN, chat_instance: '1', message: message({ pinned_message: {} }) };
    expect(routeOf(of({ callback_query: press }))).toEqual({ person: 'telegram:7', line: 'telegram:7', room: 'private' });
    const standing = { chat: PRIVATE, from: IVAN, date: 0, old_chat_member: {}, new_chat_member: {} };
    expect(routeOf(of({ my_chat_member: standing }))).toEqual({
      person: 'telegram:7',
      line: 'telegram:7-standing',
      room: 'private',
    });
  });

  test('where somebody is by now who shares that is nobody’s correction, here and in the group, nor is its end', () => {
    const location = { latitude: 1, longitude: 2, live_period: 900 };
    const inTopic = {
      chat: { id: -1001, type: 'supergroup', title: 'Сотрудники' },
      message_thread_id: 33,
      is_topic_message: true,
    };
    for (const where of [{}, inTopic])
      for (const place of [location, { latitude: 1, longitude: 3 }]) {
        const moved = { ...message({ location: place }), ...where, edit_date: 60 };
        expect(routeOf(of({ edited_message: moved }))).toBeUndefined();
        expect(routeOf(of({ message: moved }))).toBeDefined();
      }
  });

  test('in the staff group a topic is a line, and what stands in none is the whole group’s', () => {
    const group = { id: -1001, type: 'supergroup', title: 'Сотрудники' };
    const staff = createRouting({ id: () => -1001 });
    const inTopic = { ...message({ text: 'слово' }), chat: group, message_thread_id: 33, is_topic_message: true };
    expect(staff(of({ message: inTopic }))).toEqual({ person: 'telegram:7', line: 'telegram:-1001/33', room: 'staff' });
    const atLarge = { ...message({ text: 'слово' }), chat: group };
    expect(staff(of({ message: atLarge }))).toEqual({ person: 'telegram:7', line: 'telegram:-1001', room: 'staff' });
  });
});
