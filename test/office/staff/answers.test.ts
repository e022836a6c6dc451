import { expect, test } from 'vitest';
import { createRequests } from '../../../src/office/requests/requests.ts';
import { createDesk } from '../../../src/office/staff/desk.ts';
import type { MessageRef, MessagePart } from '../../../src/office/staff/message-part.ts';
import { updateRequest } from '../../../src/records/requests.ts';
import { DAY, openCabinet } from '../cabinet.ts';
import { openMembers } from './members.ts';
import * as make from '../../kit/make.ts';

const threadOf = (number: number): MessageRef => `telegram:-1001/${1000 + number}`;
const inThread = (number: number) => ({ thread: threadOf(number), repliesTo: null });

/** A desk with requests of the people 701, 702, …, each with a thread of its own. */
async function openDesk(count = 1) {
  const at = await openCabinet();
  const staff = openMembers();
  const desk = createDesk({ ...at.edges, staff: staff.edge });
  let messages = 0;

  const messagePart = (words: string, more: Partial<MessagePart> = {}): MessagePart => ({
    source: `telegram:-1001/${++messages}`,
    album: null,
    repliesTo: null,
    kind: 'words',
    words,
    file: null,
    fileName: null,
    ...more,
  });
  for (let n = 1; n <= count; n += 1)
    await at.db.transaction().execute(async (trx) => {
      const about = { topic: 'other', messengerId: `telegram:${700 + n}`, openedAt: at.now() };
      const { id } = await make.request(trx, about);
      await updateRequest(trx, id, { thread: threadOf(n), card: `telegram:-1001/${2000 + n}` }, at.now());
      await make.requestMessage(trx, {
        requestId: id,
        side: 'resident',
        author: `telegram:${700 + n}`,
        source: `telegram:${700 + n}/1`,
        kind: 'words',
        words: 'Вопрос',
        at: at.now(),
      });
    });

  return {
    ...at,
    ...staff,
    desk,
    messagePart,
    request: (number = 1) => at.db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirstOrThrow(),
    deliveries: async (kinds: readonly string[] = ['relay', 'edit', 'withdraw', 'say']) =>
      (
        await at.db
          .selectFrom('outbox')
          .selectAll()
          .where('kind', 'in', kinds as 'relay'[])
          .orderBy('id')
          .execute()
      ).map(({ kind, addressee, messageId }) => ({ kind, to: addressee, message: messageId })),
    message: (source: string) => at.db.selectFrom('requestMessages').selectAll().where('source', '=', source).executeTakeFirst(),
    journal: async () => (await at.db.selectFrom('auditLog').selectAll().orderBy('id').execute()).map(({ what }) => what),
  };
}

test('an answer goes to whoever wrote the request of the thread, whatever it answers and whatever it says', async () => {
  const at = await openDesk(3);
  for (let n = 0; n < 30; n += 1) {
    const number = (n % 3) + 1;
    const other: MessageRef = `telegram:-1001/${2000 + ((n + 1) % 3) + 1}`;
    const words = `№ ${((n + 1) % 3) + 1}, telegram:${701 + ((n + 1) % 3)}`;
    await at.desk.written(at.olga(), { thread: threadOf(number), repliesTo: other }, at.messagePart(words, { repliesTo: other }));
  }
  const relayed = await at.db
    .selectFrom('outbox as e')
    .innerJoin('requestMessages as m', 'm.id', 'e.messageId')
    .innerJoin('requests as r', 'r.id', 'm.requestId')
    .where('e.kind', '=', 'relay')
    .select(['e.addressee', 'e.requestId', 'r.messengerId', 'r.id', 'm.repliesTo'])
    .execute();
  expect(relayed).toHaveLength(30);
  for (const one of relayed) {
    expect(one.addressee).toBe(one.messengerId);
    expect(one.requestId).toBe(one.id);
    expect(one.repliesTo).toBeNull();
  }
});

