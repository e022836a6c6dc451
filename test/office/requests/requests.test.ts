import { expect, test } from 'vitest';
import { openRequestDesk } from './desk.ts';
import { DAY, MINUTE } from '../town.ts';
import * as make from '../../kit/make.ts';

const GONE = { outcome: 'gone' };

test('a request, its messages and what brings them to staff come about together, once', async () => {
  const desk = await openRequestDesk();
  const resident = await desk.resident(1);
  await desk.account('0012345', [['2026-10-10', 500_01]]);
  const link = await desk.link(1, '0012345', { sum: 500_01 });
  const messageParts = [
    desk.messagePart(1, { words: 'Первое' }),
    desk.messagePart(1, { kind: 'photo', words: 'Второе', file: 'f2', album: 'a' }),
    desk.messagePart(1, { kind: 'photo', words: '', file: 'f3', album: 'a' }),
  ];
  const caller = desk.by(1);
  const opened = await desk.requests.open(caller, { topic: 'charges', link, messageParts });
  expect(opened).toMatchObject({ outcome: 'opened', number: 1, topic: 'Начисления', others: 0 });
  expect(opened).toMatchObject({ answerBy: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string });
  expect(await desk.requests.open(caller, { topic: 'charges', link, messageParts })).toEqual(opened);

  expect(await desk.row(1)).toMatchObject({
    kind: 'request',
    topic: 'charges',
    messengerId: 'telegram:1',
    residentId: resident,
    account: '0012345',
    state: 'new',
    waitingSince: desk.now(),
  });
  expect(await desk.deliveries(1)).toEqual(['relay Первое', 'relay Второе', 'relay']);
  expect(await desk.requests.show(desk.by(1), 1)).toEqual({
    outcome: 'shown',
    request: {
      number: 1,
      topic: 'Начисления',
      state: 'new',
      openedAt: desk.now().toISOString(),
      account: '0012345',
      stateAt: desk.now().toISOString(),
      reopenUntil: null,
      rating: null,
      answered: false,
    },
    said: [
      { side: 'resident', kind: 'words', words: 'Первое', at: desk.now().toISOString() },
      { side: 'resident', kind: 'photo', words: 'Второе', at: desk.now().toISOString() },
      { side: 'resident', kind: 'photo', words: '', at: desk.now().toISOString() },
    ],
  });
});

test('about an account only by a live link of one’s own, and about a topic that there is', async () => {
  const desk = await openRequestDesk();
  for (const person of [1, 2]) await desk.resident(person);
  await desk.account('0012345', [['2026-10-10', 500_01]]);
  const link = await desk.link(1, '0012345', { sum: 500_01 });
  const ask = (person: number, topic: string, of: string | null) =>
    desk.requests.open(desk.by(person), { topic, link: of, messageParts: [desk.messagePart(person)] });
  expect(await ask(2, 'charges', link)).toEqual(GONE);
  expect(await ask(9, 'charges', link)).toEqual(GONE);
  expect(await ask(1, 'charges', 'no-link')).toEqual(GONE);
  expect(await ask(1, 'lottery', link)).toEqual(GONE);
  expect(await desk.db.selectFrom('requests').select('id').execute()).toEqual([]);
  expect(await ask(9, 'charges', null)).toMatchObject({ outcome: 'opened' });
});

test('more words wait for staff again, in the order in which they came', async () => {
  const desk = await openRequestDesk();
  const number = await desk.opened(1);
  const began = desk.now();
  desk.later(MINUTE);
  const more = desk.messagePart(1, { words: 'И ещё' });
  expect(await desk.requests.add(desk.by(1), number, [more])).toEqual({
    outcome: 'added',
    number,
    reopened: false,
    albumBegun: false,
  });
  // Still new, and it waits since its first word.
  expect(await desk.row(number)).toMatchObject({ state: 'new', waitingSince: began });
  // The same message again, by another update.
  await desk.requests.add(desk.by(1), number, [more]);
  expect(await desk.deliveries(number)).toEqual(['relay Почему так много за отопление?', 'relay И ещё']);

  await desk.staffMade(number, 'answered');
  desk.later(MINUTE);
  await desk.requests.add(desk.by(1), number, [desk.messagePart(1, { words: 'Спасибо, но нет' })]);
  expect(await desk.row(number)).toMatchObject({ state: 'taken', waitingSince: desk.now(), stateAt: desk.now() });
  expect((await desk.deliveries(number)).slice(2)).toEqual(['refresh', 'relay Спасибо, но нет']);
});

