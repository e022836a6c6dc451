import { expect, test } from 'vitest';
import { deliver } from '../../../src/delivery/notices/deliver.ts';
import { telegramPace } from '../../kit/lone-outbox.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { claimOutbox, type OutboxRow } from '../../../src/records/outbox.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { MINUTE } from '../town.ts';
import { openDesk } from './announcing-desk.ts';

const STREET = 'г. Приморск-на-Миусе, ул. Портовая';

test('a house gets it, whoever has several accounts there once, in each of his messenger accounts; neighbours do not', async () => {
  const at = await openDesk();
  const ivan = await at.resident(1, 2);
  const anna = await at.resident(3);
  const neighbour = await at.resident(4);
  for (const [flat, who] of [
    ['11111', ivan],
    ['11112', ivan],
    ['11113', anna],
  ] as const)
    await at.link(who, flat, `${STREET}, д. 5, кв. ${flat}`);
  await at.link(neighbour, '22222', `${STREET}, д. 50`);
  const sent = await at.send('house', `${STREET}, д. 5`);
  expect(sent.people).toBe(3);
  await at.goOn();
  expect(await at.addressees()).toEqual(['telegram:1', 'telegram:2', 'telegram:3']);
  await at.goOn();
  expect(await at.addressees()).toHaveLength(3);

  expect((await at.send('street', STREET)).people).toBe(4);
  const listed = await at.desk.places(at.by(701), 'house', 'портовая');
  expect(listed).toEqual({
    outcome: 'found',
    more: false,
    places: [
      { title: `${STREET}, д. 5`, accounts: 3 },
      { title: `${STREET}, д. 50`, accounts: 1 },
    ],
  });
  expect(await at.desk.places(at.by(701), 'house', '%_')).toEqual({ outcome: 'found', places: [], more: false });
});

test('a house of closed accounts is found while somebody has one of them in the cabinet, and not when nobody has', async () => {
  const at = await openDesk();
  const ivan = await at.resident(1);
  const house = `${STREET}, д. 7`;
  await at.link(ivan, '11111', `${house}, кв. 1`);
  await at.db.updateTable('accounts').set({ closed: true }).execute();
  const found = async () => {
    const places = await at.desk.places(at.by(701), 'house', 'портовая 7');
    return places.outcome === 'found' ? places.places : places.outcome;
  };
  expect(await found()).toEqual([{ title: house, accounts: 1 }]);
  expect((await at.send('house', house)).people).toBe(1);
  await at.db.updateTable('links').set({ endedAt: at.now(), endedWhy: 'unlinked' }).execute();
  expect(await found()).toEqual([]);
});

test('all get it, also who has no account, in batches; several workers at once tell nobody twice', async () => {
  const at = await openDesk();
  for (let person = 1; person <= 9; person += 1) await at.resident(person);
  const { people } = await at.send('all', '');
  await Promise.all([at.goOn(), at.goOn(), at.goOn()]);
  expect(people).toBe(9);
  expect(await at.addressees()).toHaveLength(9);
});

test('«Отправить», that of a correction and «Остановить» ask the group afresh whether the senior is still in it, what comes before them does not', async () => {
  const at = await openDesk();
  await at.resident(1);
  const { id } = await at.send('all', '');
  expect(at.asked).toEqual(['telegram:701']);
  await at.correct(id, 'Воды не будет до субботы.', 703);
  expect(at.asked).toEqual(['telegram:701', 'telegram:703']);
  await at.desk.stop(at.by(701), id);
  expect(at.asked).toEqual(['telegram:701', 'telegram:703', 'telegram:701']);
});

test('«Остановить»: what is in line is not sent, what is in a worker’s hands neither; the report says how many', async () => {
  const at = await openDesk();
  for (let person = 1; person <= 6; person += 1) await at.resident(person);
  const { id } = await at.send('all', '');
  await at.goOn();
  await at.deliver(2);
  const inHand = await claimOutbox(
    at.db,
    { limit: 1, resting: [], until: new Date(at.now().getTime() + MINUTE), night: false },
    at.now(),
  );
  expect(await at.desk.stop(at.by(701), id)).toMatchObject({ outcome: 'stopped' });
  for (const notice of inHand) expect(await asOfNow(at.db, notice, at.now())).toBeUndefined();
  await at.goOn();
  // The worker that had one in hand has died: its time passes.
  expect(await at.reports()).toEqual([]);
  at.later(2 * MINUTE);
  await at.goOn();
  expect(await at.reports()).toMatchObject([
    {
      text: 'staff-announcement-over',
      words: { delivered: 2, undelivered: 0, unsent: 4, stopped: 'yes', by: 'Ольга', number: 1 },
    },
  ]);
  expect(await at.deliver(10)).toEqual([]);
  expect(await at.desk.stop(at.by(701), id)).toEqual({ outcome: 'over', number: 1 });
});