test('who is no member changes nothing, by no verb', async () => {
  const at = await openDesk();
  const answer = at.messagePart('Ответ');
  await at.desk.written(at.olga(), inThread(1), answer);
  const everything = async () => ({
    requests: await at.db.selectFrom('requests').selectAll().execute(),
    messages: await at.db.selectFrom('requestMessages').selectAll().execute(),
    deliveries: await at.db.selectFrom('outbox').selectAll().execute(),
    silenced: await at.db.selectFrom('silenced').selectAll().execute(),
    journal: await at.db.selectFrom('auditLog').selectAll().execute(),
    colleagues: await at.db.selectFrom('colleagues').selectAll().execute(),
  });
  const before = await everything();
  at.members.delete('telegram:801');
  for (const who of [at.stranger, at.olga]) {
    const threadRef = inThread(1);
    expect(
      await Promise.all([
        at.desk.written(who(), threadRef, at.messagePart('Ещё')),
        at.desk.edited(who(), inThread(1), { ...answer, words: 'Иначе' }),
        at.desk.withdrawLast(who(), 1, threadRef),
        at.desk.withdrawAt(who(), threadRef, null),
        at.desk.take(who(), { number: 1, threadRef }),
        at.desk.close(who(), { threadRef }),
        at.desk.reopen(who(), { threadRef }),
        at.desk.handOver(who(), { threadRef }, { messengerId: 'telegram:802' }),
        at.desk.colleagues(who()),
        at.desk.silence(who(), threadRef, DAY),
        at.desk.hear(who(), threadRef),
        at.desk.sendCanned(who(), threadRef, { command: 'due', rest: '' }, at.messagePart('/due')),
        at.desk.sendCanned(who(), threadRef, { command: 'nonsense', rest: '' }, at.messagePart('/nonsense')),
      ]),
    ).toEqual(Array.from({ length: 13 }, () => ({ outcome: 'not-staff' })));
  }
  expect(await everything()).toEqual(before);
});

test('the journal has each message of staff, notes and edits too, and no words of theirs', async () => {
  const at = await openDesk();
  const answer = at.messagePart('Слова ответа');
  await at.desk.written(at.olga(), inThread(1), answer);
  await at.desk.written(at.olga(), inThread(1), at.messagePart('// слова заметки'));
  await at.desk.edited(at.olga(), inThread(1), { ...answer, words: 'Слова правки' });
  const rows = await at.db.selectFrom('auditLog').selectAll().orderBy('id').execute();
  expect(rows.map(({ what }) => what)).toEqual(['desk.answer', 'desk.note', 'desk.edit']);
  expect(rows.every(({ who, requestNumber }) => who === 'telegram:801' && requestNumber === 1)).toBe(true);
  expect(JSON.stringify(rows)).not.toMatch(/слова/i);
});

test('of two who take a request at once one has it, and the other hears who', async () => {
  const at = await openDesk();
  const which = { number: 1, threadRef: inThread(1) };
  const outcomes = await Promise.all([at.desk.take(at.olga(), which), at.desk.take(at.maria(), which)]);
  const first = outcomes.find(({ outcome }) => outcome === 'taken');
  const second = outcomes.find(({ outcome }) => outcome === 'taken-already');
  const winner = outcomes[0] === first ? 'Ольга' : 'Мария';
  expect([first, second]).toEqual([
    { outcome: 'taken', number: 1 },
    { outcome: 'taken-already', number: 1, by: winner, own: false },
  ]);
  expect(await at.request()).toMatchObject({ state: 'taken', takenByName: winner });
});

test('two who answer at once are both heard, in order, and the same update again is no second answer', async () => {
  const at = await openDesk();
  const [one, two] = [at.messagePart('Раз'), at.messagePart('Два')];
  const op = at.olga('same');
  await Promise.all([at.desk.written(op, inThread(1), one), at.desk.written(at.maria(), inThread(1), two)]);
  expect(await at.desk.written(op, inThread(1), one)).toMatchObject({ outcome: 'answered' });
  // Redelivered under another number, the message is still the same.
  expect(await at.desk.written(at.olga(), inThread(1), one)).toEqual({ outcome: 'known' });
  const deliveries = await at.deliveries(['relay', 'edit', 'withdraw']);
  expect(deliveries.map(({ kind, to }) => [kind, to])).toEqual([
    ['relay', 'telegram:701'],
    ['relay', 'telegram:701'],
  ]);
  expect(await at.request()).toMatchObject({ state: 'answered', waitingSince: null });
});

