import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Caller } from '../../../src/office/caller.ts';
import { createDesk } from '../../../src/office/staff/desk.ts';
import type { MessageRef, MessagePart } from '../../../src/office/staff/message-part.ts';
import { AT_LARGE, openMembers } from '../staff/members.ts';
import { insertDelivery } from '../../../src/records/deliveries.ts';
import { insertRequestMessage } from '../../../src/records/request-messages.ts';
import { meetAtLock } from '../../kit/at-lock.ts';
import * as make from '../../kit/make.ts';
import { openRequestDesk } from './desk.ts';

const PERSON = 1;

/** A resident with an account that somebody else has linked, too, and requests in every state; staff may silence. */
async function openBanned() {
  const at = await openRequestDesk();
  const staff = openMembers();
  const desk = createDesk({ ...at.edges, staff: staff.edge });
  const residentId = await at.resident(PERSON, 11);
  await at.resident(2);
  await at.account('0012345', [['2026-10-10', 500_01]]);
  const own = await at.link(PERSON, '0012345', { sum: 500_01 });
  const foreign = await at.link(2, '0012345', { sum: 500_01 });
  const said = at.messagePart(PERSON);
  const open = await at.opened(PERSON, [said], own);
  const closed = await at.opened(PERSON);
  await at.staffMade(closed, 'closed');
  const answer = { messengerId: `telegram:${PERSON}` };
  expect(await at.row(open)).toMatchObject(answer);
  await at.db
    .updateTable('requests')
    .set({ thread: 'telegram:-1001/5', card: 'telegram:-1001/6' })
    .where('number', '=', open)
    .execute();
  const threadRef = { thread: 'telegram:-1001/5' as MessageRef, repliesTo: null };
  return { ...at, staff, desk, residentId, own, foreign, said, open, closed, threadRef };
}
type At = Awaited<ReturnType<typeof openBanned>>;

/** Everything that a resident can do of which staff would see something in their group. */
const VERBS: readonly (readonly [string, (at: At, caller: Caller, messagePart: MessagePart) => Promise<{ outcome: string }>])[] =
  [
    [
      'opens a request',
      ({ requests }, caller, messagePart) => requests.open(caller, { topic: 'other', link: null, messageParts: [messagePart] }),
    ],
    [
      'adds words («Дополнить», plain words, a reply to an answer)',
      ({ requests, open }, caller, messagePart) => requests.add(caller, open, [messagePart]),
    ],
    [
      'adds a file',
      ({ requests, open }, caller, messagePart) =>
        requests.add(caller, open, [{ ...messagePart, kind: 'document', file: 'f', fileName: 'f.pdf' }]),
    ],
    [
      'adds an album',
      ({ requests, open }, caller, messagePart) =>
        requests.add(caller, open, [{ ...messagePart, kind: 'photo', file: 'f', album: 'telegram:1/a' }]),
    ],
    ['writes to a closed one', ({ requests, closed }, caller, messagePart) => requests.add(caller, closed, [messagePart])],
    ['edits', ({ requests, said }, caller) => requests.edited(caller, said.source, 'Вы все мошенники')],
    [
      'puts another file in place of the first',
      ({ requests, said }, caller) =>
        requests.edited(caller, said.source, said.words, { kind: 'photo', file: 'g', fileName: null, fileKey: 'g' }),
    ],
    ['reopens', ({ requests, closed }, caller) => requests.reopen(caller, closed)],
    ['rates', ({ requests, closed }, caller) => requests.rate(caller, closed, 1)],
    ['explains the rating', ({ requests, closed }, caller) => requests.rateWords(caller, closed, 'Вы все мошенники')],
    ['says «Это не я»', ({ links, foreign }, caller) => links.reportNotMe(caller, foreign)],
  ];

test.each(VERBS)('whom staff banned %s: nothing of it is on its way to staff', async (name, verb) => {
  const at = await openBanned();
  if (name === 'explains the rating') await at.requests.rate(at.by(PERSON), at.closed, 1);
  // It does something as long as staff listen.
  const before = await deliveriesToStaff(at);
  await at.desk.silence(at.staff.olga(), at.threadRef, null);
  const banned = await deliveriesToStaff(at);
  expect(before.length).toBeGreaterThanOrEqual(banned.length);
  // From any account of the login, signed in or out, and after the password was recovered in a new one.
  for (const person of [PERSON, 11]) {
    const { outcome } = await verb(at, at.by(person), at.messagePart(person));
    expect(['silenced', 'unknown', 'gone']).toContain(outcome);
    if (person === PERSON) expect(outcome).toBe('silenced');
  }
  expect(await deliveriesToStaff(at)).toEqual(banned);
  expect(await at.db.selectFrom('escalations').select('id').execute()).toEqual([]);

  // And is heard again after /unban.
  await at.desk.hear(at.staff.olga(), at.threadRef);
  expect((await verb(at, at.by(PERSON), at.messagePart(PERSON))).outcome).not.toBe('silenced');
});

const deliveriesToStaff = async ({ db }: At) =>
  (
    await db
      .selectFrom('outbox')
      .select(['id', 'kind'])
      .where('addressee', '=', 'staff')
      .where('doneAt', 'is', null)
      .orderBy('id')
      .execute()
  ).map(({ id, kind }) => `${id} ${kind}`);

test('who unlinks an account while he is banned changes its card, and says nothing in the topic', async () => {
  const at = await openBanned();
  await at.desk.silence(at.staff.olga(), at.threadRef, null);
  const before = (await at.deliveries(at.open)).length;
  await at.links.unlink(at.by(PERSON), at.own);
  expect((await at.deliveries(at.open)).slice(before)).toEqual(['refresh']);
});

