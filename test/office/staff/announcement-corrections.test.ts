import { expect, test } from 'vitest';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { claimOutbox } from '../../../src/records/outbox.ts';
import { DAY, MINUTE, START } from '../town.ts';
import { openDesk } from './announcing-desk.ts';

const NEW = 'Воды не будет до субботы.';
const HERE = 'telegram:1';

type Desk = Awaited<ReturnType<typeof openDesk>>;

async function crowd(at: Desk, people: number): Promise<void> {
  for (let person = 1; person <= people; person += 1) await at.resident(person);
}

/** Sent to all, and arrived everywhere. */
async function sentToAll(at: Desk, words?: string): Promise<string> {
  const { id } = await at.send('all', '', words);
  await at.goOn();
  await at.deliver(50);
  await at.goOn();
  return id;
}

const journal = async (at: Desk) =>
  (await at.db.selectFrom('auditLog').select(['what', 'details']).orderBy('id').execute()).slice(1);

test('corrected while it is sent: who has it is told so, who waits and who was not gone through yet gets the new words alone', async () => {
  const at = await openDesk();
  await crowd(at, 9);
  const { id } = await at.send('all', '');
  await at.announcing.goOn();
  const got = (await at.deliver(2)).map(({ addressee }) => addressee);
  const until = new Date(at.now().getTime() + MINUTE);
  const inHand = await claimOutbox(at.db, { limit: 1, resting: [], until, night: false }, at.now());

  const correction = await at.correct(id, NEW);
  expect(correction).toMatchObject({ people: 2, lastAt: at.now().toISOString(), rest: 'more', waiting: 4 });
  expect(correction.sent).toEqual({ outcome: 'sending', number: 2, corrects: 1 });
  // What a worker has in hand is not sent in its former words, and until that is sure nobody is told anything.
  for (const notice of inHand) expect(await asOfNow(at.db, notice, at.now())).toBeUndefined();
  await at.goOn();
  expect(await at.noticesOf(correction.id)).toEqual([]);
  at.later(2 * MINUTE);
  await at.goOn();

  const notices = await at.noticesOf(correction.id);
  expect(notices).toHaveLength(9);
  for (const { addressee, text, words } of notices)
    expect({ text, words }).toEqual(
      got.includes(addressee)
        ? { text: 'notice-announcement-correction', words: { words: NEW, at: START.toISOString() } }
        : { text: 'notice-announcement', words: { words: NEW } },
    );
  expect(await at.deliver(50)).toHaveLength(9);
  await at.goOn();
  expect(await at.reports()).toMatchObject([
    { words: { number: 1, stopped: 'yes', correctedBy: 2, delivered: 2, undelivered: 0, unsent: 4 } },
    { words: { number: 2, stopped: 'no', corrects: 1, correctedBy: 0, rest: 'yes', delivered: 9, undelivered: 0, unsent: 0 } },
  ]);
  expect(await journal(at)).toEqual([
    { what: 'announcements.correct', details: { number: 2, corrects: 1, delivered: 2, waiting: 4 } },
  ]);
});

test('corrected when it is over: exactly who got it is told, not who came later, and not who switched announcements off', async () => {
  const at = await openDesk();
  await crowd(at, 2);
  const third = await at.resident(3);
  const id = await sentToAll(at);
  await at.resident(4);
  await at.db.insertInto('mutedNews').values({ residentId: third, kind: 'announcements' }).execute();
  await at.db.updateTable('sessions').set({ endedAt: at.now() }).where('messengerId', '=', HERE).execute();

  const correction = await at.correct(id, NEW, 703);
  expect(correction).toMatchObject({ people: 3, rest: 'none', waiting: 0 });
  await at.goOn();
  const notices = await at.db
    .selectFrom('outbox')
    .selectAll()
    .where('announcementId', '=', correction.id)
    .orderBy('addressee')
    .execute();
  expect(notices.map(({ addressee }) => addressee)).toEqual(['telegram:1', 'telegram:2', 'telegram:3']);
  const said = await Promise.all(notices.map((notice) => asOfNow(at.db, notice, at.now())));
  expect(said.map((each) => each?.text)).toEqual(['notice-announcement-correction', 'notice-announcement-correction', undefined]);
  // Who has signed out reads it, too, as any announcement.
  expect(said.map((each) => each?.doors.length)).toEqual([2, 0, undefined]);
  expect(notices.every(({ daytime }) => daytime)).toBe(true);
});