test('a button’s number counts in its own thread only', async () => {
  const at = await openDesk(2);
  expect(await at.desk.close(at.olga(), { number: 1, threadRef: inThread(2) })).toEqual({ outcome: 'nowhere' });
  expect(await at.desk.withdrawLast(at.olga(), 1, inThread(2))).toEqual({ outcome: 'gone' });
  for (const number of [0, -1, 1.5, 99, Number.MAX_SAFE_INTEGER, 1e300])
    expect(await at.desk.take(at.olga(), { number, threadRef: inThread(1) })).toEqual({ outcome: 'nowhere' });
  expect(await at.request(1)).toMatchObject({ state: 'new' });
});

test('a request that is taken up again waits since the resident’s unanswered words, and not where all is answered', async () => {
  const at = await openDesk();
  const asked = at.now();
  at.later(DAY);
  await at.desk.close(at.olga(), { threadRef: inThread(1) });
  expect(await at.request()).toMatchObject({ state: 'closed', waitingSince: null });
  await at.desk.reopen(at.olga(), { threadRef: inThread(1) });
  expect(await at.request()).toMatchObject({ waitingSince: asked });
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Ответ'));
  await at.desk.close(at.olga(), { threadRef: inThread(1) });
  await at.desk.reopen(at.olga(), { threadRef: inThread(1) });
  expect(await at.request()).toMatchObject({ waitingSince: null });
});

test('an answer taken back leaves the resident waiting as before, unless another one stands', async () => {
  const at = await openDesk();
  const asked = at.now();
  at.later(DAY);
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Первый'));
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Второй'));
  expect(await at.desk.withdrawLast(at.maria(), 1, inThread(1))).toEqual({
    outcome: 'withdrawn',
    number: 1,
    words: 'Второй',
    by: 'Ольга',
  });
  expect(await at.request()).toMatchObject({ state: 'answered', waitingSince: null });
  expect(await at.desk.withdrawLast(at.maria(), 1, inThread(1))).toMatchObject({ words: 'Первый' });
  expect(await at.request()).toMatchObject({ state: 'taken', waitingSince: asked });
  expect(await at.desk.withdrawLast(at.maria(), 1, inThread(1))).toEqual({ outcome: 'nothing-to-withdraw', number: 1 });
  expect((await at.deliveries(['withdraw'])).map(({ to }) => to)).toEqual(['telegram:701', 'telegram:701']);
  expect(await at.journal()).toEqual(['desk.answer', 'desk.answer', 'desk.withdraw', 'desk.withdraw']);
});

test('a return without a word waits for an answer of its own: one taken back, or a closing by a slip, is none', async () => {
  const at = await openDesk();
  const requests = createRequests(at.edges);
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Ответ'));
  await at.desk.close(at.olga(), { threadRef: inThread(1) });
  at.later(DAY);
  const returned = at.now();
  const caller = { messengerId: 'telegram:701', idempotencyKey: 'back' } as const;
  expect(await requests.reopen(caller, 1)).toEqual({ outcome: 'reopened', number: 1 });
  at.later(DAY);
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Не сюда'));
  expect(await at.request()).toMatchObject({ state: 'answered', waitingSince: null });
  await at.desk.withdrawLast(at.olga(), 1, inThread(1));
  expect(await at.request()).toMatchObject({ state: 'taken', waitingSince: returned });
  await at.desk.close(at.olga(), { threadRef: inThread(1) });
  await at.desk.reopen(at.olga(), { threadRef: inThread(1) });
  expect(await at.request()).toMatchObject({ state: 'taken', waitingSince: returned });
  // Once it is answered, nothing waits, whatever else is taken back.
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Пересчитали'));
  await at.desk.written(at.olga(), inThread(1), at.messagePart('И это не сюда'));
  await at.desk.withdrawLast(at.olga(), 1, inThread(1));
  expect(await at.request()).toMatchObject({ state: 'answered', waitingSince: null });
});

test('an answer taken back was no first answer: that is the first one that stands, or none', async () => {
  const at = await openDesk();
  at.later(DAY);
  const first = at.messagePart('Не в ту тему');
  await at.desk.written(at.olga(), inThread(1), first);
  const answered = at.now();
  at.later(DAY);
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Верный'));
  const rightly = at.now();
  expect(await at.request()).toMatchObject({ firstAnsweredAt: answered });
  at.later(DAY);
  await at.desk.edited(at.olga(), inThread(1), { ...first, words: '// не в ту тему' });
  expect(await at.request()).toMatchObject({ state: 'answered', firstAnsweredAt: rightly });
  await at.desk.withdrawLast(at.olga(), 1, inThread(1));
  expect(await at.request()).toMatchObject({ state: 'taken', firstAnsweredAt: null });
  // A note that becomes an answer is one from then on.
  const since = at.now();
  await at.desk.edited(at.olga(), inThread(1), { ...first, words: 'Верно, в эту' });
  expect(await at.request()).toMatchObject({ state: 'answered', firstAnsweredAt: since });
  const last = at.messagePart('И ещё');
  await at.desk.written(at.olga(), inThread(1), last);
  await at.desk.withdrawLast(at.olga(), 1, inThread(1));
  expect(await at.request()).toMatchObject({ firstAnsweredAt: since });
});

