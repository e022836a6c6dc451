import { afterEach, beforeEach, expect, test } from 'vitest';
import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import { shownText } from '../../../src/texts/markup.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { DESK_NOW, type Desk, openDesk } from './desk.ts';
import * as make from '../../kit/make.ts';

const AT = new Date('2026-11-01T09:00:00Z');
const METERS = 'ЛС;Номер счетчика;Услуга;Шкала;Показание;Дата показания';
const ACCOUNTS = 'ЛС;ФИО;Адрес;Закрыт';
let desk: Desk;

/** Two residents have `0010001`, a third one `0010002`; of a meter of each a reading is on its way. */
beforeEach(async () => {
  desk = await openDesk();
  const { db } = desk;
  await make.account(db, { number: '0010001', ownerName: 'Иванов Иван', address: 'ул. Лесная, д. 1' });
  await make.account(db, { number: '0010002', ownerName: 'Петров Пётр', address: 'ул. Лесная, д. 2' });
  for (const [person, account] of [
    [1, '0010001'],
    [2, '0010001'],
    [3, '0010002'],
  ] as const) {
    const residentId = await make.resident(db, { login: `login${person}`, phone: `+7912345678${person}`, registeredAt: AT });
    await make.session(db, { residentId, messengerId: `telegram:${person}`, openedAt: AT, seenAt: AT });
    await make.link(db, { residentId, account, way: 'sum' as const, linkedAt: AT });
    if (person === 2) continue;
    const row = { account, scale: '', service: 'Вода', windowOpens: '2026-10-20', day: '2026-10-21', takenAt: AT };
    await make.reading(db, {
      ...row,
      number: '77',
      submittedBy: 'resident',
      residentId,
      value: '105.5',
      state: 'exported' as const,
    });
  }
  await desk.counts([METERS, '0010001;77;Вода;;100;01.10.2026', '0010002;77;Вода;;100;01.10.2026']);
});
afterEach(() => desk.close());

const told = async () =>
  (
    await desk.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .select(['addressee', 'text', 'words'])
      .orderBy('addressee')
      .execute()
  ).map(({ addressee, text, words }) => `${addressee} ${text} ${JSON.stringify(words)}`);

test('a meter that is replaced while its reading is on its way is told to all who have the account, once', async () => {
  const file = [METERS, '0010001;88;Вода;;0;01.11.2026', '0010002;77;Вода;;100;01.10.2026'];
  await desk.counts(file);
  const heard = (await told()).map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(heard).toEqual(['telegram:1 notice-meter-replaced', 'telegram:2 notice-meter-replaced']);
  for (const each of [/"number":"77"/, /"values":"105,5\sм³"/]) expect((await told())[0]).toMatch(each);
  await desk.counts(file);
  expect(await told()).toHaveLength(2);
});

test('readings of the zones of a meter that is replaced are told in the words and the order of its display', async () => {
  const { db } = desk;
  const { residentId } = await db
    .selectFrom('readings')
    .select('residentId')
    .where('account', '=', '0010001')
    .executeTakeFirstOrThrow();
  const row = { account: '0010001', number: '78', service: 'Электроснабжение', windowOpens: '2026-10-20', day: '2026-10-21' };
  const on = { ...row, takenAt: AT, submittedBy: 'resident', residentId, state: 'exported' as const };
  await make.reading(
    db,
    { ...on, scale: 'ночь', value: '22' },
    { ...on, scale: 'пик', value: '11' },
    { ...on, scale: 'полупик', value: '33' },
  );
  await desk.counts([METERS, '0010001;77;Вода;;100;01.11.2026', '0010002;77;Вода;;100;01.10.2026']);
  const notice = await db
    .selectFrom('outbox')
    .where('key', 'like', 'meter-replaced/0010001/78/%')
    .select(['text', 'words'])
    .executeTakeFirstOrThrow();
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: () => DESK_NOW });
  const said = shownText(texts.text(notice.text, notice.words, { marked: true }));
  expect(said.replace(/\s/g, ' ')).toContain(
    'переданы, уйдут в расчёт как последние: • Т1 (пик): 11 кВт·ч • Т2 (ночь): 22 кВт·ч • Т3 (полупик): 33 кВт·ч ',
  );
});