test('stopped, corrected, stopped again and corrected once more: whoever got any of it is told, once, and nobody else', async () => {
  const at = await openDesk();
  await crowd(at, 5);
  const { id } = await at.send('all', '');
  await at.goOn();
  const got = (await at.deliver(2)).map(({ addressee }) => addressee).sort();
  await at.desk.stop(at.by(701), id);
  await at.goOn();

  const first = await at.correct(id, 'Воды не будет до четверга.');
  expect(first).toMatchObject({ people: 2, rest: 'none', sent: { number: 2, corrects: 1 } });
  await at.goOn();
  expect(await at.deliver(1)).toHaveLength(1);
  await at.desk.stop(at.by(701), first.id);
  await at.goOn();

  // The button is that of the first one.
  const second = await at.correct(id, NEW);
  expect(second).toMatchObject({ people: 2, rest: 'none', sent: { number: 3, corrects: 2 } });
  await at.goOn();
  const notices = await at.noticesOf(second.id);
  expect(notices.map(({ addressee }) => addressee)).toEqual(got);
  expect(notices.map(({ text }) => text)).toEqual(got.map(() => 'notice-announcement-correction'));
  expect((await journal(at)).map(({ what, details }) => [what, details])).toEqual([
    ['announcements.stop', { number: 1, delivered: 2, waiting: 3 }],
    ['announcements.correct', { number: 2, corrects: 1, delivered: 2, waiting: 0 }],
    ['announcements.stop', { number: 2, delivered: 1, waiting: 1 }],
    ['announcements.correct', { number: 3, corrects: 2, delivered: 2, waiting: 0 }],
  ]);
});

test('a correction that is stopped before anybody got it leaves those who read the former words correctable, by any senior', async () => {
  const at = await openDesk();
  await crowd(at, 3);
  const id = await sentToAll(at);
  const first = await at.correct(id, 'Воды не будет до четверга.');
  await at.desk.stop(at.by(701), first.id);
  await at.goOn();
  await at.board.look();

  const listed = await at.sent.list(at.by(703));
  expect(listed).toMatchObject({ announcements: [{ id: first.id, title: { number: 2 } }] });
  expect(await at.sent.look(at.by(703), first.id)).toMatchObject({ words: { number: 2, delivered: 0 }, correctable: true });
  // «Исправить» stands under the message in which its announcer reads how it ended.
  expect(at.shown.map(({ doors }) => doors)).toEqual([0, 1]);
  const second = await at.correct(first.id, NEW);
  expect(second).toMatchObject({ people: 3, rest: 'none', sent: { number: 3, corrects: 2 } });
  await at.goOn();
  const told = await at.noticesOf(second.id);
  expect(told.map(({ text }) => text)).toEqual([
    'notice-announcement-correction',
    'notice-announcement-correction',
    'notice-announcement-correction',
  ]);
});