test('a closed one is open again within 7 days, and no later', async () => {
  const desk = await openRequestDesk();
  const [words, button, late] = [await desk.opened(1), await desk.opened(1), await desk.opened(1)];
  for (const number of [words, button, late]) await desk.staffMade(number, 'closed');
  const closed = desk.now();
  expect(await desk.requests.show(desk.by(1), late)).toMatchObject({
    request: { state: 'closed', reopenUntil: new Date(closed.getTime() + 7 * DAY).toISOString() },
  });
  desk.later(7 * DAY);
  expect(await desk.requests.openOnes(desk.by(1))).toMatchObject({
    open: [],
    lately: [{ number: late }, { number: button }, { number: words }],
  });
  expect(await desk.requests.add(desk.by(1), words, [desk.messagePart(1)])).toMatchObject({ outcome: 'added', reopened: true });
  expect(await desk.requests.reopen(desk.by(1), button)).toEqual({ outcome: 'reopened', number: button });
  expect(await desk.requests.reopen(desk.by(1), button)).toEqual({ outcome: 'open', number: button });
  for (const number of [words, button])
    expect(await desk.row(number)).toMatchObject({ state: 'taken', closedAt: null, reopened: 1, waitingSince: desk.now() });
  expect((await desk.deliveries(words)).slice(1)).toEqual(['refresh', 'relay Почему так много за отопление?']);
  expect((await desk.deliveries(button)).slice(1)).toEqual(['refresh', 'say staff-request-reopened']);

  desk.later(1);
  expect(await desk.requests.add(desk.by(1), late, [desk.messagePart(1)])).toEqual({ outcome: 'too-late', number: late });
  expect(await desk.requests.reopen(desk.by(1), late)).toEqual({ outcome: 'too-late', number: late });
  expect(await desk.requests.show(desk.by(1), late)).toMatchObject({ request: { reopenUntil: null } });
  expect(await desk.deliveries(late)).toHaveLength(1);
});

test('an answer’s state and the words below it are rated once it is closed', async () => {
  const desk = await openRequestDesk();
  const number = await desk.opened(1);
  expect(await desk.requests.rate(desk.by(1), number, 5)).toEqual({ outcome: 'open' });
  expect(await desk.requests.rateWords(desk.by(1), number, 'Спасибо')).toEqual(GONE);
  await desk.staffMade(number, 'closed');
  expect(await desk.requests.rate(desk.by(2), number, 1)).toEqual(GONE);
  await desk.requests.rate(desk.by(1), number, 2);
  expect(await desk.requests.rate(desk.by(1), number, 5)).toEqual({ outcome: 'rated', explained: false });
  // The card is to follow once, whatever mark stands there by then.
  expect((await desk.deliveries(number)).slice(1)).toEqual(['refresh']);
  await desk.requests.rateWords(desk.by(1), number, 'Спасибо');
  expect(await desk.row(number)).toMatchObject({ rating: 5, ratingWords: 'Спасибо', ratedAt: desk.now(), state: 'closed' });
  expect((await desk.deliveries(number)).slice(1)).toEqual(['refresh', 'say staff-request-rated']);
});

test('a rating is explained once for each time that the request was closed, whatever button is pressed', async () => {
  const desk = await openRequestDesk();
  const number = await desk.opened(1);
  await desk.staffMade(number, 'closed');
  await desk.requests.rate(desk.by(1), number, 1);
  expect(await desk.requests.rateWords(desk.by(1), number, 'Плохо')).toEqual({ outcome: 'rated' });
  for (let again = 0; again < 10; again += 1) {
    expect(await desk.requests.rate(desk.by(1), number, 1)).toEqual({ outcome: 'rated', explained: true });
    expect(await desk.requests.rateWords(desk.by(1), number, 'Ещё хуже')).toEqual({ outcome: 'explained' });
  }
  expect(await desk.row(number)).toMatchObject({ rating: 1, ratingWords: 'Плохо' });
  expect((await desk.deliveries(number)).slice(1)).toEqual(['refresh', 'say staff-request-rated']);
  // It is counted as a message.
  const counted = desk.db.selectFrom('rateLimitHits').select('id').where('kind', '=', 'request-message');
  expect(await counted.execute()).toHaveLength(2);

  desk.later(MINUTE);
  await desk.requests.reopen(desk.by(1), number);
  expect(await desk.requests.rateWords(desk.by(1), number, 'Не закрыто')).toEqual({ outcome: 'explained' });
  await desk.staffMade(number, 'closed');
  expect(await desk.requests.rate(desk.by(1), number, 4)).toEqual({ outcome: 'rated', explained: false });
  expect(await desk.requests.rateWords(desk.by(1), number, 'Лучше')).toEqual({ outcome: 'rated' });
});

