import { describe, expect, test } from 'vitest';
import { closeLinksOfFormerOwners } from '../../../src/office/accounts/links.ts';
import { createSessions } from '../../../src/office/identity/sessions.ts';
import { DAY, MINUTE } from '../town.ts';
import { openRequestDesk } from './desk.ts';

const GONE = { outcome: 'gone' };
const numbers = (lines: readonly { number: number }[]) => lines.map(({ number }) => number);

test('another’s request is as if there were none', async () => {
  const desk = await openRequestDesk();
  for (const person of [1, 2]) await desk.resident(person);
  const number = await desk.opened(1);
  await desk.staffMade(number, 'closed');
  for (const person of [2, 9]) {
    for (const wanted of [number, number + 1, 0, -1, Number.NaN, 1.5, 2 ** 60]) {
      expect(await desk.requests.show(desk.by(person), wanted)).toEqual(GONE);
      expect(await desk.requests.add(desk.by(person), wanted, [desk.messagePart(person)])).toEqual(GONE);
      expect(await desk.requests.reopen(desk.by(person), wanted)).toEqual(GONE);
      expect(await desk.requests.rate(desk.by(person), wanted, 1)).toEqual(GONE);
    }
    expect(await desk.requests.list(desk.by(person))).toEqual([]);
    expect(await desk.requests.openOnes(desk.by(person))).toEqual({
      outcome: 'listed',
      open: [],
      lately: [],
      another: true,
      writesOn: null,
    });
  }
});

test('what a messenger account wrote as a guest joins the list of whoever signs in with it; signed out, only that is left', async () => {
  const desk = await openRequestDesk();
  const guests = await desk.opened(1);
  expect(numbers(await desk.requests.list(desk.by(1)))).toEqual([guests]);
  await desk.resident(1, 11);
  const own = await desk.opened(11);
  expect(numbers(await desk.requests.list(desk.by(1)))).toEqual([own, guests]);
  // The other account of the same resident did not write as a guest.
  expect(numbers(await desk.requests.list(desk.by(11)))).toEqual([own]);

  const number = await desk.opened(1);
  await desk.db.updateTable('sessions').set({ endedAt: desk.now() }).where('messengerId', '=', 'telegram:1').execute();
  expect(numbers(await desk.requests.list(desk.by(1)))).toEqual([guests]);
  expect(await desk.requests.add(desk.by(1), number, [desk.messagePart(1)])).toEqual(GONE);
  expect(numbers(await desk.requests.list(desk.by(11)))).toEqual([number, own]);
});

test('it is answered where its resident wrote last', async () => {
  const desk = await openRequestDesk();
  await desk.resident(1, 11);
  const number = await desk.opened(1);
  await desk.requests.add(desk.by(11), number, [desk.messagePart(11)]);
  expect(await desk.row(number)).toMatchObject({ messengerId: 'telegram:11' });
});

test('where the resident ended a session, nothing is answered any more: the answer comes to where it was ended', async () => {
  const desk = await openRequestDesk();
  await desk.resident(1, 11, 12);
  await desk.resident(2);
  const number = await desk.opened(11);
  const closed = await desk.opened(11);
  await desk.staffMade(closed, 'closed');
  const elsewhere = await desk.opened(12);
  const others = await desk.opened(2);
  const sessions = createSessions(desk.edges);
  const session = await desk.db
    .selectFrom('sessions')
    .select('id')
    .where('messengerId', '=', 'telegram:11')
    .executeTakeFirstOrThrow();
  expect(await sessions.end(desk.by(1), session.id)).toEqual({ outcome: 'ended' });
  const addressee = async (of: number) => (await desk.row(of)).messengerId;
  expect(await Promise.all([number, closed, elsewhere, others].map(addressee))).toEqual([
    'telegram:1',
    'telegram:1',
    'telegram:12',
    'telegram:2',
  ]);
  // Who signs out does not say that somebody else was there.
  expect(await sessions.signOut(desk.by(12))).toEqual({ outcome: 'signed-out' });
  expect(await addressee(elsewhere)).toBe('telegram:12');
});

