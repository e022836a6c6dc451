import { expect, onTestFinished, test } from 'vitest';
import { type Person, type TelegramAction, updateOf } from '../kit/chat/people.ts';
import { openWorld } from '../kit/chat/world.ts';

const OLGA: Person = { name: 'Ольга', id: 801, phone: '79123456780' };

test('a dialog of staff is kept while the messenger does not tell who they are, and ends where it says that they are not', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  world.staff.add(`telegram:${OLGA.id}`);
  world.seniors.add(`telegram:${OLGA.id}`);
  let updates = 0;
  const take = async (action: TelegramAction) => {
    await world.take(updateOf(OLGA, action, { update: ++updates, message: world.telegram.nextMessageId() }, 0));
    await world.settled();
    return world.telegram.take().filter(({ method }) => method === 'sendMessage');
  };
  const says = async (words: string) => (await take({ does: 'say', words })).map(({ payload }) => payload.text);

  const begin = async () => {
    const [question] = await take({ does: 'say', words: 'Объявление' });
    const all = question?.payload.reply_markup?.inline_keyboard?.flat().find(({ text }) => text === 'Всем');
    await take({
      does: 'press',
      data: all && 'callback_data' in all ? all.callback_data : '',
      messageId: question?.messageId ?? 0,
    });
  };

  await begin();
  const { staffMembers } = world.office;
  const { role } = staffMembers;
  staffMembers.role = () => Promise.reject(new Error('Telegram is away'));
  expect(await says('Воды не будет до пятницы.')).toEqual([world.texts.text('staff-membership-not-told', {}, { marked: true })]);
  // Nor do they wait for ever for a messenger that is slow to say.
  staffMembers.role = () => new Promise(() => {});
  expect(await says('Воды не будет до пятницы.')).toEqual([world.texts.text('staff-membership-not-told', {}, { marked: true })]);
  staffMembers.role = role;
  expect((await says('Воды не будет до пятницы.')).join()).toContain('Это объявление сейчас никто не получит');

  await begin();
  world.staff.clear();
  expect((await says('Воды не будет до пятницы.')).join()).toContain('Выберите, пожалуйста, раздел');
});
