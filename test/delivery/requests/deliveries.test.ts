import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wipeRequests } from '../../../src/office/requests/on-consent-withdrawn.ts';
import { insertDelivery, type BotMessage } from '../../../src/records/deliveries.ts';
import { markOutboxDone } from '../../../src/records/outbox.ts';
import { updateRequestMessage } from '../../../src/records/request-messages.ts';
import { MOST_ATTEMPTS, UNKNOWN_ATTEMPTS } from '../../../src/delivery/attempts.ts';
import { createNotices } from '../../../src/office/notices.ts';
import { openWords } from './desk-of-words.ts';
import * as make from '../../kit/make.ts';

let at: Awaited<ReturnType<typeof openWords>>;

const open = async (options?: Parameters<typeof openWords>[0]) => {
  at = await openWords(options);
};
beforeEach(() => open());
afterEach(async () => {
  expect(await at.waiting()).toEqual([]);
  await at.close();
});

const RESIDENT = 701;
const TOPIC = 'createForumTopic -1001: 🆕 № 1 · Начисления';

/** A request whose thread is made; the topic's number. */
async function inTalk(...words: string[]): Promise<{ number: number; topic: number }> {
  const number = await at.opened(RESIDENT, ...(words.length > 0 ? words : ['Почему так много?']));
  await at.left();
  return { number, topic: Number((await at.row(number)).thread?.split('/')[1]) };
}

test('the first word makes a topic with its card; an answer goes to its resident, with its number', async () => {
  const number = await at.opened(RESIDENT, 'Почему <так> много?');
  expect(await at.left()).toEqual([
    TOPIC,
    expect.stringMatching(
      /^sendMessage -1001#\d+: <b>№ 1 · Начисления<\/b>\n👤 Гость: в кабинет не вошёл\n🆕 Новое\n\n👤 Почему &lt;так&gt; много\?$/,
    ),
  ]);
  await at.answered(number, 'Потому что <b>зима</b>');
  expect(await at.left()).toEqual([
    'sendMessage 701: <b>Ответ по обращению № 1</b>\nПотому что &lt;b&gt;зима&lt;/b&gt;',
    expect.stringMatching(/^setMessageReaction -1001\/\d+$/),
  ]);
});

test('words of one request that wait together go together; those of another stay apart', async () => {
  const first = await at.opened(RESIDENT, 'раз', 'два');
  await at.opened(702, 'другое');
  await at.added(RESIDENT, first, 'три');
  const left = await at.left();
  expect(left.filter((line) => /раз|два|три/.test(line))).toEqual([expect.stringMatching(/\n\n👤 раз\n\nдва\n\nтри$/)]);
  expect(left.filter((line) => line.endsWith('👤 другое'))).toHaveLength(1);
  expect(new Set((await at.messages(first)).map(({ copy }) => copy)).size).toBe(1);
});

test('what was joined is changed where it stands', async () => {
  const { number } = await inTalk();
  await at.added(RESIDENT, number, 'раз');
  await at.added(RESIDENT, number, 'два');
  await at.left();
  const { copy } = (await at.messages(number)).at(-1) ?? { copy: '' };
  await at.reword(number, 2, 'две');
  expect(await at.left()).toEqual([`editMessageText -1001/${copy?.split('/')[1]}: 👤 раз\n\nдве`]);
});

test('replies are replies on the other side, in both directions', async () => {
  const { number, topic } = await inTalk();
  const [question] = await at.messages(number);
  await at.answered(number, { words: 'зима', repliesTo: question?.source as `telegram:${number}/${number}` });
  expect((await at.left())[0]).toMatch(new RegExp(`^sendMessage 701 ↩${question?.source.split('/')[1]}: `));
  const answer = (await at.messages(number)).at(-1);
  await at.added(RESIDENT, number, { words: 'спасибо', repliesTo: answer?.copy as `telegram:${number}/${number}` });
  expect(await at.left()).toEqual([`sendMessage -1001#${topic} ↩${answer?.source.split('/')[1]}: 👤 спасибо`]);
});

