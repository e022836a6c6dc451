import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWords } from './desk-of-words.ts';

let at: Awaited<ReturnType<typeof openWords>>;

beforeEach(async () => {
  at = await openWords();
});
afterEach(async () => {
  expect(await at.waiting()).toEqual([]);
  await at.close();
});

const RESIDENT = 701;

test('the first word makes a topic with its card; an answer goes to its resident, with its number', async () => {
  const number = await at.opened(RESIDENT, 'Почему <так> много?');
  expect(await at.left()).toEqual([
    'createForumTopic -1001: 🆕 № 1 · Начисления',
    'sendMessage -1001#102: <b>№ 1 · Начисления</b>\n👤 Гость: в кабинет не вошёл\n🆕 Новое',
    'sendMessage -1001#102: Почему &lt;так&gt; много?',
  ]);
  await at.answered(number, 'Потому что <b>зима</b>');
  expect(await at.left()).toEqual([
    'sendMessage 701: <b>Ответ по обращению № 1</b>\nПотому что &lt;b&gt;зима&lt;/b&gt;',
    'setMessageReaction -1001/105',
  ]);
});
