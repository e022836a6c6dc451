import { expect, test } from 'vitest';
import { createCanned } from '../../src/office/desk/canned.ts';
import { createLastTold, forgetWhatWasTold } from '../../src/office/last-told.ts';
import { openRequestDesk } from './requests/desk.ts';

async function openDesk() {
  const desk = await openRequestDesk();
  const { note } = createLastTold(desk.edges);
  return { ...desk, told: (person: number, words: string) => note(desk.by(person), words) };
}

test('a request remembers who asks and what the bot had told last, cut and with telephones masked', async () => {
  const { told, requests, by, piece, row } = await openDesk();
  await told(7, 'Первое');
  await told(7, `Код отправлен на\n +7 912 345-67-89. ${'о'.repeat(400)}`);
  await told(8, 'Чужое');
  const opened = await requests.open({ ...by(7), name: 'Иван Петров' }, { topic: 'charges', link: null, pieces: [piece(7)] });
  const { words, called } = await row('number' in opened ? opened.number : 0);
  expect(words).toMatchObject({ told: expect.stringMatching(/^Код отправлен на \+7912345\*{4}\. о+…$/) });
  expect(called).toBe('Иван');
  expect(String(words['told']).length).toBe(300);
});

test('who was told nothing and has no name is nobody in particular', async () => {
  const { opened, row } = await openDesk();
  expect((await row(await opened(7))).words).toEqual({});
});

test('it goes with the consent', async () => {
  const { db, told, now } = await openDesk();
  await told(7, 'Долг 100 ₽');
  await told(8, 'Долг 200 ₽');
  await db.transaction().execute((trx) => forgetWhatWasTold(trx, { residentId: '', messengerIds: ['telegram:7'], now: now() }));
  expect(await db.selectFrom('last_told').select('messenger_id').execute()).toEqual([{ messenger_id: 'telegram:8' }]);
});

test('a canned answer calls the person by the first name, or by none', async () => {
  const { edges, requests, by, piece, opened, row } = await openDesk();
  const named = await requests.open({ ...by(7), name: 'Иван Петров' }, { topic: 'charges', link: null, pieces: [piece(7)] });
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
    await sendCanned({ ...by(5), name: 'Ольга' }, { thread, repliesTo: null }, 'due', piece(5));
  }
  expect(said.map((words) => words.split(' ', 2).join(' '))).toEqual(['Иван, плату', 'Плату за']);
});
