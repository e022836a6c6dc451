import { expect, onTestFinished, test } from 'vitest';
import { HOUR_MS } from '../../src/domain/durations.ts';
import { insertBoardDelivery } from '../../src/records/deliveries.ts';
import { updateRequestBoard } from '../../src/records/request-board.ts';
import { shownText } from '../../src/texts/markup.ts';
import { linkFor, settleTown } from '../dialogs/town.ts';
import { openStage } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';

/** Ivan has asked three times, of the staff group Olga is there; what is said last is known with where its links lead. */
async function openDesk() {
  const world = await openWorld();
  onTestFinished(world.close);
  await settleTown(world);
  // A Monday morning.
  world.pass(22 * HOUR_MS);
  await linkFor(world, 701, '0012345');
  const heard: string[] = [];
  const stage = openStage(world, 0, (_, marked) => void heard.push(marked));
  const play = async (...lines: readonly string[]) => {
    for (const line of lines) await stage.perform(line);
  };
  await play('Иван: /start', 'Ольга: (вошла в группу)');
  for (const topic of ['Начисления', 'Показания', 'Оплата'])
    await play('Иван: /request', `Иван: [${topic}]`, `Иван: Вопрос про ёлку: ${topic}`, 'Иван: [Отправить]');
  const rows = await world.db.selectFrom('requests').select(['number', 'thread']).orderBy('number').execute();
  /** Where the topic of a request is in the group, which Telegram knows as -1001. */
  const topicOf = (number: number) => {
    const [, thread] = /^telegram:-1001\/(\d+)$/.exec(rows.find((row) => row.number === number)?.thread ?? '') ?? [];
    if (thread === undefined) throw new Error(`№ ${number} has no topic`);
    return `https://t.me/c/1/${thread}`;
  };
  /** The links of the newest message with these words: what stands there, and where it leads. */
  const linksOf = (words: string) => {
    const message = heard.findLast((marked) => shownText(marked).includes(words)) ?? '';
    return [...message.matchAll(/<a href="([^"]*)">([^<]*)<\/a>/g)].map(([, to, what]) => [what?.replace(/\s/g, ' '), to]);
  };
  const toTopics = (...numbers: number[]) => numbers.map((number) => [`№ ${number}`, topicOf(number)]);
  return { world, heard, play, linksOf, toTopics };
}

test('a request’s card leads to the account, to its password, and to what the same person asked before', async () => {
  const at = await openDesk();
  expect(at.linksOf('🗂 Раньше')).toEqual([
    ['Посмотреть счёт', 'https://t.me/inkomus_bot?start=find-0012345'],
    ['Выдать пароль', 'https://t.me/inkomus_bot?start=password-0012345'],
    ...at.toTopics(2, 1),
  ]);
});

test('the lists of what waits lead to the topics, and from a topic to the list', async () => {
  const at = await openDesk();
  await at.play('Ольга в группе: /open');
  expect(at.linksOf('Ждут ответа')).toEqual(at.toTopics(1, 2, 3));
  const board = await at.world.db.selectFrom('requestBoard').select('message').executeTakeFirstOrThrow();
  await at.play('Ольга в теме 2: /open');
  expect(at.linksOf('Список обновлён')).toEqual([['что ждёт ответа', `https://t.me/c/1/${board.message?.split('/')[1]}`]]);
  await at.play('Ольга в теме 2: [Взять в работу]', 'Ольга в теме 1: /mine');
  expect(at.linksOf('Ваши обращения')).toEqual(at.toTopics(2));
  at.heard.splice(0);
  await at.play('Ольга: /open');
  expect(at.linksOf('Ждут ответа')).toEqual(at.toTopics(1, 2, 3));
});

test('a list that was pinned in the former group is not in the present one: asked for, it comes anew', async () => {
  const { world, heard, play } = await openDesk();
  await play('Ольга в группе: /open');
  await updateRequestBoard(world.db, { message: 'telegram:-77/5', pinned: true });
  await world.db.transaction().execute((trx) => insertBoardDelivery(trx, { asked: false }, world.clock()));
  await play('(прошло 1 мин)');
  const board = () => world.db.selectFrom('requestBoard').select(['message', 'pinned']).executeTakeFirstOrThrow();
  const first = await board();
  expect(first).toEqual({ message: expect.stringMatching(/^telegram:-1001\//), pinned: false });
  heard.splice(0);
  await play('Ольга в группе: /open');
  expect(heard.map(shownText)).toEqual([expect.stringContaining('Ждут ответа')]);
  expect((await board()).message).not.toBe(first.message);
});

test('what staff look for leads to where it is talked about', async () => {
  const at = await openDesk();
  at.heard.splice(0);
  await at.play('Ольга: /find', 'Ольга: елку');
  expect(at.linksOf('Вопрос про ёлку: Оплата')).toEqual(at.toTopics(3, 2, 1));
  await at.play('Ольга: № 2');
  expect(at.linksOf('Вопрос про ёлку: Показания')).toEqual(at.toTopics(2));
  await at.play('Ольга: resident701');
  expect(at.linksOf('Житель, телефон')).toEqual(at.toTopics(3, 2, 1));
  await at.play('Ольга: 0012345', 'Ольга: [Обращения по счёту]');
  expect(at.linksOf('Обращения по лицевому счёту')).toEqual(at.toTopics(3, 2, 1));
});
