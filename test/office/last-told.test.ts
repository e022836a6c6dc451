import { expect, test } from 'vitest';
import type { Caller } from '../../src/office/caller.ts';
import { maskToldLine } from '../../src/office/identity/mask-told.ts';
import { createResidents } from '../../src/office/identity/residents.ts';
import { createLastTold, forgetWhatWasTold } from '../../src/office/last-told.ts';
import { createCanned } from '../../src/office/staff/canned.ts';
import { findLastTold } from '../../src/records/last-told.ts';
import type { NoticeArgs } from '../../src/records/notices.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { OFFICE_SETTINGS } from '../kit/office-settings.ts';
import { openRequestDesk } from './requests/desk.ts';

const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });

async function openDesk() {
  const desk = await openRequestDesk();
  const lastTold = createLastTold(desk.edges);
  const residents = createResidents({ ...desk.edges, settings: OFFICE_SETTINGS });
  const note = (caller: Caller, words: NoticeArgs, say: (words: NoticeArgs) => string) =>
    lastTold.note(caller, 'letter', words, say, async () => (await residents.visitor(caller)).accounts);
  return {
    ...desk,
    told: (person: number, words: string) => note(desk.by(person), {}, () => words),
    /** The last told of a person, after a text with these words. */
    async after(person: number, text: string, words: NoticeArgs): Promise<string> {
      await note(desk.by(person), words, (said) => texts.text(text, said));
      return (await findLastTold(desk.db, `telegram:${person}`))?.words ?? '';
    },
  };
}

test('a request remembers who asks and what the bot had told last, cut and with telephones masked', async () => {
  const { told, requests, by, messagePart, row } = await openDesk();
  await told(7, 'Первое');
  await told(7, `Код отправлен на\n +7 912 345-67-89. ${'о'.repeat(400)}`);
  await told(8, 'Чужое');
  const opened = await requests.open(
    { ...by(7), name: 'Иван Петров' },
    { topic: 'charges', link: null, messageParts: [messagePart(7)] },
  );
  const { words, called } = await row('number' in opened ? opened.number : 0);
  expect(words).toMatchObject({ told: expect.stringMatching(/^Код отправлен на \+7912345\*{4}\. о+…$/) });
  expect(called).toBe('Иван');
  expect(String(words['told']).length).toBe(300);
});

test.each<[string, string, NoticeArgs, readonly string[]]>([
  ['sign-in', 'sign-in-done', { login: 'anna_first' }, ['anna_first']],
  ['registration', 'registration-login-taken', { login: 'anna_first' }, ['anna_first']],
  ['recovery', 'recovery-found', { login: 'anna_first' }, ['anna_first']],
  ['a phone that is changed', 'change-phone-done', { phone: '8 912 345-67-89', login: 'none' }, ['345-67-89', '3456789']],
  ['a phone as login', 'sign-in-done', { login: '89123456789' }, ['9123456789', '3456789']],
])('of %s staff do not see on the card what it masks', async (_, text, words, hidden) => {
  const { after } = await openDesk();
  const told = await after(7, text, words);
  expect(told).toContain('•••');
  for (const each of hidden) expect(told).not.toContain(each);
});

test('accounts that are none of the person’s are masked, those that the card names are not; mail and long numbers never stand in clear', async () => {
  const { told, after, resident, account, link, db } = await openDesk();
  await resident(7);
  await account('0012345', [['2026-10-10', 500_01]]);
  await account('0054321', []);
  await link(7, '0012345', { sum: 500_01 });
  const closed = { named: 'no', name: '', closed: 'no' };
  expect(await after(7, 'account-title', { account: '0012345', ...closed })).toContain('0012345');
  expect(await after(7, 'account-title', { account: '54321', ...closed })).toContain('•••321');
  // A list of phrases, as a text of several accounts has it.
  const lines = await after(7, 'request-which-account', {
    accounts: [{ text: 'account-line', words: { account: '0054321', ...closed, address: 'ул. Портовая' } }],
  });
  expect(lines).toContain('•••321');
  await told(7, 'Пишите на anna.first@mail.example.ru, ЛС 0054321 и 0012345, сумма 12 345,67 ₽, показание 123456');
  expect((await findLastTold(db, 'telegram:7'))?.words).toBe(
    'Пишите на a•••@•••, ЛС •••321 и 0012345, сумма 12 345,67 ₽, показание 123456',
  );
});