test('a ban holds for the login: a new account in the messenger, and recovery, are no way round it', async () => {
  const at = await openBanned();
  await at.desk.silence(at.staff.olga(), at.threadRef, null);
  await at.db
    .updateTable('confirmedMessengers')
    .set({ messengerId: 'telegram:77' })
    .where('messengerId', '=', 'telegram:1')
    .execute();
  await at.db.updateTable('sessions').set({ messengerId: 'telegram:77' }).where('messengerId', '=', 'telegram:1').execute();
  await at.db.deleteFrom('confirmedMessengers').where('messengerId', '=', 'telegram:11').execute();
  const open = { topic: 'other', link: null, messageParts: [at.messagePart(77)] };
  expect(await at.requests.open(at.by(77), open)).toMatchObject({ outcome: 'silenced' });
  await at.desk.hear(at.staff.olga(), at.threadRef);
  expect(await at.requests.open(at.by(77), open)).toMatchObject({ outcome: 'opened' });
});

test('what of the banned person was on its way does not come: words, edits, ratings, in all of the requests, and staff are told how much', async () => {
  const at = await openBanned();
  const { requests, open, closed, said } = at;
  await requests.edited(at.by(PERSON), said.source, 'Иначе');
  await requests.rate(at.by(PERSON), closed, 1);
  await requests.rateWords(at.by(PERSON), closed, 'Вы все мошенники');
  const unseen = await at.opened(PERSON, [at.messagePart(PERSON), at.messagePart(PERSON)]);
  const anothers = await at.opened(2);

  const silenced = await at.desk.silence(at.staff.olga('ban'), at.threadRef, null);
  expect(silenced).toEqual({ outcome: 'silenced', number: open, until: null, dropped: 4 });
  expect(await at.desk.silence(at.staff.olga('ban'), at.threadRef, null)).toEqual(silenced);
  const left = await at.db
    .selectFrom('outbox as e')
    .innerJoin('requests as r', 'r.id', 'e.requestId')
    .select(['r.number', 'e.kind'])
    .where('e.doneAt', 'is', null)
    .where('e.addressee', '=', 'staff')
    .where('e.kind', '<>', 'refresh')
    .execute();
  expect(left).toEqual([{ number: anothers, kind: 'relay' }]);
  // Of one that staff never saw, nothing is left to look after.
  expect(await at.row(unseen)).toMatchObject({ state: 'closed', waitingSince: null });
  expect(await at.row(anothers)).toMatchObject({ state: 'new' });
});

test('photos of his meters that are on their way to the topic of an escalation, which is nobody’s, do not come either', async () => {
  const at = await openBanned();
  await at.db.transaction().execute(async (trx) => {
    const { id } = await make.request(trx, { kind: 'reading-refused', messengerId: null, openedAt: at.now() });
    for (const author of ['telegram:1', 'telegram:11', 'telegram:2']) {
      const messageId = await insertRequestMessage(trx, {
        requestId: id,
        side: 'resident',
        author,
        authorName: null,
        source: `${author}/photo-1`,
        album: null,
        repliesTo: null,
        file: 'f',
        fileName: null,
        kind: 'photo',
        words: '№ 77: 105,5',
        at: at.now(),
      });
      await insertDelivery(trx, { to: { staff: id }, kind: 'relay', messageId: messageId ?? 0 }, at.now());
    }
  });
  await at.desk.silence(at.staff.olga(), at.threadRef, null);
  const left = await at.db
    .selectFrom('outbox as e')
    .innerJoin('requestMessages as m', 'm.id', 'e.messageId')
    .select('m.author')
    .where('m.kind', '=', 'photo')
    .where('e.doneAt', 'is', null)
    .execute();
  expect(left).toEqual([{ author: 'telegram:2' }]);
});

test('who is no member silences nobody, and drops nothing', async () => {
  const at = await openBanned();
  const before = await deliveriesToStaff(at);
  expect(await at.desk.silence(at.staff.stranger(), at.threadRef, null)).toEqual({ outcome: 'not-staff' });
  expect(await at.desk.silence(at.staff.olga(), AT_LARGE, null)).toEqual({ outcome: 'nowhere' });
  expect(await deliveriesToStaff(at)).toEqual(before);
});

test('words that are being written while the ban is given come before it or after, and never slip through', async () => {
  const at = await openBanned();
  const writing = Array.from({ length: 12 }, () => at.requests.add(at.by(PERSON), at.open, [at.messagePart(PERSON)]));
  await Promise.all([...writing.slice(0, 6), at.desk.silence(at.staff.olga(), at.threadRef, null), ...writing.slice(6)]);
  const left = at.db.selectFrom('outbox').select('id').where('kind', '=', 'relay').where('doneAt', 'is', null);
  expect(await left.execute()).toEqual([]);
});

test('a request that is being opened while the ban is given comes before it, and is dropped with the rest', async () => {
  const at = await openBanned();
  const [opened, silenced] = await meetAtLock(
    at.db,
    (trx) => sql`lock table requests in share mode`.execute(trx),
    () => at.requests.open(at.by(PERSON), { topic: 'other', link: null, messageParts: [at.messagePart(PERSON)] }),
    () => at.desk.silence(at.staff.olga(), at.threadRef, null),
  );
  expect(opened).toMatchObject({ outcome: 'opened' });
  expect(silenced).toMatchObject({ outcome: 'silenced' });
  const left = at.db.selectFrom('outbox').select('id').where('kind', '=', 'relay').where('doneAt', 'is', null);
  expect(await left.execute()).toEqual([]);
});