test('who stopped an announcement is in the journal, once however often it is pressed; any senior may', async () => {
  const at = await openDesk();
  for (let person = 1; person <= 3; person += 1) await at.resident(person);
  const { id } = await at.send('all', '');
  expect(await at.desk.stop(at.by(702), id)).toEqual({ outcome: 'senior-needed' });
  expect(await at.desk.stop(at.by(703), id)).toEqual({ outcome: 'stopped', number: 1 });
  expect(await at.desk.stop(at.by(703), id)).toEqual({ outcome: 'stopped', number: 1 });
  expect(await at.desk.stop(at.by(701), id)).toEqual({ outcome: 'stopped', number: 1 });
  const journal = await at.db.selectFrom('auditLog').select(['what', 'who', 'details']).orderBy('id').execute();
  expect(journal).toEqual([
    { what: 'announcements.send', who: 'telegram:701', details: { number: 1, target: 'all', place: '' } },
    { what: 'announcements.stop', who: 'telegram:703', details: { number: 1, delivered: 0, waiting: 0 } },
  ]);
});

test('what was in the worker’s hands when it was stopped, or was switched off meanwhile, was never sent: it failed nowhere', async () => {
  const at = await openDesk();
  for (const person of [1, 2, 3, 4, 5, 6]) await at.resident(person);
  const { id } = await at.send('all', '');
  await at.goOn();
  const pace = telegramPace();
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: at.now });
  const send = async (to: string) =>
    to === 'telegram:2' ? ({ outcome: 'blocked', reason: 'blocked' } as const) : ({ outcome: 'sent' } as const);
  const log = { info() {}, warn() {} };
  const asked = (notice: OutboxRow) => asOfNow(at.db, notice, at.now());
  const room = { db: at.db, clock: at.now, paceClock: at.now, pace, texts, send, log, asOfNow: asked };
  const taken = await claimOutbox(
    at.db,
    { limit: 6, resting: [], until: new Date(at.now().getTime() + MINUTE), night: false },
    at.now(),
  );
  const of = (...people: number[]) =>
    taken.filter(({ addressee }) => people.some((person) => addressee === `telegram:${person}`));
  // 1 gets it, 2 has blocked the bot, 3 has switched announcements off; the others are in hand when it is stopped.
  await at.db
    .insertInto('mutedNews')
    .columns(['residentId', 'kind'])
    .expression((e) =>
      e
        .selectFrom('residents')
        .where('login', '=', 'resident3')
        .select(['id', e.val('announcements' as const).as('kind')]),
    )
    .execute();
  for (const notice of of(1, 2, 3)) await (await deliver(room, notice)).write();
  await at.desk.stop(at.by(701), id);
  for (const notice of of(4, 5, 6)) await (await deliver(room, notice)).write();
  await at.goOn();
  expect((await at.reports()).at(-1)).toMatchObject({
    text: 'staff-announcement-over',
    words: { delivered: 1, undelivered: 1, unsent: 4, stopped: 'yes' },
  });
});

test('stopped while residents are still being gone through: nobody is put in line any more', async () => {
  const at = await openDesk();
  for (let person = 1; person <= 9; person += 1) await at.resident(person);
  const { id } = await at.send('all', '');
  await at.announcing.goOn();
  expect(await at.addressees()).toHaveLength(6);
  await at.desk.stop(at.by(701), id);
  await at.goOn();
  expect(await at.addressees()).toHaveLength(6);
  expect(await at.deliver(10)).toEqual([]);
});

test('who switched announcements off after it was put in line does not get it; who signed out reads it all the same', async () => {
  const at = await openDesk();
  const ivan = await at.resident(1);
  await at.resident(2);
  await at.send('all', '', 'Касса <закрыта> & точка.');
  await at.goOn();
  await at.db.insertInto('mutedNews').values({ residentId: ivan, kind: 'announcements' }).execute();
  await at.db.updateTable('sessions').set({ endedAt: at.now() }).where('messengerId', '=', 'telegram:2').execute();
  const rows = await at.db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .selectAll()
    .where('announcementId', 'is not', null)
    .orderBy('addressee')
    .execute();
  const said = await Promise.all(rows.map((row) => asOfNow(at.db, row, at.now())));
  expect(said[0]).toBeUndefined();
  expect(said[1]).toMatchObject({ text: 'notice-announcement', words: { words: 'Касса <закрыта> & точка.' } });
  expect(said[1]?.doors).toHaveLength(2);
  expect(rows.every(({ daytime }) => daytime)).toBe(true);
});

test('its progress is one message that is changed only where there is something new, and ends with the report', async () => {
  const at = await openDesk();
  for (let person = 1; person <= 4; person += 1) await at.resident(person);
  await at.send('all', '');
  await at.board.look();
  await at.board.look();
  await at.board.look();
  const before = at.shown.length;
  await at.board.look();
  expect(at.shown).toHaveLength(before);
  await at.deliver(1);
  await at.board.look();
  await at.deliver(10);
  await at.board.look();
  expect(at.shown.map(({ inPlace }) => inPlace)).toEqual([false, ...at.shown.slice(1).map(() => true)]);
  expect(at.shown.at(-2)).toMatchObject({ marked: expect.stringContaining('Доставлено: 1') as string, doors: 2 });
  expect(at.shown.at(-1)).toMatchObject({ marked: expect.stringContaining('Доставлено: 4') as string, doors: 1 });
  expect(await at.reports()).toHaveLength(1);
  await at.board.look();
  expect(await at.reports()).toHaveLength(1);
});