test('a long answer arrives in parts, is taken back whole, and a shorter one leaves nothing behind', async () => {
  const { number } = await inTalk();
  await at.answered(number, 'слово '.repeat(680).trim());
  const sent = await at.left();
  expect(sent.map((line) => line.split(' ')[0])).toEqual(['sendMessage', 'sendMessage', 'setMessageReaction']);
  const said = sent.join(' ').match(/слово/g);
  expect(said).toHaveLength(680);
  for (const line of sent.slice(0, 2)) expect(line.replace(/^[^:]*: |<[^>]+>/g, '').length).toBeLessThanOrEqual(4096);

  await at.reword(number, -1, 'слово');
  expect((await at.left()).map((line) => line.split(':')[0])).toEqual([
    expect.stringMatching(/^editMessageText 701/),
    expect.stringMatching(/^deleteMessage 701/),
  ]);
  await at.reword(number, -1, 'слово '.repeat(680).trim());
  expect((await at.left()).map((line) => line.split(' ')[0])).toEqual(['editMessageText', 'sendMessage']);
  await at.withdraw(number, -1);
  expect((await at.left()).map((line) => line.split(' ')[0])).toEqual(['deleteMessage', 'deleteMessage']);
});

test('files keep their captions; what does not fit under one follows', async () => {
  const { number, topic } = await inTalk();
  await at.added(RESIDENT, number, { kind: 'photo', file: 'f1', words: 'счётчик' });
  await at.answered(number, { kind: 'document', file: 'f2', words: 'а'.repeat(1020) });
  const left = await at.left();
  expect(left).toContain(`sendPhoto -1001#${topic}: f1 | 👤 счётчик`);
  expect(left.filter((line) => / 701/.test(line))).toEqual([
    'sendDocument 701: f2 | <b>Ответ по обращению № 1</b>',
    `sendMessage 701: ${'а'.repeat(1020)}`,
  ]);
  await at.reword(number, 1, 'счётчик в ванной');
  expect(await at.left()).toEqual([expect.stringMatching(/^editMessageMedia -1001\/\d+: f1 👤 счётчик в ванной$/)]);
});