test('the word to a mark reaches staff, also where the request was opened again before it came; once', async () => {
  const desk = await openRequestDesk();
  const number = await desk.opened(1);
  await desk.staffMade(number, 'closed');
  await desk.requests.rate(desk.by(1), number, 3);
  await desk.staffMade(number, 'answered');
  expect(await desk.requests.rateWords(desk.by(1), number, 'Не на тот вопрос')).toEqual({ outcome: 'rated' });
  expect(await desk.row(number)).toMatchObject({ rating: 3, ratingWords: 'Не на тот вопрос', state: 'answered' });
  expect((await desk.deliveries(number)).at(-1)).toBe('say staff-request-rated');
  expect(await desk.requests.rateWords(desk.by(1), number, 'И ещё')).toEqual({ outcome: 'explained' });
});

test('what a person changed in a message follows, whatever became of the request', async () => {
  const desk = await openRequestDesk();
  const messagePart = desk.messagePart(1, { words: 'Ошибса' });
  const number = await desk.opened(1, [messagePart]);
  await desk.staffMade(number, 'closed');
  expect(await desk.requests.edited(desk.by(1), messagePart.source, 'Ошибся')).toEqual({ outcome: 'edited' });
  expect(await desk.requests.edited(desk.by(1), messagePart.source, 'Ошибся')).toEqual({ outcome: 'edited' });
  expect(await desk.deliveries(number)).toEqual(['relay Ошибся', 'edit Ошибся']);
  expect(await desk.row(number)).toMatchObject({ state: 'closed' });
  const photo = { kind: 'photo' as const, file: 'p2', fileName: null };
  expect(await desk.requests.edited(desk.by(1), messagePart.source, 'Ошибся', photo)).toEqual({ outcome: 'edited' });
  expect(await desk.deliveries(number)).toEqual(['relay Ошибся', 'edit Ошибся']);
  const kept = desk.db.selectFrom('requestMessages').select(['kind', 'file', 'words']).where('source', '=', messagePart.source);
  expect(await kept.executeTakeFirst()).toEqual({ kind: 'photo', file: 'p2', words: 'Ошибся' });
  expect(await desk.requests.edited(desk.by(1), 'telegram:1/999', 'Не моё')).toEqual({ outcome: 'unknown' });
  expect(await desk.requests.edited(desk.by(2), messagePart.source, 'Чужое')).toEqual({ outcome: 'unknown' });
});

test('of the edits of a message one waits, with the last words; one on its way is followed by one more', async () => {
  const desk = await openRequestDesk();
  const messageParts = [desk.messagePart(1, { words: 'раз' }), desk.messagePart(1, { words: 'два' })] as const;
  const number = await desk.opened(1, messageParts);
  const edit = (which: 0 | 1, words: string) => desk.requests.edited(desk.by(1), messageParts[which].source, words);
  for (let n = 0; n < 50; n += 1) await edit(0, `раз ${n}`);
  await edit(1, 'два!');
  expect(await desk.deliveries(number)).toEqual(['relay раз 49', 'relay два!', 'edit раз 49', 'edit два!']);
  // A worker has the first one in hand, and has done a part of it.
  const first = desk.db.updateTable('outbox').where('kind', '=', 'edit').where('messageId', '=', 1);
  await first.set({ lockedUntil: new Date(desk.now().getTime() + MINUTE), progress: '{"parts":[""]}' }).execute();
  for (let n = 50; n < 60; n += 1) await edit(0, `раз ${n}`);
  expect((await desk.deliveries(number)).filter((line) => line.startsWith('edit раз'))).toEqual(['edit раз 59', 'edit раз 59']);
  // Let go of in the middle, it begins anew.
  desk.later(2 * MINUTE);
  await edit(0, 'раз 60');
  const progress = desk.db.selectFrom('outbox').select('progress').where('kind', '=', 'edit').where('messageId', '=', 1);
  expect(await progress.execute()).toEqual([{ progress: {} }, { progress: {} }]);
  expect((await desk.deliveries(number)).filter((line) => line.startsWith('edit раз'))).toHaveLength(2);
});

