import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { METER_ZONES } from '../../../src/domain/meter-scale.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { forgetReadingsOfSubmitter } from '../../../src/office/readings/own-readings.ts';
import { USUAL_READING_RULES } from '../../../src/office/readings/reading-answers.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import type { NoticeArgs } from '../../../src/records/notices.ts';
import { listCards } from '../../kit/cards.ts';
import { DESK_NOW, type Desk, openDesk } from './desk.ts';
import * as make from '../../kit/make.ts';

const HEADER = 'ЛС;Номер счетчика;Шкала;Показание;Дата;Результат;Причина';
let desk: Desk;
let link: string;

/** Ivan (signed in as `telegram:1`) and a guest (`telegram:9`) have handed in for `0010001`; it went out as export 1. */
beforeEach(async () => {
  desk = await openDesk();
  const { db } = desk;
  const at = new Date('2026-11-01T09:00:00Z');
  await make.account(db, { number: '0010001', ownerName: 'Иванов Иван', address: 'ул. Лесная, д. 1' });
  const resident = await make.resident(db, { login: 'ivan', phone: '+79123456789', registeredAt: at });
  await make.session(db, { residentId: resident, messengerId: 'telegram:1', openedAt: at, seenAt: at });
  const linked = { residentId: resident, account: '0010001', way: 'sum' as const, linkedAt: at };
  link = await make.link(db, linked);
  const row = { account: '0010001', scale: '', service: 'Вода', windowOpens: '2026-10-20', day: '2026-10-21', takenAt: at };
  await make.reading(
    db,
    { ...row, number: '77', submittedBy: 'resident', residentId: resident, value: '105.5' },
    { ...row, number: '78', scale: 'день', submittedBy: 'resident', residentId: resident, value: '9' },
    { ...row, number: '79', submittedBy: 'telegram:9', residentId: null, value: '12' },
  );
  const meter = { account: '0010001', service: 'Вода', value: null };
  await make.meter(db, { ...meter, number: '77' }, { ...meter, number: '78', scale: 'день' }, { ...meter, number: '79' });
  await goOut();
});
afterEach(() => desk.close());

const goOut = () =>
  exportNew({ db: desk.db, clock: () => new Date('2026-11-01T10:00:00Z') }, READINGS_OUT, async () => undefined);
const states = async () =>
  (await desk.db.selectFrom('readings').select(['number', 'state', 'reason']).orderBy('number').execute()).map(
    ({ number, state, reason }) => `${number} ${state}${reason === null ? '' : `: ${reason}`}`,
  );
const notices = async () =>
  (
    await desk.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .select(['addressee', 'text', 'words', 'doors', 'daytime'])
      .orderBy('id')
      .execute()
  ).map(({ words, ...notice }) => ({
    ...notice,
    words: Object.fromEntries(Object.entries(words).filter(([name]) => name !== 'readings')),
  }));

test('who has signed out, or has not the account any more, by the time he is told, is told as such', async () => {
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;принято;', '0010001;78;день;9;21.10.2026;Отклонено;счётчик заменён']);
  const now = new Date('2026-11-02T06:00:00Z');
  const said = async () => {
    const rows = await desk.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .selectAll()
      .where('addressee', '=', 'telegram:1')
      .orderBy('id')
      .execute();
    const asked = await Promise.all(rows.map((row) => asOfNow(desk.db, row, now)));
    return asked.map(
      (one) => one && [one.text, Object.keys(one.words).length, one.doors.map((door) => 'dialog' in door && door.dialog)],
    );
  };
  const [accepted, refused] = await said();
  expect([accepted?.[0], refused?.[0]]).toEqual(['notice-readings-accepted', 'notice-readings-refused']);
  await desk.db.updateTable('sessions').set({ endedAt: now }).execute();
  expect(await said()).toEqual([
    ['notice-readings-accepted-signed-out', 0, ['sign-in']],
    ['notice-readings-refused-signed-out', 0, ['sign-in']],
  ]);
  await desk.db.updateTable('links').set({ endedAt: now, endedWhy: 'unlinked' }).execute();
  expect(await said()).toEqual([undefined, undefined]);
});