test('edits: an answer becomes a note and an answer again; what was withdrawn and what others wrote stay as they are', async () => {
  const at = await openDesk();
  const answer = at.messagePart('Ответ');
  const edited = (words: string, who = at.olga()) => at.desk.edited(who, inThread(1), { ...answer, words });
  await at.desk.written(at.olga(), inThread(1), answer);
  expect(await edited('Ответ')).toMatchObject({ outcome: 'unchanged' });
  expect(await edited('Иначе\n// и для нас')).toMatchObject({ outcome: 'edited' });
  expect(await at.message(answer.source)).toMatchObject({ words: 'Иначе', side: 'staff' });
  expect(await edited('// только для нас')).toMatchObject({ outcome: 'taken-back' });
  expect(await at.message(answer.source)).toMatchObject({ side: 'note' });
  expect(await at.request()).toMatchObject({ state: 'taken' });
  expect(await edited('И жителю')).toMatchObject({ outcome: 'sent' });
  expect(await at.message(answer.source)).toMatchObject({ side: 'staff', withdrawnAt: null, words: 'И жителю' });
  expect(await edited('/close')).toMatchObject({ outcome: 'command' });
  expect(await edited('Чужое', at.maria())).toEqual({ outcome: 'unknown' });
  await at.desk.withdrawLast(at.olga(), 1, inThread(1));
  expect(await edited('Опять')).toMatchObject({ outcome: 'withdrawn' });
  expect((await at.deliveries()).map(({ kind }) => kind)).toEqual(['relay', 'edit', 'withdraw', 'relay', 'withdraw']);
  // The resident's own words are nobody's to edit.
  expect(await at.desk.edited(at.olga(), inThread(1), { ...answer, source: 'telegram:701/1', words: 'Подмена' })).toEqual({
    outcome: 'unknown',
  });
});

test('words under one file of an album are those of all, also when they come last or change', async () => {
  const at = await openDesk();
  const photo = (words: string) => at.messagePart(words, { kind: 'photo', file: 'f', album: 'a1' });
  const [first, last] = [photo(''), photo('// архив')];
  expect(await at.desk.written(at.olga(), inThread(1), first)).toMatchObject({ outcome: 'answered' });
  expect(await at.desk.written(at.olga(), inThread(1), last)).toMatchObject({ outcome: 'noted' });
  expect(await at.desk.written(at.olga(), inThread(1), photo(''))).toMatchObject({ outcome: 'noted' });
  expect(await at.message(first.source)).toMatchObject({ side: 'note' });
  expect((await at.deliveries()).map(({ kind }) => kind)).toEqual(['relay', 'withdraw']);
  expect(await at.desk.edited(at.olga(), inThread(1), { ...last, words: 'Для жителя' })).toMatchObject({ outcome: 'sent' });
  expect((await at.deliveries()).map(({ kind }) => kind)).toEqual(['relay', 'withdraw', 'relay', 'relay', 'relay']);
});

/** The files of an album whose words are these, as staff sent them. */
async function openAlbum(...captions: readonly string[]) {
  const at = await openDesk();
  const pieces = captions.map((words) => at.messagePart(words, { kind: 'photo', file: 'f', album: 'a1' }));
  for (const each of pieces) await at.desk.written(at.olga(), inThread(1), each);
  return {
    ...at,
    edits: async (piece: number, words: string) =>
      (await at.desk.edited(at.olga(), inThread(1), { ...(pieces[piece] ?? at.messagePart('')), words })).outcome,
    sides: async () => {
      const rows = await at.db.selectFrom('requestMessages').select('side').where('album', '=', 'a1').orderBy('id').execute();
      return rows.map(({ side }) => side).join(' ');
    },
    kept: async () => {
      const rows = await at.db.selectFrom('requestMessages').select('words').where('album', '=', 'a1').orderBy('id').execute();
      return rows.map(({ words }) => words);
    },
    sent: async () => (await at.deliveries()).map(({ kind }) => kind).join(' '),
  };
}