test('two seniors correct a planned one: the second does not write over the first, and reads the words as they are now', async () => {
  const at = await openDesk();
  const { corrections, by } = at;
  await at.resident(1);
  const planned = await at.desk.draft(by(701), { target: 'all', place: '', words: 'Завтра.', picture: 'photo-1' });
  const id = planned.outcome === 'drafted' ? planned.id : '';
  await at.desk.send(by(701), id, 'завтра 12:00');
  const draftOf = async (
    person: number,
    words: string,
    picture: string | null,
    shown: { words: string; picture: string | null },
  ) => {
    const drafted = await corrections.draft(by(person), { of: id, words, picture, shown });
    if (drafted.outcome !== 'drafted') throw new Error(drafted.outcome);
    return drafted;
  };
  const shown = { words: 'Завтра.', picture: 'photo-1' };
  const ours = await draftOf(701, 'Наши слова.', 'photo-1', shown);
  const theirs = await draftOf(703, 'Их слова.', 'photo-1', shown);
  expect(await corrections.send(by(703), theirs.id, shown)).toEqual({ outcome: 'changed', number: 1 });
  expect(await corrections.send(by(703), theirs.id, shown)).toEqual({ outcome: 'changed', number: 1 });
  const revised = { outcome: 'revised', id, number: 1 };
  expect(await corrections.send(by(701), ours.id, shown)).toEqual(revised);
  expect(await corrections.draft(by(701), { of: id, words: 'Наши слова.', picture: 'photo-1', shown })).toEqual(revised);
  const wordsOf = () => at.db.selectFrom('announcements').select(['words', 'picture']).where('id', '=', id).executeTakeFirst();
  expect(await wordsOf()).toEqual({ words: 'Их слова.', picture: 'photo-1' });

  // Another picture under the same words is another announcement, too.
  const now = { words: 'Их слова.', picture: 'photo-1' };
  const late = await draftOf(701, 'Наши слова.', 'photo-1', now);
  await corrections.send(by(703), (await draftOf(703, 'Их слова.', null, now)).id, now);
  expect(await corrections.send(by(701), late.id, now)).toEqual(revised);
  // So is what began to be sent in the words of the other one.
  at.later(DAY);
  await at.goOn();
  expect(await corrections.send(by(701), late.id, now)).toEqual(revised);
  expect(await at.noticesOf(id)).toMatchObject([{ words: { words: 'Их слова.' } }]);
});

test('a correction that is corrected while it is sent: who has read either is told so, the others get the last words', async () => {
  const at = await openDesk();
  await crowd(at, 4);
  const { id } = await at.send('all', '');
  await at.goOn();
  const gotFirst = (await at.deliver(1)).map(({ addressee }) => addressee);
  const first = await at.correct(id, 'Воды не будет до четверга.');
  await at.goOn();
  at.later(MINUTE);
  const gotAny = new Set([...gotFirst, ...(await at.deliver(2)).map(({ addressee }) => addressee)]);
  const second = await at.correct(first.id, NEW);
  expect(second).toMatchObject({ people: gotAny.size, rest: 'counted', waiting: 2 });
  await at.goOn();
  for (const { addressee, text } of await at.noticesOf(second.id))
    expect(text).toBe(gotAny.has(addressee) ? 'notice-announcement-correction' : 'notice-announcement');
  expect(await at.noticesOf(second.id)).toHaveLength(4);
});

test('of one that nobody has yet the words are changed: it keeps its number, its time and its picture', async () => {
  const at = await openDesk();
  await at.resident(1);
  const drafted = await at.desk.draft(at.by(701), { target: 'all', place: '', words: 'Завтра.', picture: 'photo-1' });
  const id = drafted.outcome === 'drafted' ? drafted.id : '';
  await at.desk.send(at.by(701), id, 'завтра 12:00');
  await at.goOn();
  const corrected = await at.correct(id, NEW);
  expect(corrected).toMatchObject({ people: 0, sent: { outcome: 'changed', number: 1 } });
  await at.goOn();
  expect(await at.addressees()).toEqual([]);
  at.later(DAY);
  await at.goOn();
  expect(await at.noticesOf(id)).toMatchObject([{ text: 'notice-announcement', words: { words: NEW } }]);
  expect(await at.noticesOf(corrected.id)).toEqual([]);
  const { paper } = await at.db.selectFrom('outbox').select('paper').where('announcementId', '=', id).executeTakeFirstOrThrow();
  expect(paper).toEqual({ kind: 'picture', data: { file: 'photo-1', of: 'telegram' } });
});