test('an edit that nobody made, and one in which only the handle of the file is another, are none', async () => {
  const desk = await openRequestDesk();
  const photo = { kind: 'photo' as const, file: 'h1', fileKey: 'u1', fileName: null };
  const messagePart = desk.messagePart(1, { ...photo, words: 'Счётчик' });
  const number = await desk.opened(1, [messagePart]);
  await desk.requests.edited(desk.by(1), messagePart.source, 'Счётчик', { ...photo, file: 'h2' });
  expect(await desk.deliveries(number)).toEqual(['relay Счётчик']);
  await desk.requests.edited(desk.by(1), messagePart.source, 'Счётчик', { ...photo, file: 'h3', fileKey: 'u3' });
  expect(await desk.deliveries(number)).toEqual(['relay Счётчик', 'edit Счётчик']);
});

test('a reply is traced to the request of the message, on either side, and to nobody else’s', async () => {
  const desk = await openRequestDesk();
  const messagePart = desk.messagePart(1);
  const number = await desk.opened(1, [messagePart]);
  await desk.opened(1);
  const { id } = await desk.row(number);
  const answer = {
    requestId: id,
    side: 'staff' as const,
    author: 'telegram:9',
    authorName: 'Ольга',
    source: 'telegram:-1001/5',
    album: null,
    repliesTo: messagePart.source,
    kind: 'words' as const,
    words: 'Проверяем',
    file: null,
    fileName: null,
    at: desk.now(),
    copy: 'telegram:1/77',
    editedAt: null,
    withdrawnAt: null,
    undelivered: null,
  };
  await make.requestMessage(desk.db, answer);
  expect(await desk.requests.ofMessage(desk.by(1), 'telegram:1/77')).toEqual({ outcome: 'found', number });
  expect(await desk.requests.ofMessage(desk.by(1), messagePart.source)).toEqual({ outcome: 'found', number });
  expect(await desk.requests.ofMessage(desk.by(2), 'telegram:1/77')).toEqual({ outcome: 'unknown' });
  expect(await desk.requests.ofMessage(desk.by(1), 'telegram:1/78')).toEqual({ outcome: 'unknown' });
  // Its further parts, and former words of it that could not be changed any more.
  const also = { moreCopies: ['telegram:1/86'], formerCopies: ['telegram:1/87'] };
  await desk.db.updateTable('requestMessages').set(also).where('copy', '=', 'telegram:1/77').execute();
  for (const place of ['telegram:1/86', 'telegram:1/87'] as const) {
    expect(await desk.requests.ofMessage(desk.by(1), place)).toEqual({ outcome: 'found', number });
    expect(await desk.requests.ofMessage(desk.by(2), place)).toEqual({ outcome: 'unknown' });
    const toIt = desk.messagePart(1, { repliesTo: place });
    await desk.requests.add(desk.by(1), number, [toIt]);
    const answers = desk.db.selectFrom('requestMessages').select('repliesTo').where('source', '=', toIt.source);
    expect(await answers.executeTakeFirst()).toEqual({ repliesTo: 'telegram:-1001/5' });
  }
  // The reply keeps to what it answers, by where that was written.
  const reply = desk.messagePart(1, { repliesTo: 'telegram:1/77' });
  await desk.requests.add(desk.by(1), number, [reply]);
  const kept = desk.db.selectFrom('requestMessages').select('repliesTo').where('source', '=', reply.source);
  expect(await kept.executeTakeFirst()).toEqual({ repliesTo: 'telegram:-1001/5' });
  // An answer cannot be edited from the resident's side.
  expect(await desk.requests.edited(desk.by(1), 'telegram:1/77', 'Платить не надо')).toEqual({ outcome: 'unknown' });
});

test('an escalation is nobody’s request until staff write in it to the person', async () => {
  const desk = await openRequestDesk();
  const { id, number } = await make.request(desk.db, { kind: 'not-me', messengerId: 'telegram:1', openedAt: desk.now() });
  expect(await desk.requests.add(desk.by(1), number, [desk.messagePart(1)])).toEqual(GONE);
  expect(await desk.requests.show(desk.by(1), number)).toEqual(GONE);
  await make.requestMessage(desk.db, {
    requestId: id,
    side: 'staff',
    author: 'telegram:9',
    source: 'telegram:-1001/6',
    kind: 'words',
    words: 'Мы проверили',
    copy: 'telegram:1/80',
    at: desk.now(),
  });
  expect(await desk.requests.ofMessage(desk.by(1), 'telegram:1/80')).toEqual({ outcome: 'found', number });
  expect(await desk.requests.add(desk.by(1), number, [desk.messagePart(1)])).toMatchObject({ outcome: 'added' });
  expect(await desk.requests.list(desk.by(1))).toEqual([]);
});