test('an album of notes stays one whatever is done to its other files; it is sent when its last note is none any more', async () => {
  for (const captions of [
    ['// скан', ''],
    ['// скан', 'оборот'],
    ['// скан', '// и оборот'],
  ]) {
    const at = await openAlbum(...captions);
    const [, second = ''] = captions;
    // The first reaction makes an edit of nothing.
    expect(await at.edits(1, second)).toBe('unchanged');
    expect(await at.edits(1, 'страница 2')).toBe('noted');
    expect(await at.edits(1, '// страница 2')).toBe('noted');
    expect(await at.edits(1, 'страница 2\n// и для нас')).toBe('noted');
    expect([await at.sides(), await at.sent()]).toEqual(['note note', '']);
    expect(await at.edits(0, 'Скан')).toBe('sent');
    expect([await at.sides(), await at.sent()]).toEqual(['staff staff', 'relay relay']);
    // What is for colleagues stays theirs in the words under the other files, too.
    expect(await at.kept()).toEqual(['Скан', 'страница 2']);
  }
});

test('an album is taken back by `//` under any file of it, and goes again when that is taken out', async () => {
  const at = await openAlbum('Акт', '');
  expect(await at.edits(1, '')).toBe('unchanged');
  expect(await at.edits(1, '// не для жителя')).toBe('taken-back');
  expect(await at.edits(0, 'Акт')).toBe('unchanged');
  expect(await at.edits(0, 'Акт и скан')).toBe('noted');
  expect([await at.sides(), await at.sent()]).toEqual(['note note', 'relay relay withdraw withdraw']);
  expect(await at.edits(1, '')).toBe('sent');
  expect(await at.kept()).toEqual(['Акт и скан', '']);
  expect([await at.sides(), await at.sent()]).toEqual(['staff staff', 'relay relay withdraw withdraw relay relay']);
});

test('«Отозвать» and /undo take back an album of three as a whole, whichever file is answered', async () => {
  const at = await openDesk();
  const photo = (words: string) => at.messagePart(words, { kind: 'photo', file: 'f', album: 'a1' });
  const [first, second, third] = [photo(''), photo('Акт'), photo('')];
  for (const one of [first, second, third]) await at.desk.written(at.olga(), inThread(1), one);
  const withdrawn = await at.desk.withdrawLast(at.olga(), 1, inThread(1));
  expect(withdrawn).toEqual({ outcome: 'withdrawn', number: 1, words: 'Акт', by: 'Ольга' });
  const messages = await at.db.selectFrom('requestMessages').select(['id', 'withdrawnAt']).where('side', '=', 'staff').execute();
  expect(messages).toHaveLength(3);
  for (const { withdrawnAt } of messages) expect(withdrawnAt).toEqual(at.now());
  const gone = await at.db.selectFrom('outbox').select('messageId').where('kind', '=', 'withdraw').orderBy('id').execute();
  expect(gone.map(({ messageId }) => messageId)).toEqual(messages.map(({ id }) => id));
  expect(await at.desk.withdrawLast(at.olga(), 1, inThread(1))).toMatchObject({ outcome: 'nothing-to-withdraw' });

  const more = ['x', 'y', 'z'].map((file) => at.messagePart('', { kind: 'photo', file, album: 'a2' }));
  for (const one of more) await at.desk.written(at.olga(), inThread(1), one);
  await at.desk.withdrawAt(at.olga(), inThread(1), more[1]?.source ?? null);
  const left = at.db.selectFrom('requestMessages').select('id').where('album', '=', 'a2').where('withdrawnAt', 'is', null);
  expect(await left.execute()).toEqual([]);
});