test('an album goes as one, makes one topic, and a place is copied', async () => {
  const album = { album: 'telegram:701/9', kind: 'photo' as const };
  await at.opened(RESIDENT, { ...album, file: 'a', words: 'вот' }, { ...album, file: 'b' }, { ...album, file: 'c' });
  expect(await at.left()).toEqual([
    TOPIC,
    expect.stringMatching(/^sendMessage/),
    expect.stringMatching(/^sendMediaGroup -1001#\d+: a 👤 вот \| b \| c$/),
  ]);
  expect(new Set((await at.messages(1)).map(({ copy }) => copy)).size).toBe(3);
  await at.added(RESIDENT, 1, { kind: 'location', words: '47.2, 38.9' });
  // What carries no words goes after a message that says whose it is.
  expect(await at.left()).toEqual([
    expect.stringMatching(/^sendMessage -1001#\d+: 👤 📍 место на карте: 47\.2, 38\.9$/),
    expect.stringMatching(/^copyMessage -1001#\d+\/\d+$/),
  ]);
});

test('of a file that is not to be had any more, its words arrive and its loss is said', async () => {
  const { number, topic } = await inTalk();
  at.telegram.interfereWith((call) =>
    call.method === 'sendPhoto' ? { error_code: 400, description: 'Bad Request: wrong file identifier' } : undefined,
  );
  await at.added(RESIDENT, number, { kind: 'photo', file: 'f1', words: 'счётчик' });
  expect(await at.left()).toEqual([
    `sendMessage -1001#${topic}: 👤 <i>Здесь был файл, передать его не удалось.</i>\nсчётчик`,
    expect.stringMatching(/^sendMessage 701: ⚠️ Обращение № 1: файл сотрудникам не передан[^]*ещё раз/),
  ]);
});

test('who has blocked the bot: staff are told in the topic, and others are not held up', async () => {
  const { number, topic } = await inTalk();
  const other = await at.opened(702, 'другое');
  at.telegram.stop(RESIDENT, true);
  await at.answered(number, 'зима');
  await at.answered(other, 'и вам');
  const left = await at.left();
  expect(left).toContain('sendMessage 702: <b>Ответ по обращению № 2</b>\nи вам');
  expect(left).toContain(
    `sendMessage -1001#${topic}: ❗️ № 1: не доставлено. Житель заблокировал бота или удалил Telegram, а телефона его у нас нет. Если он вернётся, ответ уйдёт ему сам.`,
  );
  expect((await at.messages(number)).at(-1)).toMatchObject({ copy: null, undelivered: expect.stringMatching(/blocked/) });
});

test('who comes back gets the answers that could not be brought, in their order and once; one that was taken back is not among them', async () => {
  const { number } = await inTalk();
  at.telegram.stop(RESIDENT, true);
  await at.answered(number, 'лето');
  await at.answered(number, 'зима');
  await at.answered(number, 'до марта');
  await at.left();
  await at.withdraw(number, -3);
  await at.left();
  at.telegram.stop(RESIDENT, false);
  const notices = createNotices(at);
  await Promise.all([1, 2, 3].map(() => notices.welcomeBack([`telegram:${RESIDENT}`, 'telegram:702'])));
  expect((await at.left()).filter((line) => line.startsWith(`sendMessage ${RESIDENT}:`))).toEqual([
    `sendMessage ${RESIDENT}: <b>Ответ по обращению № 1</b>\nзима`,
    `sendMessage ${RESIDENT}: <b>Ответ по обращению № 1</b>\nдо марта`,
  ]);
  await notices.welcomeBack([`telegram:${RESIDENT}`]);
  expect(await at.left()).toEqual([]);
});

test('a topic that was deleted is made anew, with the card and a word about it', async () => {
  const { number, topic } = await inTalk();
  at.telegram.group.deleteTopic(topic);
  await at.added(RESIDENT, number, 'ещё');
  const left = await at.left();
  expect(left).toEqual([
    TOPIC,
    expect.stringMatching(/№ 1 · Начисления<\/b>[^]*♻️ Прежней темы[^?]*$/),
    expect.stringMatching(
      /^sendMessage -1001#\d+ \(тихо\): <b>Раньше в этом обращении<\/b>:\n👤 Житель, [^\n]*:\nПочему так много\?$/,
    ),
    expect.stringMatching(/^sendMessage -1001#\d+: 👤 ещё$/),
  ]);
  // What is over and was thrown away stays so.
  const anew = Number((await at.row(number)).thread?.split('/')[1]);
  at.telegram.group.deleteTopic(anew);
  await at.change(number, { state: 'closed', closedAt: at.clock() });
  expect(await at.left()).toEqual([]);
});

test('a closed topic is opened for new words and follows its request again', async () => {
  const { number, topic } = await inTalk();
  await at.change(number, { state: 'closed', closedAt: at.clock() });
  expect((await at.left()).slice(0, 2)).toEqual([
    `editForumTopic -1001#${topic}: ✅ № 1 · Начисления`,
    `closeForumTopic -1001#${topic}`,
  ]);
  expect(at.telegram.group.topic(topic)).toEqual({ name: '✅ № 1 · Начисления', closed: true });
  await at.change(number, { state: 'new', closedAt: null });
  await at.left();
  expect(at.telegram.group.topic(topic)).toEqual({ name: '🆕 № 1 · Начисления', closed: false });
  // Shut by hand, and we have no right to write there.
  at.telegram.group.setClosed(topic, true);
  at.telegram.interfereWith((call) =>
    call.method === 'sendMessage' && at.telegram.group.topic(topic)?.closed
      ? { error_code: 400, description: 'Bad Request: TOPIC_CLOSED' }
      : undefined,
  );
  await at.added(RESIDENT, number, 'ещё');
  expect(await at.left()).toEqual([`reopenForumTopic -1001#${topic}`, `sendMessage -1001#${topic}: 👤 ещё`]);
});

test('several changes of a request are one change of its topic', async () => {
  const { number } = await inTalk();
  await at.change(number, { state: 'taken', takenBy: 'telegram:9', takenByName: 'Ольга' });
  await at.change(number, { state: 'answered' });
  await at.change(number, { state: 'taken' });
  const left = await at.left();
  expect(left.map((line) => line.split(' ')[0])).toEqual(['editForumTopic', 'editMessageText']);
});

test('a group without topics works by the card and replies to it', async () => {
  await at.close();
  await open({ forum: false });
  const { number } = await inTalk();
  const { card, thread } = await at.row(number);
  expect(thread).toBeNull();
  await at.added(RESIDENT, number, 'ещё');
  expect(await at.left()).toEqual([`sendMessage -501 ↩${card?.split('/')[1]}: 👤 № 1 ещё`]);
  await at.opened(702, 'другое');
  // It is not asked for topics with each request.
  expect((await at.left()).map((line) => line.split(' ')[0])).toEqual(['sendMessage']);
});

test('a group that becomes a supergroup is followed, with a topic and a card for what is talked about', async () => {
  await at.close();
  await open({ forum: false });
  const { number } = await inTalk();
  const to = at.telegram.group.upgrade({ forum: true });
  at.pass(3_600_000);
  await at.added(RESIDENT, number, 'ещё');
  expect(await at.left()).toEqual([
    `createForumTopic ${to}: 🆕 № 1 · Начисления`,
    expect.stringMatching(new RegExp(`^sendMessage ${to}#\\d+: [^]*♻️`)),
    expect.stringMatching(new RegExp(`^sendMessage ${to}#\\d+ \\(тихо\\): <b>Раньше[^]*Почему так много\\?$`)),
    expect.stringMatching(new RegExp(`^sendMessage ${to}#\\d+: 👤 ещё$`)),
  ]);
  expect(at.staffGroup.id()).toBe(to);
});

test('at night, and where the resident does not want to hear of it, an answer makes no sound', async () => {
  const { number } = await inTalk();
  at.pass(12 * 3_600_000);
  await at.answered(number, 'зима');
  expect((await at.left())[0]).toBe('sendMessage 701 (тихо): <b>Ответ по обращению № 1</b>\nзима');
});

test('notes stay; what was taken back before it went out never goes', async () => {
  const { number } = await inTalk();
  const [source] = await at.answered(number, 'ой');
  await at.db
    .updateTable('requestMessages')
    .set({ side: 'note' })
    .where('source', '=', source ?? '')
    .execute();
  await at.answered(number, 'не то');
  await at.withdraw(number, -1);
  expect(await at.left()).toEqual([]);
});

test('of an album, too, what was taken back before it went out never goes, whichever of its files it was', async () => {
  const { number } = await inTalk();
  for (const withdrawn of ['a', 'b', 'c']) {
    const album = { album: `telegram:-1001/${withdrawn}`, kind: 'photo' as const };
    await at.answered(number, { ...album, file: 'a', words: 'вот' }, { ...album, file: 'b' }, { ...album, file: 'c' });
    await at.withdraw(number, ['c', 'b', 'a'].indexOf(withdrawn) * -1 - 1);
    const files = (await at.left()).flatMap((line) => line.match(/(?<=[:|] )[abc]\b/g) ?? []);
    expect(files).toEqual(['a', 'b', 'c'].filter((file) => file !== withdrawn));
  }
});

test('an answer that can no longer be deleted: staff are told', async () => {
  const { number, topic } = await inTalk();
  await at.answered(number, 'не то');
  await at.left();
  at.telegram.interfereWith((call) =>
    call.method === 'deleteMessage' ? { error_code: 400, description: "Bad Request: message can't be deleted" } : undefined,
  );
  await at.withdraw(number, -1);
  expect(await at.left()).toEqual([
    `sendMessage -1001#${topic}: ❗️ № 1: ответ не удалён, он уже у жителя. Telegram даёт удалять сообщения только двое суток. Напишите, пожалуйста, поправку.`,
  ]);
});

test('words of who withdrew the consent go out of the thread; what cannot be taken out, staff are asked to, once', async () => {
  const { number, topic } = await inTalk();
  await at.added(RESIDENT, number, 'раз');
  await at.added(RESIDENT, number, 'два');
  await at.left();
  const [, { copy } = { copy: '' }] = await at.messages(number);
  for (const message of (await at.messages(number)).slice(1)) await at.put(number, 'withdraw', message, 'staff');
  expect((await at.left())[0]).toBe(`deleteMessage -1001/${copy?.split('/')[1]}`);
  await at.added(RESIDENT, number, 'три');
  await at.added(RESIDENT, number, 'четыре');
  await at.left();
  at.telegram.interfereWith((call) =>
    call.method === 'deleteMessage' ? { error_code: 400, description: "Bad Request: message can't be deleted" } : undefined,
  );
  for (const message of (await at.messages(number)).slice(3)) await at.put(number, 'withdraw', message, 'staff');
  expect(await at.left()).toEqual([
    `sendMessage -1001#${topic}: ❗️ № 1: житель отозвал согласие, а удалить его сообщения здесь не получилось. Удалите их, пожалуйста, сами.`,
  ]);
});

test('words that are on their way to staff while the consent is withdrawn are taken out of the thread once they are there', async () => {
  const { number } = await inTalk();
  await at.added(RESIDENT, number, 'мой адрес');
  const [on] = await at.waiting();
  const gone = { residentId: randomUUID(), messengerIds: [`telegram:${RESIDENT}` as const], now: at.clock() };
  await at.db.transaction().execute((trx) => wipeRequests(trx, gone));
  // The worker hears now that they arrived.
  await at.db.transaction().execute(async (trx) => {
    at.telegram.wrote(-1001, { words: 'мой адрес' }, 7777);
    await updateRequestMessage(trx, on?.messageId ?? 0, { copy: 'telegram:-1001/7777' });
    await markOutboxDone(trx, [on?.id ?? 0], at.clock());
  });
  expect(await at.left()).toContain('deleteMessage -1001/7777');
});

test('who withdrew the consent is written to no more, and staff are told', async () => {
  const { number } = await inTalk();
  await at.db.updateTable('requests').set({ messengerId: null }).execute();
  await at.answered(number, 'зима');
  expect(await at.left()).toEqual([
    expect.stringMatching(/№ 1: не доставлено. Житель отозвал согласие, писать ему больше некуда\.$/),
  ]);
});

test('the bot’s own words: in a thread with buttons of the desk, to a person with doors; wiped when said', async () => {
  const { number, topic } = await inTalk();
  const { id } = await at.row(number);
  const about = { text: 'thread-answer-header', words: { number: '<1>', anew: 'no' } };
  await at.db.transaction().execute(async (trx) => {
    const botMessage: BotMessage = { ...about, doors: [{ label: 'button-contacts', verb: 'close', number: 5 }] };
    const toPerson: BotMessage = { ...about, doors: [{ label: 'button-contacts', dialog: 'contacts', ref: '5' }] };
    await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage, key: 'once' }, at.clock());
    await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage, key: 'once' }, at.clock());
    await insertDelivery(trx, { to: { person: 'telegram:701' }, kind: 'say', botMessage: toPerson }, at.clock());
  });
  await at.runOutbox();
  const sent = at.telegram.take();
  expect(sent.map(({ chat, payload }) => [chat, payload.message_thread_id, plainSpaces(String(payload.text))])).toEqual([
    [-1001, topic, '<b>Ответ по обращению № &lt;1&gt;</b>'],
    [701, undefined, '<b>Ответ по обращению № &lt;1&gt;</b>'],
  ]);
  expect(sent.map(({ payload }) => JSON.stringify(payload.reply_markup).match(/[ds]\.(close|contacts)\.5/)?.[0])).toEqual([
    's.close.5',
    'd.contacts.5',
  ]);
  expect(await at.db.selectFrom('outbox').selectAll().where(sql<boolean>`words <> '{}'`).execute()).toEqual([]);
});