test('where the account of an open request is linked no more, staff are told in that request alone', async () => {
  const desk = await openRequestDesk();
  for (const person of [1, 2]) await desk.resident(person);
  await desk.account('0012345', [['2026-10-10', 500_01]]);
  await desk.account('0099999', [['2026-10-10', 500_01]]);
  const mine = await desk.link(1, '0012345', { sum: 500_01 });
  const other = await desk.link(1, '0099999', { sum: 500_01 });
  const theirs = await desk.link(2, '0012345', { sum: 500_01 });
  const asked = (person: number, link: string | null) => desk.opened(person, [desk.messagePart(person, { words: '?' })], link);
  const [about, done, elsewhere, none, second] = [
    await asked(1, mine),
    await asked(1, mine),
    await asked(1, other),
    await asked(1, null),
    await asked(2, theirs),
  ];
  await desk.staffMade(done, 'closed');
  const told = ['relay ?', 'say staff-request-unlinked', 'refresh'];
  expect(await desk.links.unlink(desk.by(1), mine)).toEqual({ outcome: 'unlinked' });
  expect(await desk.deliveries(about)).toEqual(told);
  for (const number of [done, elsewhere, none, second]) expect(await desk.deliveries(number)).toEqual(['relay ?']);

  await desk.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, ['0012345'], desk.now()));
  expect(await desk.deliveries(second)).toEqual(told);
  expect(await desk.deliveries(about)).toEqual(told);
});

test('whose phone somebody else took over writes as a guest, and does not see what the resident wrote', async () => {
  const desk = await openRequestDesk();
  await desk.resident(1);
  const own = await desk.opened(1);
  await desk.db.updateTable('residents').set({ phone: null }).execute();
  expect(await desk.requests.list(desk.by(1))).toEqual([]);
  expect(await desk.requests.show(desk.by(1), own)).toEqual(GONE);
  const asGuest = await desk.opened(1);
  expect(await desk.row(asGuest)).toMatchObject({ residentId: null });
});

test('what was answered does not count to the five, whatever way a new one comes', async () => {
  const desk = await openRequestDesk();
  for (let i = 0; i < 5; i += 1) await desk.staffMade(await desk.opened(1), i === 0 ? 'taken' : 'answered');
  expect(await desk.requests.topics(desk.by(1))).toMatchObject({ outcome: 'listed' });
  expect(await desk.requests.openOnes(desk.by(1))).toMatchObject({ outcome: 'listed', another: true });
  for (let i = 0; i < 4; i += 1) await desk.opened(1);
  expect(await desk.requests.topics(desk.by(1))).toEqual({ outcome: 'enough-open', open: 5 });
  expect(await desk.requests.openOnes(desk.by(1))).toMatchObject({ outcome: 'listed', another: false });
});

test('five open at a time, twenty new ones a day', async () => {
  const desk = await openRequestDesk();
  const ask = () => desk.requests.open(desk.by(1), { topic: 'other', link: null, messageParts: [desk.messagePart(1)] });
  const first = [];
  for (let i = 0; i < 5; i += 1) first.push(await desk.opened(1));
  expect(await ask()).toEqual({ outcome: 'enough-open', open: 5 });
  expect(await desk.requests.topics(desk.by(1))).toEqual({ outcome: 'enough-open', open: 5 });
  expect(await desk.requests.topics(desk.by(2))).toMatchObject({ outcome: 'listed', askedBefore: false });

  desk.later(MINUTE);
  for (const number of first) await desk.staffMade(number, 'closed');
  for (let i = 0; i < 15; i += 1) await desk.staffMade(await desk.opened(1), 'closed');
  const enough = { outcome: 'enough-today', until: '2026-11-21T09:00:00.000Z' };
  expect(await ask()).toEqual(enough);
  expect(await desk.requests.topics(desk.by(1))).toEqual(enough);
  desk.later(DAY - MINUTE);
  expect(await ask()).toMatchObject({ outcome: 'opened' });
});

