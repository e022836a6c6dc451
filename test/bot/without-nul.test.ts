import type { Update } from 'grammy/types';
import { afterEach, expect, test } from 'vitest';
import { withoutNul } from '../../src/bot/without-nul.ts';
import { openWorld, type World } from '../kit/chat/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const from = { id: 701, is_bot: false, first_name: 'Ив\u0000ан' };
const chat = { id: 701, type: 'private', first_name: 'Ив\u0000ан' };
const message = (update: number, content: object) =>
  ({ update_id: update, message: { message_id: 500 + update, date: 0, chat, from, ...content } }) as never;

test('a request with U+0000 in words, names and files is opened as any other', async () => {
  const world = await openWorld();
  worlds.push(world);
  world.pass(22 * 3_600_000);
  const press = (update: number, label: string) => world.take(message(update, { text: label }));
  await press(1, '/request');
  const topics = world.telegram.take().at(-1)?.payload.reply_markup?.inline_keyboard?.flat() ?? [];
  const other = topics.find((button) => button.text === 'Другое');
  const data = other && 'callback_data' in other ? other.callback_data : '';
  await world.take({
    update_id: 2,
    callback_query: { id: 'p', from, chat_instance: '1', data, message: { message_id: 101, date: 1, chat } },
  } as never);
  await world.take(message(3, { text: 'Почему\u0000 так много?' }));
  const document = { file_id: 'f', file_unique_id: 'u', file_name: 'акт\u0000.pdf' };
  await world.take(message(4, { document, caption: '\u0000' }));
  const send = world.telegram
    .take()
    .flatMap(({ payload }) => payload.reply_markup?.inline_keyboard?.flat() ?? [])
    .findLast((button) => button.text === 'Отправить');
  await world.take({
    update_id: 5,
    callback_query: {
      id: 'p',
      from,
      chat_instance: '1',
      data: send && 'callback_data' in send ? send.callback_data : '',
      message: { message_id: 102, date: 1, chat },
    },
  } as never);
  expect(world.failures).toEqual([]);
  const kept = await world.db.selectFrom('request_messages').select(['words', 'file_name']).orderBy('id').execute();
  expect(kept).toEqual([
    { words: 'Почему так много?', file_name: null },
    { words: '', file_name: 'акт.pdf' },
  ]);
  expect(await world.db.selectFrom('requests').select('called').execute()).toEqual([{ called: 'Иван' }]);
});

test('an update without it stays the very same, also where somebody types how it is written', () => {
  const plain: Update = message(1, { text: 'слова', from: { id: 701 }, chat: { id: 701 } });
  expect(withoutNul(plain)).toBe(plain);
  const typed: Update = message(1, {
    text: 'так: \\u0000',
    from: { id: 701, is_bot: false, first_name: 'Иван' },
    chat: { id: 701 },
  });
  expect(withoutNul(typed)).toEqual(typed);
});