test('a delivery that breaks before its call holds up its own line only', async () => {
  const { number, topic } = await inTalk();
  await at.opened(702, 'другое');
  await at.left();
  const broken = { text: 'there-is-no-such-text', words: {}, doors: [] };
  const { id } = await at.row(number);
  await at.db
    .transaction()
    .execute((trx) => insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage: broken }, at.clock()));
  await at.db.updateTable('requests').set({ threadShows: 'not JSON' }).where('number', '=', 2).execute();
  await at.added(702, 2, 'моё');
  await at.added(RESIDENT, number, 'ещё');
  expect(await at.left()).toEqual([]);
  // So long another release may know the words that this one does not.
  const said: string[] = [];
  for (let tries = 0; tries <= UNKNOWN_ATTEMPTS; tries += 1) {
    at.pass(600_000);
    said.push(...(await at.left()));
  }
  expect(said).toEqual([`sendMessage -1001#${topic}: 👤 ещё`]);

  await at.db.updateTable('requests').set({ threadShows: '{}' }).where('number', '=', 2).execute();
  at.pass(600_000);
  expect((await at.left()).filter((line) => line.endsWith(': 👤 моё'))).toHaveLength(1);
});

test('what stands in the former group holds nobody up when it is to be changed or deleted', async () => {
  await at.close();
  await open({ forum: false });
  const { number } = await inTalk('раз', 'два');
  at.telegram.group.upgrade({ forum: true });
  at.pass(3_600_000);
  await at.reword(number, 0, 'рас');
  await at.put(number, 'withdraw', (await at.messages(number))[0], 'staff');
  await at.opened(702, 'другое');
  const left = await at.left();
  expect(left.filter((line) => line.endsWith('👤 другое'))).toHaveLength(1);
  expect(left.filter((line) => line.includes('удалить его сообщения здесь не получилось'))).toHaveLength(1);
});