test('an answer that never arrived is tried anew with other words', async () => {
  const at = await openDesk();
  const answer = at.messagePart('Слишком длинно');
  await at.desk.written(at.olga(), inThread(1), answer);
  await at.db.updateTable('outbox').set({ failedAt: at.now(), lastError: 'refused' }).where('kind', '=', 'relay').execute();
  await at.db.updateTable('requestMessages').set({ undelivered: 'refused' }).where('source', '=', answer.source).execute();
  await at.db.updateTable('requests').set({ state: 'taken', waitingSince: at.now() }).execute();
  expect(await at.desk.edited(at.olga(), inThread(1), { ...answer, words: 'Коротко' })).toMatchObject({ outcome: 'sent' });
  expect((await at.deliveries()).map(({ kind }) => kind)).toEqual(['relay', 'relay']);
  expect(await at.message(answer.source)).toMatchObject({ words: 'Коротко', undelivered: null });
  expect(await at.request()).toMatchObject({ state: 'answered', waitingSince: null });
});

test('an edit that nobody made, and one in which only the handle of the file is another, are none', async () => {
  const at = await openDesk();
  const photo = { kind: 'photo' as const, file: 'h1', fileKey: 'u1' };
  const answer = at.messagePart('Счётчик', photo);
  await at.desk.written(at.olga(), inThread(1), answer);
  expect(await at.desk.edited(at.olga(), inThread(1), answer)).toMatchObject({ outcome: 'unchanged' });
  expect(await at.desk.edited(at.olga(), inThread(1), { ...answer, file: 'h2' })).toMatchObject({ outcome: 'unchanged' });
  expect(await at.desk.edited(at.olga(), inThread(1), { ...answer, file: 'h3', fileKey: 'u3' })).toMatchObject({
    outcome: 'edited',
  });
  expect((await at.journal()).filter((what) => what === 'desk.edit')).toHaveLength(1);
});

test('an edit of nothing of a command by which an answer was sent is none; another command in its place is no answer', async () => {
  const at = await openDesk();
  const command = at.messagePart('/due До пятницы');
  await at.desk.sendCanned(at.olga(), inThread(1), { command: 'due', rest: 'До пятницы' }, command);
  expect(await at.desk.edited(at.olga(), inThread(1), command)).toMatchObject({ outcome: 'unchanged' });
  const edited = (words: string) => at.desk.edited(at.olga(), inThread(1), { ...command, words });
  expect(await edited('/close')).toMatchObject({ outcome: 'command' });
  expect(await edited('До субботы')).toMatchObject({ outcome: 'edited' });
  // The words are others by now: the former command would not bring its own back.
  expect(await edited('/due До пятницы')).toMatchObject({ outcome: 'command' });
});

test('an edit that sends an answer opens a closed request as an answer does, and the same is said of it', async () => {
  const at = await openDesk();
  const told = async () =>
    (await at.db.selectFrom('outbox').select('text').where('kind', '=', 'say').orderBy('id').execute()).map(({ text }) => text);
  const [note, second] = [at.messagePart('// позвонить'), at.messagePart('// и ещё')];
  for (const each of [note, second]) await at.desk.written(at.olga(), inThread(1), each);
  await at.desk.take(at.maria(), { threadRef: inThread(1) });
  await at.desk.close(at.maria(), { threadRef: inThread(1) });
  const edited = (part: MessagePart, words: string) => at.desk.edited(at.olga(), inThread(1), { ...part, words });
  expect(await edited(note, 'Позвоните нам')).toMatchObject({ outcome: 'sent', reopened: true });
  expect(await at.request()).toMatchObject({ state: 'answered', reopened: 1 });
  expect(await told()).toEqual([]);
  expect(await edited(second, 'Или напишите')).toMatchObject({ outcome: 'sent', reopened: false });
  expect(await told()).toEqual(['desk-led-by']);
});

test('what is written about an escalation that concerns nobody stays among staff; whose consent is withdrawn gets nothing', async () => {
  const at = await openDesk(2);
  await at.db.updateTable('requests').set({ messengerId: null, kind: 'not-me', topic: null }).where('number', '=', 1).execute();
  await at.db.updateTable('requests').set({ messengerId: null }).where('number', '=', 2).execute();
  expect(await at.desk.written(at.olga(), inThread(1), at.messagePart('Кто посмотрит?'))).toEqual({
    outcome: 'noted',
    number: 1,
  });
  expect(await at.desk.written(at.olga(), inThread(2), at.messagePart('Ответ'))).toEqual({ outcome: 'nobody', number: 2 });
  expect(await at.deliveries()).toEqual([]);
});

