import { afterEach, beforeEach, expect, test } from 'vitest';
import { choiceData } from '../../src/channels/telegram/callback-data.ts';
import type { Chapters } from '../../src/dialogs/kit/chapter.ts';
import type { Dialog } from '../../src/dialogs/kit/scene.ts';
import type { Office } from '../../src/office/office.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { openWorld, type World } from '../kit/chat/world.ts';

const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };

/** A question whose message becomes the words of its end, and another dialog. */
const sending: Dialog<Office> = async ({ choose, conclude, goTo }, ref) => {
  await choose('button-bill', ['send']);
  await conclude('button-menu', {}, [{ label: 'button-pay', dialog: 'contacts' }]);
  if (ref === 'further') await goTo('details');
  if (ref === 'said') await goTo('contacts');
};
const chapters: Chapters<Office> = {
  bill: { dialog: sending, version: 'v1', changesMenu: false },
  debt: { dialog: async ({ goTo }) => goTo('bill', 'further'), version: 'v1', changesMenu: false },
  pay: { dialog: async ({ goTo }) => goTo('bill', 'said'), version: 'v1', changesMenu: false },
  contacts: { dialog: async ({ say }) => say('button-contacts'), version: 'v1', changesMenu: false },
  details: { dialog: async ({ choose }) => choose('button-link', ['agree']), version: 'v1', changesMenu: false },
};

let world: World;
let updates = 0;
beforeEach(async () => {
  world = await openWorld({ chapters });
});
afterEach(() => world.close());

/** All that the bot does about it: each call with its words and whether buttons go with it. */
async function take(action: Parameters<typeof updateOf>[1]) {
  await world.take(updateOf(IVAN, action, { update: ++updates, message: world.telegram.nextMessageId() }, 0));
  await world.settled();
  return world.telegram.take().map(({ method, payload, messageId }) => ({
    said: [method, payload.text ?? '', payload.reply_markup ? 'with buttons' : ''].filter(Boolean).join(' '),
    messageId,
    data: payload.reply_markup?.inline_keyboard?.flat().map((button) => ('callback_data' in button ? button.callback_data : '')),
  }));
}

async function ask(command: string): Promise<{ messageId: number; data: string }> {
  const [question] = await take({ does: 'say', words: command });
  return { messageId: question?.messageId ?? 0, data: question?.data?.[0] ?? '' };
}

const said = (calls: Awaited<ReturnType<typeof take>>) => calls.map((call) => call.said);

test('a second tap on what has just been done takes no button from the words of its end', async () => {
  const question = await ask('/bill');
  const press = { does: 'press', ...question } as const;
  const [answered, endedButtons, changed] = await take(press);
  expect([answered?.said, endedButtons?.said]).toEqual(['answerCallbackQuery', 'editMessageReplyMarkup']);
  expect(changed).toMatchObject({ said: 'editMessageText Меню with buttons', messageId: question.messageId });
  expect(said(await take(press))).toEqual(['answerCallbackQuery']);
  expect(said(await take(press))).toEqual(['answerCallbackQuery']);
});

test('nor does it while the next dialog is under way', async () => {
  const press = { does: 'press', ...(await ask('/debt')) } as const;
  expect(said(await take(press)).slice(2)).toEqual([
    'editMessageText Меню with buttons',
    'sendMessage Подключить лицевой счёт with buttons',
  ]);
  expect(said(await take(press)).map((call) => call.split(' ')[0])).toEqual(['answerCallbackQuery']);
});

test('nor does it where the next dialog has said all that it has to say', async () => {
  const press = { does: 'press', ...(await ask('/pay')) } as const;
  expect(said(await take(press)).slice(2)).toEqual(['editMessageText Меню with buttons', 'sendMessage Контакты']);
  expect(said(await take(press))).toEqual(['answerCallbackQuery']);
  expect(said(await take(press))).toEqual(['answerCallbackQuery']);
});

test('a button of another run is told to be over, and goes', async () => {
  const question = await ask('/bill');
  await take({ does: 'press', ...question });
  const foreign = choiceData({ run: 'zzzz', step: 0, choice: '0' });
  const calls = await take({ does: 'press', messageId: question.messageId, data: foreign });
  expect(calls.map((call) => call.said.split(' ')[0])).toEqual(['answerCallbackQuery', 'editMessageReplyMarkup']);
});

test('a question that is gone from the chat is followed by a new message', async () => {
  const question = await ask('/bill');
  const refused = { error_code: 400, description: 'Bad Request: message to edit not found' };
  world.telegram.interfereWith(({ method }) => (method.startsWith('editMessage') ? refused : undefined));
  expect(said(await take({ does: 'press', ...question }))).toEqual(['answerCallbackQuery', 'sendMessage Меню with buttons']);
});