test('who handed in is told what billing took and what it refused; staff of what it refused', async () => {
  expect(
    await desk.counts([
      HEADER,
      '0010001;77;;105,5;21.10.2026;принято;',
      '0010001;78;день;9;21.10.2026;Отклонено;счётчик заменён',
      '0010001;79;;12;25.10.2026;принято;',
    ]),
  ).toBe('3 0 0 0');
  expect(await states()).toEqual(['77 accepted', '78 refused: счётчик заменён', '79 accepted']);
  expect(await listCards(desk.db)).toMatchObject([
    { text: 'staff-reading-refused', words: { account: '0010001', readings: 1, reasons: 'счётчик заменён', repeats: 0 } },
  ]);
  const line = (words: object) => [{ text: 'notice-reading', words: expect.objectContaining(words) as object }];
  expect(await notices()).toEqual([
    {
      addressee: 'telegram:1',
      text: 'notice-readings-accepted',
      words: { account: '0010001', count: 1, lines: line({ service: 'Вода', explained: 'no' }) },
      doors: [{ label: 'button-my-readings', dialog: 'my-readings', ref: link }],
      daytime: true,
    },
    {
      addressee: 'telegram:1',
      text: 'notice-readings-refused',
      words: { account: '0010001', count: 1, lines: line({ scale: 'день', reason: 'счётчик заменён' }) },
      doors: [
        { label: 'button-readings', dialog: 'readings', ref: link },
        { label: 'button-my-readings', dialog: 'my-readings', ref: link },
      ],
      daytime: true,
    },
    {
      addressee: 'telegram:9',
      text: 'notice-readings-accepted',
      words: { account: '0010001', count: 1, lines: line({ service: 'Вода' }) },
      doors: [],
      daytime: true,
    },
  ]);
});

test.each([
  { what: 'the usual', meterZones: METER_ZONES, told: ['пик', 'ночь', 'полупик'] },
  {
    what: 'the operator’s',
    meterZones: ['ночь', 'полупик', 'пик'].map((scale, i) => ({ scale, display: `Т${i + 1}` })),
    told: ['ночь', 'полупик', 'пик'],
  },
])('zones of a meter are told of in $what order', async ({ meterZones, told }) => {
  const { db } = desk;
  const at = new Date('2026-11-01T09:00:00Z');
  const row = { account: '0010001', number: '80', service: 'Свет', windowOpens: '2026-10-20', day: '2026-10-21', takenAt: at };
  const { residentId } = await db.selectFrom('links').select('residentId').where('id', '=', link).executeTakeFirstOrThrow();
  const scales = ['ночь', 'пик', 'полупик'];
  const submitted = { ...row, submittedBy: 'resident', residentId, value: '5' };
  await make.reading(db, ...scales.map((scale) => ({ ...submitted, scale })));
  await goOut();
  await desk.take([HEADER, ...scales.map((scale) => `0010001;80;${scale};5;21.10.2026;принято;`)], {
    readingRules: { ...USUAL_READING_RULES, meterZones },
  });
  const [notice] = await notices();
  expect(notice?.words).toMatchObject({ count: told.length, lines: told.map((scale) => ({ words: { scale } })) });
});

const AGAIN = { text: 'notice-readings-refused', next: 'readings' };
const LATE = { text: 'notice-readings-refused-late', next: 'request' };
test.each([
  { what: 'while the next window is open', now: '2026-11-25T09:00:00Z', told: AGAIN },
  { what: 'within the days after its window', now: '2026-10-28T09:00:00Z', told: AGAIN },
  { what: 'after those days, in the next month', now: '2026-11-27T09:00:00Z', told: LATE },
  { what: 'where the meter was replaced', now: '2026-10-28T09:00:00Z', instead: '88', told: AGAIN },
  { what: 'where it was replaced, and a window is open', now: '2026-11-25T09:00:00Z', instead: '88', told: AGAIN },
  { what: 'where it is gone', now: '2026-10-28T09:00:00Z', instead: null, told: LATE },
  { what: 'where what is there was read in that window', now: '2026-10-28T09:00:00Z', instead: '77', told: LATE },
  { what: 'where the days of the window are others by now', now: '2026-10-28T09:00:00Z', from: 15, told: LATE },
  { what: 'where the account is closed', now: '2026-10-28T09:00:00Z', closed: true, told: LATE },
])('a refusal $what leads where something can be done', async ({ now, instead, from = 20, closed = false, told }) => {
  const { db } = desk;
  if (instead !== undefined) {
    await db.deleteFrom('meters').execute();
    const meter = { account: '0010001', number: instead ?? '99', service: instead === null ? 'Тепло' : 'Вода', value: null };
    await make.meter(db, meter);
  }
  await db.updateTable('accounts').set({ closed }).execute();
  await desk.take([HEADER, '0010001;78;день;9;21.10.2026;Отклонено;счётчик заменён'], {
    now: new Date(now),
    readingRules: { ...USUAL_READING_RULES, readingsWindow: { from, to: 25 } },
  });
  const [{ text, doors } = { text: '', doors: [] }] = await notices();
  expect({ text, next: doors[0] && 'dialog' in doors[0] && doors[0].dialog }).toEqual(told);
});