test('who may not correct, and what cannot be corrected', async () => {
  const at = await openDesk();
  const { corrections, by } = at;
  await crowd(at, 9);
  const shown = { words: 'Воды не будет.', picture: null };
  for (const verb of ['open', 'send'] as const) {
    expect(await corrections[verb](by(702), 'x', shown)).toEqual({ outcome: 'senior-needed' });
    expect(await corrections[verb](by(9), 'x', shown)).toEqual({ outcome: 'not-staff' });
    for (const ref of ['', 'x', '00000000-0000-0000-0000-000000000000'])
      expect(await corrections[verb](by(701), ref, shown)).toEqual({ outcome: 'none' });
  }
  expect(await corrections.draft(by(702), { of: 'x', words: NEW, picture: null, shown })).toEqual({ outcome: 'senior-needed' });
  expect(await corrections.draft(by(701), { of: 'x', words: NEW, picture: null, shown })).toEqual({ outcome: 'none' });

  // A draft that was never sent, and one that was stopped before anybody got it.
  const draft = await at.desk.draft(by(701), { target: 'all', place: '', words: 'Слова', picture: null });
  expect(await corrections.open(by(701), draft.outcome === 'drafted' ? draft.id : '')).toEqual({ outcome: 'none' });
  const none = await at.send('all', '');
  await at.desk.stop(by(701), none.id);
  await at.goOn();
  expect(await corrections.open(by(701), none.id)).toEqual({ outcome: 'nobody', number: 1 });

  const id = await sentToAll(at, 'Воды не будет.');
  const same = { of: id, words: 'Воды не будет.', picture: null, shown };
  expect(await corrections.draft(by(701), same)).toEqual({ outcome: 'same' });
  const long = { of: id, words: 'а'.repeat(901), picture: 'photo-1', shown };
  expect(await corrections.draft(by(701), long)).toEqual({ outcome: 'too-long-for-picture' });

  // Two seniors at once: the second is told, and nobody reads two corrections of one announcement.
  const drafted = await corrections.draft(by(703), { of: id, words: 'Воды нет.', picture: null, shown });
  const theirs = drafted.outcome === 'drafted' ? drafted.id : '';
  expect(await corrections.send(by(701), theirs, shown)).toEqual({ outcome: 'none' });
  const ours = await at.correct(id, NEW);
  expect(ours.sent).toEqual({ outcome: 'sending', number: 3, corrects: 2 });
  expect(await corrections.send(by(701), ours.id, shown)).toEqual(ours.sent);
  expect(await corrections.send(by(703), theirs, shown)).toEqual({ outcome: 'corrected', number: 2, by: 3 });

  // For whom it is must be known before it is corrected in turn.
  await at.announcing.goOn();
  expect(await corrections.open(by(701), id)).toEqual({ outcome: 'not-ready', number: 3 });
  await at.goOn();
  expect(await corrections.open(by(701), id)).toMatchObject({ outcome: 'open', id: ours.id, number: 3, words: NEW });
  at.later(15 * DAY);
  expect(await corrections.open(by(701), id)).toEqual({ outcome: 'too-old', number: 3 });
});

test('any senior finds what was announced lately, in its last words, and how far it has come', async () => {
  const at = await openDesk();
  await crowd(at, 2);
  expect(await at.desk.enter(at.by(703))).toMatchObject({ outcome: 'open', sent: false });
  const id = await sentToAll(at);
  const { id: newest } = await at.correct(id, NEW);
  await at.goOn();
  await at.send('all', '', 'Касса закрыта.');
  expect(await at.desk.enter(at.by(703))).toMatchObject({ outcome: 'open', sent: true });
  const listed = await at.sent.list(at.by(703));
  expect(listed).toMatchObject({ announcements: [{ title: { number: 3 } }, { id: newest, title: { number: 2, corrects: 1 } }] });
  expect(await at.sent.look(at.by(703), id)).toMatchObject({
    outcome: 'found',
    id: newest,
    said: NEW,
    words: { number: 2, state: 'sending', waiting: 2 },
    correctable: true,
    stoppable: true,
  });
  expect(await at.sent.list(at.by(702))).toEqual({ outcome: 'senior-needed' });
  expect(await at.sent.look(at.by(702), id)).toEqual({ outcome: 'senior-needed' });
  expect(await at.sent.look(at.by(703), 'x')).toEqual({ outcome: 'none' });

  // Its announcer reads in whose place it is, and there is nothing more to correct in the former one.
  await at.board.look();
  expect(at.shown.map(({ marked }) => marked)).toEqual(
    expect.arrayContaining([expect.stringMatching(/Исправление №\s2 к объявлению №\s1 отправляется/)]),
  );
});