test.each([
  ['Вы вошли под логином anna_first.', 'Вы вошли под логином an•••t.'],
  ['Ваш логин: anna_first, пароль прежний', 'Ваш логин: an•••t, пароль прежний'],
  ['Логин — 89123456789', 'Логин — +7912345****'],
  ['Логин an•••t', 'Логин an•••t'],
  ['Логин — мой телефон', 'Логин — мой телефон'],
])('%j, as somebody may quote it, is shown as %j', (line, shown) => {
  expect(maskToldLine(line, { accounts: [] })).toBe(shown);
});

test('who was told nothing and has no name is nobody in particular', async () => {
  const { opened, row } = await openDesk();
  expect((await row(await opened(7))).words).toEqual({});
});

test('what was said where a question was left stands in its place; of whom nothing is kept, nothing begins to be', async () => {
  const { edges, by, told, db } = await openDesk();
  const { noteInstead } = createLastTold(edges);
  const rows = () => db.selectFrom('lastTold').select(['messengerId', 'words']).orderBy('messengerId').execute();
  await told(7, 'Введите ваш нынешний пароль');
  await noteInstead(by(7), 'second', 'Отменено.\n Выберите раздел.', { leaves: true });
  await noteInstead(by(8), 'first', 'Отменено.', { leaves: true });
  expect((await findLastTold(db, 'telegram:7'))?.words).toBe('Отменено. Выберите раздел.');
  expect(await rows()).toEqual([{ messengerId: 'telegram:7', words: 'Отменено. Выберите раздел.\u001esecond' }]);
  // Who goes on in another chapter is known by the letter alone.
  await noteInstead(by(8), 'next', 'Отменено.', { leaves: false });
  expect((await rows())[1]).toEqual({ messengerId: 'telegram:8', words: '\u001enext' });
});

test('it goes with the consent', async () => {
  const { db, told, now } = await openDesk();
  await told(7, 'Долг 100 ₽');
  await told(8, 'Долг 200 ₽');
  await db.transaction().execute((trx) => forgetWhatWasTold(trx, { residentId: '', messengerIds: ['telegram:7'], now: now() }));
  expect(await db.selectFrom('lastTold').select('messengerId').execute()).toEqual([{ messengerId: 'telegram:8' }]);
});

test('a canned answer calls the person by the first name, or by none', async () => {
  const { edges, requests, by, messagePart, opened, row } = await openDesk();
  const named = await requests.open(
    { ...by(7), name: 'Иван Петров' },
    { topic: 'charges', link: null, messageParts: [messagePart(7)] },
  );
  const nameless = await opened(8);
  const said: string[] = [];
  const staff = { isMember: async () => true, isSenior: async () => false };
  const { sendCanned } = createCanned(
    { ...edges, staff },
    {
      written: async (_, __, { words }) => {
        said.push(words);
        return { outcome: 'answered', number: 1, reopened: false };
      },
    },
  );
  for (const number of ['number' in named ? named.number : 0, nameless]) {
    const thread = `telegram:-1/${number}` as const;
    await edges.db
      .updateTable('requests')
      .set({ thread })
      .where('id', '=', (await row(number)).id)
      .execute();
    await sendCanned({ ...by(5), name: 'Ольга' }, { thread, repliesTo: null }, { command: 'due', rest: '' }, messagePart(5));
  }
  expect(said.map((words) => words.split(' ', 2).join(' '))).toEqual(['Иван, плату', 'Плату за']);
});