test('all who have the account are told, whoever handed in', async () => {
  const at = new Date('2026-11-01T09:00:00Z');
  const other = await make.resident(desk.db, { login: 'anna', phone: '+79123456780', registeredAt: at });
  await make.session(desk.db, { residentId: other, messengerId: 'telegram:2', openedAt: at, seenAt: at });
  const theirs = await make.link(desk.db, { residentId: other, account: '0010001', way: 'sum' as const, linkedAt: at });
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;принято;', '0010001;78;день;9;21.10.2026;Отклонено;счётчик заменён']);
  const told = (await notices()).map(({ addressee, text, doors }) => [
    addressee,
    text,
    doors.map((door) => 'ref' in door && door.ref),
  ]);
  expect(told).toContainEqual(['telegram:1', 'notice-readings-accepted', [link]]);
  expect(told).toContainEqual(['telegram:2', 'notice-readings-accepted', [theirs]]);
  expect(told).toContainEqual(['telegram:2', 'notice-readings-refused', [theirs, theirs]]);
  expect(told).toHaveLength(4);
});

test('photos that stand with a refused reading go to staff below its card, each once', async () => {
  const { id: readingId } = await desk.db
    .selectFrom('readings')
    .select('id')
    .where('number', '=', '77')
    .executeTakeFirstOrThrow();
  await desk.db
    .insertInto('readingPhotos')
    .values({ readingId, file: 'handle', uniqueFile: 'unique', messengerId: 'telegram:1', addedAt: new Date() })
    .execute();
  const shown = async () =>
    desk.db
      .selectFrom('outbox')
      .innerJoin('requestMessages as m', 'm.id', 'outbox.messageId')
      .select(['outbox.addressee', 'outbox.kind', 'm.kind as what', 'm.words', 'm.file'])
      .execute();
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;отклонено;нечитаемо']);
  expect(await shown()).toEqual([{ addressee: 'staff', kind: 'relay', what: 'photo', words: '№ 77: 105,5', file: 'handle' }]);
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;отклонено;совсем нечитаемо']);
  expect(await shown()).toHaveLength(1);

  // With the consent they go.
  await desk.db
    .transaction()
    .execute(async (trx) =>
      forgetReadingsOfSubmitter(trx, { residentId: (await residentOf()).id, messengerIds: ['telegram:1'], now: new Date() }),
    );
  expect(JSON.stringify(await desk.db.selectFrom('requestMessages').selectAll().execute())).not.toMatch(
    /handle|unique|telegram:1/,
  );
  expect((await shown()).map(({ kind }) => kind)).toContain('withdraw');
});

test('photos of whom staff do not listen to by now stay where they are, of whichever account of his they came', async () => {
  const { db } = desk;
  const readings = await db.selectFrom('readings').select(['id', 'number']).orderBy('number').execute();
  const photo = (number: string, messengerId: string) => ({
    readingId: readings.find((each) => each.number === number)?.id ?? '',
    file: `of ${messengerId}`,
    uniqueFile: `of ${messengerId}`,
    messengerId,
    addedAt: new Date(),
  });
  await db
    .insertInto('readingPhotos')
    .values([photo('77', 'telegram:1'), photo('77', 'telegram:11'), photo('79', 'telegram:9'), photo('79', 'telegram:10')])
    .execute();
  const silence = { until: null, by: 'telegram:801', at: new Date() };
  await db
    .insertInto('silenced')
    .values([
      { messengerId: `resident:${(await residentOf()).id}`, ...silence },
      { messengerId: 'telegram:9', ...silence },
    ])
    .execute();
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;отклонено;нет', '0010001;79;;12;21.10.2026;отклонено;нет']);
  expect(await db.selectFrom('requestMessages').select('file').execute()).toEqual([{ file: 'of telegram:10' }]);
});