const takesNoPhotos = () =>
  at.telegram.interfereWith((call) =>
    call.method === 'sendPhoto' || call.method === 'sendMediaGroup'
      ? { error_code: 400, description: 'Bad Request: not enough rights to send photos to the chat' }
      : undefined,
  );
/** Of a photo that was not taken, what is said in its place. */
const HELD = '<i>Здесь файл. Он придёт отдельно, когда группа станет принимать такие.</i>';

test('a group that takes no photos gets the words of them, what was said after and by others, and which permission is wanting; the photo comes later', async () => {
  const { number, topic } = await inTalk();
  takesNoPhotos();
  await at.added(RESIDENT, number, { kind: 'photo', file: 'f1', words: 'Протекает стояк' });
  await at.added(RESIDENT, number, 'Вода уже у соседей!');
  await at.opened(702, 'другое');
  const left = await at.left();
  expect(left.filter((line) => line.endsWith('👤 другое'))).toHaveLength(1);
  expect(left.filter((line) => line.startsWith(`sendMessage -1001#${topic}`))).toEqual([
    `sendMessage -1001#${topic}: 👤 ${HELD}\nПротекает стояк`,
    `sendMessage -1001#${topic}: 👤 Вода уже у соседей!`,
    expect.stringMatching(/⏳ № 1: житель прислал фото[^]*Разрешите участникам группы «Фото»/),
  ]);
  // A correction stands in the words; a second photo is told of no more.
  await at.reword(number, 1, 'Протекает стояк в ванной');
  await at.added(RESIDENT, number, { kind: 'photo', file: 'f2' });
  expect((await at.left()).filter((line) => !line.startsWith('sendPhoto'))).toEqual([
    expect.stringMatching(/^editMessageText -1001\/\d+: 👤 <i>Здесь файл[^]*\nПротекает стояк в ванной$/),
  ]);
  at.telegram.interfereWith(undefined);
  at.pass(600_000);
  expect(await at.left()).toEqual([
    `sendPhoto -1001#${topic}: f1 | 👤 Протекает стояк в ванной`,
    `sendPhoto -1001#${topic}: f2 | 👤`,
  ]);
  const [, photo, , second] = await at.messages(number);
  expect([photo?.formerCopies, second?.formerCopies]).toEqual([[expect.any(String)], []]);
  // From now on it is changed where the photo is.
  await at.reword(number, 1, 'Протекает стояк в кухне');
  expect(await at.left()).toEqual([expect.stringMatching(/^editMessage(Caption|Media) .*кухне$/)]);
});