test('closing tells once, reopening before it was told takes the word back', async () => {
  const at = await openDesk();
  const waiting = async () => (await at.notices('telegram:701')).length;
  await at.desk.close(at.olga(), { threadRef: inThread(1) });
  expect(await at.desk.close(at.olga(), { threadRef: inThread(1) })).toEqual({ outcome: 'closed-already', number: 1 });
  expect(await waiting()).toBe(1);
  await at.desk.reopen(at.olga(), { threadRef: inThread(1) });
  expect(await waiting()).toBe(0);
  expect(await at.request()).toMatchObject({ state: 'new', closedAt: null, reopened: 1 });
  await at.desk.close(at.olga(), { threadRef: inThread(1) });
  expect(await waiting()).toBe(1);
  expect(await at.desk.written(at.olga(), inThread(1), at.messagePart('И ещё'))).toMatchObject({
    outcome: 'answered',
    reopened: true,
  });
  expect(await at.request()).toMatchObject({ state: 'answered', closedAt: null, reopened: 2 });
});

test('a request is handed to a colleague who was seen and is a member still', async () => {
  const at = await openDesk();
  const to = (username: string) => at.desk.handOver(at.olga(), { threadRef: inThread(1) }, { username });
  expect(await to('maria')).toEqual({ outcome: 'unknown-colleague', number: 1 });
  await at.desk.take({ ...at.maria(), username: 'MARIA' }, { threadRef: inThread(1) });
  expect(await to('Maria')).toMatchObject({ outcome: 'handed-over', to: 'Мария', username: 'maria' });
  expect(await at.request()).toMatchObject({ takenBy: 'telegram:802', state: 'taken' });
  at.members.delete('telegram:802');
  expect(await to('maria')).toEqual({ outcome: 'no-colleague', number: 1, to: 'Мария' });
  expect(await at.desk.colleagues(at.olga())).toEqual({ outcome: 'listed', colleagues: [] });
});

test('in a plain group the card and every word of a request lead to it, and nothing else does', async () => {
  const at = await openDesk(2);
  const replyTo = (repliesTo: MessageRef) => ({ thread: null, repliesTo });
  expect(await at.desk.written(at.olga(), replyTo('telegram:-1001/2002'), at.messagePart('К карточке'))).toMatchObject({
    number: 2,
  });
  await at.db.updateTable('requestMessages').set({ copy: 'telegram:-1001/555' }).where('source', '=', 'telegram:701/1').execute();
  expect(await at.desk.written(at.olga(), replyTo('telegram:-1001/555'), at.messagePart('К словам'))).toMatchObject({
    number: 1,
  });
  for (const nowhere of [replyTo('telegram:-1001/777'), { thread: null, repliesTo: null }])
    expect(await at.desk.written(at.olga(), nowhere, at.messagePart('Болтовня'))).toEqual({ outcome: 'nowhere' });
  expect((await at.deliveries()).map(({ to }) => to)).toEqual(['telegram:702', 'telegram:701']);
});

test('in a plain group a reply to a further part of a resident’s message, or to one that was corrected, leads to it, too', async () => {
  const at = await openDesk(2);
  const [further, former]: MessageRef[] = ['telegram:-1001/556', 'telegram:-1001/557'];
  const stands = { copy: 'telegram:-1001/555', moreCopies: [further ?? ''], formerCopies: [former ?? ''] };
  await at.db.updateTable('requestMessages').set(stands).where('source', '=', 'telegram:702/1').execute();
  for (const repliesTo of [further, former]) {
    const answer = at.messagePart('Ответ', { repliesTo: repliesTo ?? null });
    const threadRef = { thread: null, repliesTo: repliesTo ?? null };
    expect(await at.desk.written(at.olga(), threadRef, answer)).toMatchObject({ outcome: 'answered', number: 2 });
    expect(await at.message(answer.source)).toMatchObject({ repliesTo: 'telegram:702/1' });
  }
  // The resident's own places are nobody's to answer in.
  await at.db.updateTable('requestMessages').set({ moreCopies: [] }).where('source', '=', 'telegram:702/1').execute();
  expect(await at.desk.take(at.olga(), { threadRef: { thread: null, repliesTo: further ?? null } })).toEqual({
    outcome: 'nowhere',
  });
});