test('the same file again changes nothing and tells nobody; another answer does', async () => {
  const file = [HEADER, '0010001;77;;105,5;21.10.2026;принято;'];
  await desk.counts(file);
  const before = await notices();
  expect(await desk.counts(file)).toBe('0 0 1 0');
  expect(await notices()).toEqual(before);
  expect(await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;отклонено;'])).toBe('0 1 0 0');
  expect(await states()).toContain('77 refused');
  expect((await notices()).map(({ text }) => text)).toEqual(['notice-readings-refused']);
  expect((await listCards(desk.db)).map(({ text }) => text)).toEqual(['staff-reading-refused']);
});

test('rows that answer nothing that went out are refused with the reason', async () => {
  const report = await desk.take([
    'ЛС;Номер счетчика;Показание;Дата;Результат',
    '0010001;77;105,5;20.10.2026;принято',
    '0010001;77;106;21.10.2026;принято',
    '0010001;78;9;21.10.2026;принято',
    '0010009;77;105,5;21.10.2026;принято',
    '0010001;77;105,5;21.10.2026;возможно',
    '0010001;77;105,5;21.10.2026;принято',
  ]);
  expect(report).toMatchObject({ kind: 'reading_answers', read: 6, new: 1, refused: 5 });
  const reasons = (await desk.refused()).slice(1).map((row) => row.split(';').at(-1));
  expect(reasons).toEqual([
    ...Array.from({ length: 3 }, () => expect.stringContaining('такое показание не выгружалось') as string),
    expect.stringContaining('лицевой счёт 0010009 не найден') as string,
    expect.stringContaining('нужно «принято» или «отклонено»') as string,
  ]);
  expect(await states()).toEqual(['77 accepted', '78 exported', '79 exported']);
});

test('what went out and came back with an answer beside it is an answer', async () => {
  expect(
    await desk.counts([
      'ЛС;Номер счетчика;Услуга;Шкала;Показание;Дата;Источник;Результат',
      '0010001;78;Вода;день;9;21.10.2026;житель;учтено',
    ]),
  ).toBe('1 0 0 0');
  expect(await states()).toContain('78 accepted');
});

test('a reading that was corrected after it went out waits for the answer on its own value', async () => {
  await desk.db
    .updateTable('readings')
    .set({ value: '106', day: '2026-10-23', state: 'taken' })
    .where('number', '=', '77')
    .execute();
  const old = '0010001;77;;105,5;21.10.2026;отклонено;опечатка';
  expect(await desk.counts([HEADER, old])).toBe('1 0 0 0');
  expect(await states()).toContain('77 taken');
  expect(await notices()).toEqual([]);
  await goOut();
  await desk.counts([HEADER, old, '0010001;77;;106;23.10.2026;принято;']);
  expect(await states()).toContain('77 accepted');
  expect((await notices()).map(({ text }) => text)).toEqual(['notice-readings-accepted']);
});

test('a reading that was handed in again after a refusal waits for a word on that, whatever more is said of the first time', async () => {
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;отклонено;нечитаемо']);
  expect(await states()).toContain('77 refused: нечитаемо');
  const told = await notices();
  // The same value on a later day, as the resident insists on it.
  await desk.db
    .updateTable('readings')
    .set({ day: '2026-10-23', state: 'taken', reason: null })
    .where('number', '=', '77')
    .execute();
  expect(await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;отклонено;нет фото'])).toBe('0 1 0 0');
  expect(await states()).toContain('77 taken');
  expect(await notices()).toEqual(told);
  await goOut();
  await desk.counts([HEADER, '0010001;77;;105,5;23.10.2026;принято;']);
  expect(await states()).toContain('77 accepted');
});

test('who has unlinked the account is told nothing; who has signed out, without figures', async () => {
  await make.confirmedMessenger(desk.db, {
    residentId: (await residentOf()).id,
    messengerId: 'telegram:1',
    confirmedAt: new Date(),
  });
  await desk.db.deleteFrom('sessions').execute();
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;принято;']);
  expect(await notices()).toMatchObject([{ addressee: 'telegram:1', text: 'notice-readings-accepted-signed-out', words: {} }]);
  await desk.db.updateTable('links').set({ endedAt: new Date(), endedWhy: 'unlinked' }).execute();
  await desk.counts([HEADER, '0010001;78;день;9;21.10.2026;принято;']);
  expect(await notices()).toHaveLength(1);
  expect(await states()).toContain('78 accepted');
});

test('whose phone was taken by somebody else is told nothing', async () => {
  await desk.db.updateTable('residents').set({ phone: null }).execute();
  await desk.counts([HEADER, '0010001;77;;105,5;21.10.2026;принято;']);
  expect(await notices()).toEqual([]);
  expect(await states()).toContain('77 accepted');
});

const residentOf = () => desk.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();

test('of many refused accounts staff are told in one sentence', async () => {
  const numbers = Array.from({ length: 13 }, (_, i) => `00200${10 + i}`);
  await make.account(desk.db, ...numbers.map((number) => ({ number, ownerName: 'И', address: 'а, 1' })));
  const row = {
    number: '1',
    scale: '',
    service: 'Вода',
    windowOpens: '2026-10-20',
    day: '2026-10-21',
    takenAt: new Date('2026-10-21'),
  };
  await make.reading(
    desk.db,
    ...numbers.map((account) => ({ ...row, account, submittedBy: 'resident', residentId: null, value: '1' })),
  );
  await goOut();
  await desk.counts([HEADER, ...numbers.map((number) => `${number};1;;1;21.10.2026;отклонено;опечатка`)]);
  const told = await listCards(desk.db);
  expect(told.map(({ text }) => text)).toEqual([
    ...Array.from({ length: 10 }, () => 'staff-reading-refused'),
    'staff-readings-refused-more',
  ]);
  expect(told.at(-1)?.words).toMatchObject({ accounts: 3 });
});

describe('what waits for the morning is judged as it is by then', () => {
  const at = (minutes: number) => new Date(DESK_NOW.getTime() + minutes * 60_000);
  const sentTo = (addressee: string) =>
    desk.db
      .updateTable('outbox')
      .where('kind', '=', 'notice')
      .where('addressee', '=', addressee)
      .set({ doneAt: at(0), words: '{}', doors: '[]' })
      .execute();
  const zonesOf = ({ lines }: NoticeArgs) =>
    Array.isArray(lines) ? lines.map((line) => (typeof line === 'object' ? line.words?.scale || '—' : '')).join(' ') : '';
  const told = async () =>
    (await notices()).map(({ addressee, text, words }) =>
      [addressee, text.replace('notice-readings-', ''), zonesOf(words)].join(' ').trim(),
    );
  const refused = (number: number, rest: string) => `0010001;${number};${rest};21.10.2026;отклонено;опечатка`;
  const accepted = (number: number, rest: string) => `0010001;${number};${rest};21.10.2026;принято;`;

  test('refused and then accepted: who was not told yet hears the last word alone, who was hears it as a correction', async () => {
    const residentId = await make.resident(desk.db, { login: 'anna', phone: '+79123456780', registeredAt: at(0) });
    await make.session(desk.db, { residentId, messengerId: 'telegram:2', openedAt: at(0), seenAt: at(0) });
    await make.link(desk.db, { residentId, account: '0010001', way: 'sum' as const, linkedAt: at(0) });
    await desk.take([HEADER, refused(77, ';105,5'), refused(79, ';12')], { now: at(0) });
    await sentTo('telegram:2');
    await desk.take([HEADER, accepted(77, ';105,5'), accepted(79, ';12')], { now: at(60) });
    expect((await told()).toSorted()).toEqual([
      'telegram:1 accepted —',
      'telegram:2 accepted —',
      'telegram:2 refused',
      'telegram:9 accepted —',
    ]);
  });

  test('what was told in one message with it is told still', async () => {
    await desk.take([HEADER, refused(77, ';105,5'), refused(78, 'день;9')], { now: at(0) });
    expect(await told()).toEqual(['telegram:1 refused — день']);
    await desk.take([HEADER, accepted(77, ';105,5')], { now: at(60) });
    expect(await told()).toEqual(['telegram:1 accepted —', 'telegram:1 refused день']);
  });

  test('who is signed out hears one word, too', async () => {
    const { id: residentId } = await residentOf();
    await make.confirmedMessenger(desk.db, { residentId, messengerId: 'telegram:1', confirmedAt: at(0) });
    await desk.db.deleteFrom('sessions').execute();
    await desk.take([HEADER, refused(77, ';105,5')], { now: at(0) });
    await desk.take([HEADER, accepted(77, ';105,5')], { now: at(60) });
    expect(await told()).toEqual(['telegram:1 accepted-signed-out']);
  });

  test('the last word is undone: the one before it is told, and nothing of what is undone as well', async () => {
    const undo = (number: number | null) =>
      desk.db.transaction().execute((trx) =>
        undoRegistryImport(trx, number ?? 0, {
          now: at(90),
          timeZone: 'Europe/Moscow',
          by: { who: 'command line', name: 'operator' },
        }),
      );
    const first = await desk.take([HEADER, refused(77, ';105,5'), refused(78, 'день;9')], { now: at(0) });
    const second = await desk.take([HEADER, accepted(77, ';105,5')], { now: at(60) });
    expect(await undo(second.number)).toMatchObject({ outcome: 'undone' });
    const ofResident = async () => (await told()).filter((line) => line.startsWith('telegram:1'));
    expect((await ofResident()).toSorted()).toEqual(['telegram:1 refused день', 'telegram:1 refused —']);
    expect(await undo(first.number)).toMatchObject({ outcome: 'undone' });
    expect(await ofResident()).toEqual([]);
  });
});