test('presses and words at the same moment pass no limit', async () => {
  const desk = await openRequestDesk();
  for (let i = 0; i < 4; i += 1) await desk.opened(1);
  const asked = await Promise.all(
    Array.from({ length: 6 }, () =>
      desk.requests.open(desk.by(1), { topic: 'other', link: null, messageParts: [desk.messagePart(1)] }),
    ),
  );
  expect(asked.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1);
  expect(asked.filter(({ outcome }) => outcome === 'enough-open')).toHaveLength(5);
});

describe('over the messenger accounts of a login', () => {
  const asked = (desk: Awaited<ReturnType<typeof openRequestDesk>>, person: number) =>
    desk.requests.open(desk.by(person), { topic: 'other', link: null, messageParts: [desk.messagePart(person)] });
  const signOut = (desk: Awaited<ReturnType<typeof openRequestDesk>>, person: number) =>
    desk.db.updateTable('sessions').set({ endedAt: desk.now() }).where('messengerId', '=', `telegram:${person}`).execute();

  test('five are open at a time, twenty new ones a day', async () => {
    const desk = await openRequestDesk();
    await desk.resident(1, 11, 12);
    await desk.resident(2);
    const first = [];
    for (const person of [1, 11, 12, 1, 11]) first.push(await desk.opened(person));
    for (const person of [1, 11, 12]) expect(await asked(desk, person)).toEqual({ outcome: 'enough-open', open: 5 });
    expect(await desk.requests.topics(desk.by(12))).toEqual({ outcome: 'enough-open', open: 5 });
    expect(await asked(desk, 2)).toMatchObject({ outcome: 'opened' });

    for (const number of first) await desk.staffMade(number, 'closed');
    for (let i = 0; i < 15; i += 1) await desk.staffMade(await desk.opened([1, 11, 12][i % 3] ?? 1), 'closed');
    for (const person of [1, 11, 12]) expect(await asked(desk, person)).toMatchObject({ outcome: 'enough-today' });
    desk.later(DAY);
    expect(await asked(desk, 12)).toMatchObject({ outcome: 'opened' });
  });

  test('who signs out has as a guest what is left of them, and the other way round', async () => {
    const desk = await openRequestDesk();
    await desk.resident(1, 11);
    for (let i = 0; i < 3; i += 1) await desk.opened(1);
    await signOut(desk, 1);
    for (let i = 0; i < 2; i += 1) await desk.opened(1);
    const enough = { outcome: 'enough-open', open: 5, elsewhere: true };
    for (const person of [1, 11]) expect(await asked(desk, person)).toEqual(enough);
    await signOut(desk, 11);
    expect(await asked(desk, 11)).toEqual(enough);
    // Of what a guest wrote before anybody's login was confirmed there nobody else hears.
    expect(await asked(desk, 9)).toMatchObject({ outcome: 'opened' });
  });

  test('two hundred messages a day', async () => {
    const desk = await openRequestDesk();
    await desk.resident(1, 11);
    const messageParts = (person: number, count: number) => Array.from({ length: count }, () => desk.messagePart(person));
    const number = await desk.opened(1, messageParts(1, 20));
    for (let i = 0; i < 9; i += 1) {
      const person = i % 2 === 0 ? 1 : 11;
      expect(await desk.requests.add(desk.by(person), number, messageParts(person, 20))).toMatchObject({ outcome: 'added' });
    }
    const enough = { outcome: 'enough-today', until: '2026-11-21T09:00:00.000Z' };
    for (const person of [1, 11])
      expect(await desk.requests.add(desk.by(person), number, messageParts(person, 1))).toEqual(enough);
    await signOut(desk, 11);
    expect(await asked(desk, 11)).toEqual(enough);
  });

  test('at the same moment they pass no limit either, and none waits for another for ever', async () => {
    const desk = await openRequestDesk();
    await desk.resident(1, 11, 12);
    // 12 writes as a guest.
    await signOut(desk, 12);
    for (let i = 0; i < 4; i += 1) await desk.opened(1);
    const outcomes = await Promise.all(Array.from({ length: 9 }, (_, i) => asked(desk, [1, 11, 12][i % 3] ?? 1)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      ...Array.from({ length: 8 }, () => 'enough-open'),
      'opened',
    ]);
  });
});