test('a person is silenced until then, and heard again', async () => {
  const at = await openDesk();
  const until = new Date(at.now().getTime() + DAY).toISOString();
  expect(await at.desk.silence(at.olga(), inThread(1), DAY)).toEqual({ outcome: 'silenced', number: 1, until, dropped: 0 });
  const asks = () => at.office.requests.topics(at.by(701));
  expect(await asks()).toEqual({ outcome: 'silenced', until });
  at.later(DAY);
  expect(await asks()).toMatchObject({ outcome: 'listed' });
  await at.desk.silence(at.olga(), inThread(1), null);
  expect(await asks()).toEqual({ outcome: 'silenced', until: null });
  expect(await at.desk.hear(at.olga(), inThread(1))).toEqual({ outcome: 'heard-again', number: 1 });
  expect(await asks()).toMatchObject({ outcome: 'listed' });
  expect(await at.journal()).toEqual(['desk.silence', 'desk.silence', 'desk.hear']);
});

test('a second one who answers reads who leads, once; the lead, and who answers what nobody leads, read nothing', async () => {
  const at = await openDesk();
  const told = async () =>
    (await at.db.selectFrom('outbox').select('words').where('text', '=', 'desk-led-by').execute()).map(({ words }) => words.name);
  await at.desk.written(at.olga(), inThread(1), at.messagePart('Здравствуйте'));
  await at.desk.written(at.olga(), inThread(1), at.messagePart('И ещё'));
  expect(await told()).toEqual([]);
  await at.desk.written(at.maria(), inThread(1), at.messagePart('Я тоже отвечу'));
  await at.desk.written(at.maria(), inThread(1), at.messagePart('И ещё раз'));
  await at.desk.written(at.maria(), inThread(1), at.messagePart('// заметка'));
  expect(await told()).toEqual(['Ольга']);
});

test('the phone is shown to a member alone, and each look is in the journal; of a guest there is none', async () => {
  const at = await openDesk();
  const threadRef = inThread(1);
  expect(await at.desk.phone(at.olga(), 1, threadRef)).toEqual({ outcome: 'none' });
  const residentId = await make.resident(at.db, { login: 'ivan', phone: '+79123456789' });
  await at.db.updateTable('requests').set({ residentId }).execute();
  expect(await at.desk.phone(at.olga(), 1, threadRef)).toEqual({ outcome: 'seen', phone: '89123456789' });
  expect(await at.desk.phone(at.olga(), 2, threadRef)).toEqual({ outcome: 'gone' });
  expect((await at.journal()).filter((what) => what === 'residents.phone')).toHaveLength(1);
  const kept = await at.db.selectFrom('idempotencyKeys').selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain('9123456789');
});

test('a canned answer takes the words behind its command along, but for notes', async () => {
  const at = await openDesk();
  const sent = await at.desk.sendCanned(
    at.olga(),
    inThread(1),
    { command: 'due', rest: 'До пятницы.\n// между нами' },
    at.messagePart('/due'),
  );
  expect(sent).toMatchObject({
    outcome: 'answered',
    words: 'Плату за месяц нужно внести до 15-го числа следующего месяца.\n\nДо пятницы.',
  });
});

test('the debt of a canned answer is what «Задолженность» offers to pay: without what is under way from the bot', async () => {
  const at = await openDesk();
  const said = { command: 'owed', label: 'Долг', text: 'К оплате {debt}' };
  const centre = { ...at.edges.centre, requests: { ...at.edges.centre.requests, cannedAnswers: [said] } };
  const desk = createDesk({ ...at.edges, centre, staff: at.edge });
  const account = '0012345';
  await make.account(at.db, { number: account });
  await make.charge(at.db, { account, dueKopecks: 2_725_67 });
  const residentId = await make.resident(at.db, { login: 'ivan' });
  await make.link(at.db, { residentId, account });
  await at.db.updateTable('requests').set({ residentId, account }).execute();
  const answer = () => desk.sendCanned(at.olga(), inThread(1), { command: 'owed', rest: '' }, at.messagePart('/owed'));
  expect(await answer()).toMatchObject({ words: 'К оплате 2\u00a0725,67\u00a0₽' });
  await make.cardPayment(at.db, [{ account, sumKopecks: 1_000_00 }], { paidAt: at.now() });
  expect(await answer()).toMatchObject({ words: 'К оплате 1\u00a0725,67\u00a0₽' });
  await make.cardPayment(at.db, [{ account, sumKopecks: 2_000_00 }], { paidAt: at.now() });
  expect(await answer()).toMatchObject({ words: 'К оплате 0,00\u00a0₽' });
});