test('an album that is not taken waits as an album; words that come under a photo by an edit meanwhile are said', async () => {
  const { number, topic } = await inTalk();
  takesNoPhotos();
  const album = { album: 'telegram:701/9', kind: 'photo' as const };
  await at.added(RESIDENT, number, { ...album, file: 'a' }, { ...album, file: 'b', words: 'вот' });
  at.pass(2000);
  const said = (lines: string[]) => lines.filter((line) => line.startsWith('sendMessage '));
  expect(said(await at.left())).toEqual([`sendMessage -1001#${topic}: 👤 ${HELD}\nвот`, expect.stringContaining('«Фото»')]);
  await at.reword(number, 1, 'и тут');
  expect(said(await at.left())).toEqual([`sendMessage -1001#${topic}: 👤 (исправлено) ${HELD}\nи тут`]);
  at.telegram.interfereWith(undefined);
  at.pass(600_000);
  expect(await at.left()).toEqual([`sendMediaGroup -1001#${topic}: a 👤 и тут | b вот`]);
});

test('a place whose name was said is not named again when it is taken', async () => {
  const { number, topic } = await inTalk();
  at.telegram.interfereWith((call) =>
    call.method === 'copyMessage' ? { error_code: 400, description: 'Bad Request: CHAT_SEND_MEDIA_FORBIDDEN' } : undefined,
  );
  await at.added(RESIDENT, number, { kind: 'location', words: '47.2, 38.9' });
  await at.added(RESIDENT, number, 'Это здесь');
  expect((await at.left()).filter((line) => line.startsWith('sendMessage '))).toEqual([
    `sendMessage -1001#${topic}: 👤 📍 место на карте: 47.2, 38.9`,
    `sendMessage -1001#${topic}: 👤 Это здесь`,
    expect.stringContaining('№ 1: житель прислал место на карте'),
  ]);
  at.telegram.interfereWith(undefined);
  at.pass(600_000);
  expect(await at.left()).toEqual([expect.stringMatching(/^copyMessage /)]);
});