test('only seniors announce; a draft is sent once, by its own writer; forged references do nothing', async () => {
  const at = await openDesk();
  await at.resident(1);
  const draft = { target: 'all' as const, place: '', words: 'Слова', picture: null };
  for (const verb of ['enter', 'stop', 'send'] as const)
    expect(await at.desk[verb](at.by(702), 'x', null)).toEqual({ outcome: 'senior-needed' });
  expect(await at.desk.draft(at.by(702), draft)).toEqual({ outcome: 'senior-needed' });
  expect(await at.desk.places(at.by(9), 'house', 'портовая')).toEqual({ outcome: 'not-staff' });
  expect(await at.desk.draft(at.by(701), { ...draft, target: 'house', place: 'нигде, д. 1' })).toEqual({ outcome: 'nobody' });

  const drafted = await at.desk.draft(at.by(701, 'same'), draft);
  expect(await at.desk.draft(at.by(701, 'same'), draft)).toEqual(drafted);
  const id = drafted.outcome === 'drafted' ? drafted.id : '';
  await at.goOn();
  expect(await at.addressees()).toEqual([]);
  for (const ref of ['', 'x', '00000000-0000-0000-0000-000000000000']) {
    expect(await at.desk.send(at.by(701), ref, null)).toEqual({ outcome: 'none' });
    expect(await at.desk.stop(at.by(701), ref)).toEqual({ outcome: 'none' });
  }
  expect(await at.desk.stop(at.by(701), id)).toEqual({ outcome: 'none' });
  // Another senior's.
  expect(await at.desk.send(at.by(703), id, null)).toEqual({ outcome: 'none' });
  expect(await at.desk.send(at.by(701), id, null)).toEqual({ outcome: 'sending', number: 1 });
  expect(await at.desk.send(at.by(701), id, null)).toEqual({ outcome: 'sending', number: 1 });
  await at.goOn();
  expect(await at.addressees()).toEqual(['telegram:1']);
  const journal = await at.db.selectFrom('auditLog').select(['what', 'name']).execute();
  expect(journal).toEqual([{ what: 'announcements.send', name: 'Ольга' }]);
});

test('an announcement that cannot be shown to its sender now hides no other one', async () => {
  const at = await openDesk();
  const ivan = await at.resident(1);
  await at.link(ivan, '11111', `${STREET}, д. 5`);
  await at.send('all', '');
  await at.send('street', STREET);
  at.fault.at = /№\s1 /;
  await at.board.look();
  expect(at.shown).toEqual([expect.objectContaining({ marked: expect.stringMatching(/№\s2 /) })]);
  at.fault.at = undefined;
  await at.board.look();
  expect(at.shown).toContainEqual(expect.objectContaining({ marked: expect.stringMatching(/№\s1 /) }));
});

test('one that is put off goes out at its time and not before, with its picture, to who is there then; stopped before, to nobody', async () => {
  const at = await openDesk();
  const first = await at.resident(704);
  await at.link(first, '0012345', `${STREET}, д. 5`);
  const plan = async (when: string) => {
    const drafted = await at.desk.draft(at.by(701), { target: 'all', place: '', words: 'Завтра.', picture: 'photo-1' });
    if (drafted.outcome !== 'drafted') throw new Error(drafted.outcome);
    return { id: drafted.id, sent: await at.desk.send(at.by(701), drafted.id, when) };
  };
  expect((await plan('вчера')).sent).toEqual({ outcome: 'unclear' });
  const { id, sent } = await plan('завтра 12:00');
  expect(sent).toMatchObject({ outcome: 'planned', number: 1 });
  await at.goOn();
  expect(await at.addressees()).toEqual([]);
  at.later(30 * 60 * MINUTE);
  await at.resident(705);
  await at.goOn();
  expect(await at.addressees()).toHaveLength(2);
  const rows = await at.db.selectFrom('outbox').select(['paper', 'text']).where('announcementId', '=', id).execute();
  expect(rows.map(({ paper }) => paper)).toEqual(
    [0, 1].map(() => ({ kind: 'picture', data: { file: 'photo-1', of: 'telegram' } })),
  );

  const other = await plan('завтра 12:00');
  await at.desk.stop(at.by(703), other.id);
  at.later(30 * 60 * MINUTE);
  await at.goOn();
  expect(await at.addressees()).toHaveLength(2);
  const long = { target: 'all' as const, place: '', words: 'а'.repeat(901), picture: 'photo-1' };
  expect(await at.desk.draft(at.by(701), long)).toEqual({ outcome: 'too-long-for-picture' });
});
