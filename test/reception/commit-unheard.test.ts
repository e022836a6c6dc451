import { expect, onTestFinished, test } from 'vitest';
import { type Person, type TelegramAction, updateOf } from '../kit/chat/people.ts';
import { openWorld } from '../kit/chat/world.ts';

const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };

test('what was written, and whose answer was lost, is done once though the person is asked to say it again', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  let updates = 0;
  const take = async (action: TelegramAction) => {
    await world.take(updateOf(IVAN, action, { update: ++updates, message: world.telegram.nextMessageId() }, 0));
    await world.settled();
    return world.telegram.take();
  };
  const { requests } = world.office;
  const opens = requests.open;
  requests.open = async (...asked) => {
    await opens(...asked);
    requests.open = opens;
    throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });
  };

  const asked = (await take({ does: 'say', words: 'Не греет батарея' })).at(-1);
  const send = asked?.payload.reply_markup?.inline_keyboard?.flat().find(({ text }) => text === 'Отправить');
  const press = {
    does: 'press',
    data: send && 'callback_data' in send ? send.callback_data : '',
    messageId: asked?.messageId ?? 0,
  } as const;
  expect((await take(press)).at(-1)?.payload.text).toContain('через несколько минут');
  expect((await take(press)).at(-1)?.payload.text).toContain('Обращение № <b>1</b> отправлено');
  const kept = await world.db.selectFrom('requests').select('number').execute();
  expect(kept).toEqual([{ number: 1 }]);
  expect(await world.db.selectFrom('requestMessages').select('words').execute()).toEqual([{ words: 'Не греет батарея' }]);
});