test('what waits for the group to take it is taken back with the consent', async () => {
  const { number } = await inTalk();
  takesNoPhotos();
  await at.added(RESIDENT, number, { kind: 'photo', file: 'f1' });
  await at.left();
  const gone = { residentId: randomUUID(), messengerIds: [`telegram:${RESIDENT}` as const], now: at.clock() };
  await at.db.transaction().execute((trx) => wipeRequests(trx, gone));
  at.telegram.interfereWith(undefined);
  at.pass(600_000);
  expect((await at.left()).filter((line) => line.startsWith('sendPhoto'))).toEqual([]);
});

test('words in the card: changed and taken out there, too long for it said apart, said again where the card is gone', async () => {
  const { number, topic } = await inTalk('раз', 'два');
  const { card } = await at.row(number);
  const onCard = `editMessageText -1001/${card?.split('/')[1]}`;
  expect((await at.messages(number)).map(({ copy }) => copy)).toEqual([card, card]);
  await at.reword(number, 1, 'две');
  expect(await at.left()).toEqual([expect.stringMatching(new RegExp(`^${onCard}: <b>№ 1[^]*👤 раз\n\nдве$`))]);
  await at.reword(number, 1, 'две '.repeat(1010).trim());
  const long = await at.left();
  expect(long[0]).toMatch(/^sendMessage -1001#\d+: 👤 \(исправлено\) две/);
  expect(long.at(-1)).toMatch(new RegExp(`^${onCard}: <b>№ 1[^]*👤 раз$`));
  // Deleted by hand: made anew with its words, for those who come after.
  at.telegram.interfereWith((call) =>
    call.method === 'editMessageText' && call.payload.message_id === Number(card?.split('/')[1])
      ? { error_code: 400, description: 'Bad Request: message to edit not found' }
      : undefined,
  );
  await at.change(number, { state: 'taken', takenBy: 'telegram:9', takenByName: 'Ольга' });
  expect((await at.left()).at(-1)).toMatch(new RegExp(`^sendMessage -1001#${topic}: <b>№ 1[^]*В работе: Ольга[^]*👤 раз$`));
  expect((await at.messages(number))[0]?.copy).toBe((await at.row(number)).card);
  // The consent was withdrawn.
  await at.db.updateTable('requestMessages').set({ words: '', withdrawnAt: at.clock() }).where('words', '=', 'раз').execute();
  await at.put(number, 'withdraw', (await at.messages(number))[0], 'staff');
  expect(await at.left()).toEqual([expect.stringMatching(/^editMessageText (?![^]*раз)/)]);
});

test('an answer to the card is an answer to the words in it', async () => {
  const { number } = await inTalk('Почему?');
  const { card } = await at.row(number);
  const [question] = await at.messages(number);
  await at.answered(number, { words: 'зима', repliesTo: question?.source as `telegram:${number}/${number}` });
  expect((await at.left())[0]).toMatch(new RegExp(`^sendMessage 701 ↩${question?.source.split('/')[1]}: `));
  const answer = (await at.messages(number)).at(-1);
  expect(answer?.copy).not.toBe(card);
});

test('the title says late, state, number, subject, whose and who leads; its change waits for no card', async () => {
  const { number, topic } = await inTalk();
  await at.db.updateTable('requests').set({ called: 'Иван' }).execute();
  await at.change(number, { state: 'taken', takenBy: 'telegram:9', takenByName: 'Ольга', raisedAt: at.clock() });
  expect((await at.left())[0]).toBe(`editForumTopic -1001#${topic}: ⏰🛠 № 1 · Начисления · Иван · ведёт Ольга`);
  await at.change(number, { state: 'closed', closedAt: at.clock(), raisedAt: null });
  expect((await at.left())[0]).toBe(`editForumTopic -1001#${topic}: ✅ № 1 · Начисления · Иван`);
});

test('a long answer that is shortened while its parts go out is delivered, and what is too much of it deleted', async () => {
  const { number } = await inTalk();
  await at.answered(number, 'слово '.repeat(680).trim());
  at.telegram.interfereWith((call) => {
    if (call.chat !== RESIDENT || !call.payload.text?.startsWith('<b>')) throw new TypeError('fetch failed');
    return undefined;
  });
  await at.left();
  at.telegram.interfereWith(undefined);
  await at.reword(number, -1, 'слово');
  at.pass(60_000);
  expect((await at.left()).filter((line) => !line.startsWith('setMessageReaction'))).toEqual([
    expect.stringMatching(/^editMessageText 701\/\d+: <b>Ответ по обращению № 1<\/b>\nслово$/),
  ]);
  expect((await at.messages(number)).at(-1)).toMatchObject({ undelivered: null, moreCopies: [] });
});

test('words that are changed once more while they go out are changed where they arrived', async () => {
  const { number } = await inTalk();
  await at.added(RESIDENT, number, 'раз');
  await at.reword(number, -1, 'два');
  let again: Promise<void> | undefined;
  at.telegram.interfereWith((call) => {
    if (call.payload.text?.includes('два')) again ??= at.reword(number, -1, 'три');
    return undefined;
  });
  const left = await at.left();
  await again;
  left.push(...(await at.left()));
  expect(again).toBeDefined();
  const { copy } = (await at.messages(number)).at(-1) ?? { copy: '' };
  expect(left.at(-1)).toBe(`editMessageText -1001/${copy?.split('/')[1]}: 👤 три`);
});

test('a thread that is shut by hand while its title is being changed is opened again all the same', async () => {
  const { number, topic } = await inTalk();
  await at.change(number, { state: 'taken' });
  let shut: Promise<void> | undefined;
  at.telegram.interfereWith((call) => {
    if (call.method === 'editForumTopic') shut ??= at.office.desk.threadChangedByNobody('7', `telegram:-1001/${topic}`, true);
    return undefined;
  });
  at.telegram.group.setClosed(topic, true);
  await at.left();
  await shut;
  await at.left();
  expect(at.telegram.group.topic(topic)?.closed).toBe(false);
});

test('an answer in an account whose session was ended is not changed there, and staff are told', async () => {
  const { db, opened, answered, reword, left, row } = await openWords();
  const number = await opened(701, 'Почему так много?');
  await answered(number, 'Считаем.');
  await left();
  const resident = await make.resident(db, { login: 'ivan', phone: null, registeredAt: new Date() });
  await db
    .updateTable('requests')
    .set({ residentId: resident, messengerId: 'telegram:702' })
    .where('id', '=', (await row(number)).id)
    .execute();
  await reword(number, -1, 'Долг 500 ₽.');
  const went = await left();
  expect(went.filter((line) => / 70[12]/.test(line))).toEqual([]);
  expect(went.join()).toContain('правка жителю не ушла');
});

test('towards staff nothing is ever given up, however long Telegram is away; towards a resident it is, and staff hear of it', async () => {
  const { number, topic } = await inTalk();
  await at.added(RESIDENT, number, { words: 'Есть кто?' });
  await at.answered(number, 'зима');
  await at.db.updateTable('outbox').set({ attempts: MOST_ATTEMPTS }).where('doneAt', 'is', null).execute();
  at.telegram.interfereWith(() => {
    throw new Error('socket hang up');
  });
  await at.left();
  const [toStaff, toPerson] = await at.db
    .selectFrom('outbox')
    .select(['addressee', 'failedAt'])
    .where('kind', '=', 'relay')
    .where('attempts', '>=', MOST_ATTEMPTS)
    .orderBy('id')
    .execute();
  expect(toStaff).toEqual({ addressee: 'staff', failedAt: null });
  expect(toPerson).toEqual({ addressee: `telegram:${RESIDENT}`, failedAt: expect.any(Date) });

  at.telegram.interfereWith(undefined);
  at.pass(3_600_000);
  const left = await at.left();
  expect(left).toContain(`sendMessage -1001#${topic}: 👤 Есть кто?`);
  expect(left.join('\n')).toContain(`❗️ № ${number}: не доставлено`);
});