test('two hundred messages a day, edits among them', async () => {
  const desk = await openRequestDesk();
  const messageParts = (count: number) => Array.from({ length: count }, () => desk.messagePart(1));
  const number = await desk.opened(1, messageParts(20));
  for (let i = 0; i < 8; i += 1) await desk.requests.add(desk.by(1), number, messageParts(20));
  const last = desk.messagePart(1);
  desk.later(MINUTE);
  expect(await desk.requests.add(desk.by(1), number, [last, ...messageParts(18)])).toMatchObject({ outcome: 'added' });
  const until = '2026-11-21T09:00:00.000Z';
  expect(await desk.requests.add(desk.by(1), number, messageParts(2))).toEqual({ outcome: 'enough-today', until });
  expect(await desk.requests.add(desk.by(1), number, messageParts(1))).toMatchObject({ outcome: 'added' });
  // That corrections are not taken either is said once for a while.
  const refused = { outcome: 'enough-today', until };
  expect(await desk.requests.edited(desk.by(1), last.source, 'Иначе')).toEqual({ ...refused, first: true });
  expect(await desk.requests.edited(desk.by(1), last.source, 'Опять иначе')).toEqual({ ...refused, first: false });
  expect(await desk.deliveries(number)).toHaveLength(200);
  desk.later(DAY - MINUTE);
  expect(await desk.requests.edited(desk.by(1), last.source, 'Иначе')).toEqual({ outcome: 'edited' });
});

test('each edit counts as a message does', async () => {
  const desk = await openRequestDesk();
  const messagePart = desk.messagePart(1);
  const number = await desk.opened(1, [messagePart]);
  for (let n = 0; n < 199; n += 1)
    expect(await desk.requests.edited(desk.by(1), messagePart.source, `Иначе ${n}`)).toEqual({ outcome: 'edited' });
  expect(await desk.requests.edited(desk.by(1), messagePart.source, 'Ещё')).toMatchObject({ outcome: 'enough-today' });
  expect(await desk.requests.add(desk.by(1), number, [desk.messagePart(1)])).toMatchObject({ outcome: 'enough-today' });
  expect(await desk.deliveries(number)).toEqual(['relay Иначе 198', 'edit Иначе 198']);
});

test('whom staff silenced is told until when, in every messenger account of the login', async () => {
  const desk = await openRequestDesk();
  await desk.resident(1, 11);
  const number = await desk.opened(1);
  const until = new Date(desk.now().getTime() + DAY);
  await desk.silence(1, until);
  const silenced = { outcome: 'silenced', until: until.toISOString() };
  for (const person of [1, 11]) {
    expect(await desk.requests.topics(desk.by(person))).toEqual(silenced);
    expect(await desk.requests.openOnes(desk.by(person))).toEqual(silenced);
    expect(await desk.requests.add(desk.by(person), number, [desk.messagePart(person)])).toEqual(silenced);
    expect(
      await desk.requests.open(desk.by(person), { topic: 'other', link: null, messageParts: [desk.messagePart(person)] }),
    ).toEqual(silenced);
  }
  await desk.staffMade(number, 'closed');
  expect(await desk.requests.reopen(desk.by(1), number)).toEqual(silenced);
  expect(await desk.deliveries(number)).toHaveLength(1);
  desk.later(DAY);
  expect(await desk.requests.add(desk.by(1), number, [desk.messagePart(1)])).toMatchObject({ outcome: 'added' });

  await desk.silence(2, null);
  expect(await desk.requests.topics(desk.by(2))).toEqual({ outcome: 'silenced', until: null });
});