test('a meter that was replaced by mistake is told to be there again to whoever heard of it, and may be told to be replaced again', async () => {
  const heard = async () => (await told()).map((line) => line.split(' ').slice(0, 2).join(' '));
  const replaced = [METERS, '0010001;88;Вода;;0;01.11.2026', '0010002;77;Вода;;100;01.10.2026'];
  const undo = async (number: number | null) =>
    desk.db.transaction().execute((trx) =>
      undoRegistryImport(trx, number ?? 0, {
        now: DESK_NOW,
        timeZone: 'Europe/Moscow',
        by: { who: 'command line', name: 'operator' },
      }),
    );
  const { number } = await desk.take(replaced);
  // One of the two has it, of the other it still waits.
  await desk.db
    .updateTable('outbox')
    .where('addressee', '=', 'telegram:1')
    .set({ doneAt: DESK_NOW, words: '{}', doors: '[]' })
    .execute();
  expect(await undo(number)).toMatchObject({ outcome: 'undone' });
  const residents = async () => (await heard()).filter((line) => line.startsWith('telegram:'));
  expect(await residents()).toEqual(['telegram:1 notice-meter-back']);
  expect((await told()).find((line) => line.startsWith('telegram:1'))).toContain('"number":"77"');
  await desk.take(replaced);
  expect((await residents()).toSorted()).toEqual([
    'telegram:1 notice-meter-back',
    'telegram:1 notice-meter-replaced',
    'telegram:2 notice-meter-replaced',
  ]);
});

test('an account that is closed is told to all who have it, and no other', async () => {
  await desk.counts([ACCOUNTS, '0010001;Иванов Иван;ул. Лесная, д. 1;да', '0010002;Петров Пётр;ул. Лесная, д. 2;']);
  expect((await told()).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'telegram:1 notice-account-closed',
    'telegram:2 notice-account-closed',
  ]);
  await desk.counts([ACCOUNTS, '0010001;Иванов Иван;ул. Лесная, д. 1;да']);
  expect(await told()).toHaveLength(2);
});

const sentTo = (addressee: string) =>
  desk.db
    .updateTable('outbox')
    .where('addressee', '=', addressee)
    .where('doneAt', 'is', null)
    .set({ doneAt: DESK_NOW, words: '{}', doors: '[]' })
    .execute();
const heard = async () => (await told()).map((line) => line.split(' ').slice(0, 2).join(' ')).toSorted();

test('closed by one file and open in the next: who was not told yet hears neither, who was hears that it is open again', async () => {
  const of = (closed: string) => [ACCOUNTS, `0010001;Иванов Иван;ул. Лесная, д. 1;${closed}`];
  await desk.counts(of('да'));
  await sentTo('telegram:1');
  await desk.counts(of(''));
  expect(await heard()).toEqual(['telegram:1 notice-account-closed', 'telegram:1 notice-account-reopened']);
  await desk.counts(of(''));
  expect(await heard()).toHaveLength(2);
});

test('a meter that one file left out and the next one has: who was not told yet hears neither, who was hears that it is there', async () => {
  const other = '0010002;77;Вода;;100;01.10.2026';
  await desk.counts([METERS, '0010001;88;Вода;;0;01.11.2026', other]);
  await sentTo('telegram:1');
  const both = [METERS, '0010001;77;Вода;;100;01.10.2026', '0010001;88;Вода;;0;01.11.2026', other];
  await desk.counts(both);
  expect(await heard()).toEqual(['telegram:1 notice-meter-back']);
  await desk.counts(both);
  expect(await heard()).toHaveLength(1);
});
