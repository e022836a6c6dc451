import * as fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { FATES } from '../../src/domain/desk-chart.ts';
import type { RequestRow, RequestsSheet } from '../../src/domain/requests-sheet.ts';
import { drawRequestsSheet } from '../../src/papers/requests-sheet.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { withTool } from '../kit/tools.ts';
import { readByLibreOffice } from './read-sheet.ts';

const { text: say } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-23T09:00:00Z') });

const CLOSED: RequestRow = {
  number: 12,
  topic: 'Начисления',
  account: '0012345',
  openedAt: '2026-11-16T09:00',
  answeredAt: '2026-11-16T11:30',
  answerHours: 2.5,
  fate: 'in-time',
  state: 'closed',
  closedAt: '2026-11-20T16:00',
  reopened: 1,
  takenBy: 'Ольга & Ко',
  fromResident: 3,
  fromStaff: 2,
  rating: 5,
  ratingWords: '=HYPERLINK("http://x"); "да"\nспасибо',
};
const FRESH: RequestRow = {
  ...CLOSED,
  number: 13,
  account: null,
  answeredAt: null,
  answerHours: null,
  fate: 'waiting',
  state: 'new',
  closedAt: null,
  reopened: 0,
  takenBy: null,
  fromStaff: 0,
  rating: null,
  ratingWords: null,
};
const SHEET: RequestsSheet = { from: '2026-10-25', to: '2026-11-23', normHours: 8, rows: [FRESH, CLOSED] };

test('a row a request, numbers as numbers, times as times, words as they are', async () => {
  const { send, name, bytes } = await drawRequestsSheet(SHEET, say);
  expect([send, name]).toEqual(['document', 'Обращения 25.10.2026 – 23.11.2026.xlsx']);
  const [requests, about] = await readXlsx(Buffer.from(bytes));
  expect([requests?.sheet, about?.sheet]).toEqual(['Обращения', 'О выгрузке']);
  const [heads, fresh, closed] = requests?.data ?? [];
  expect(heads?.slice(0, 6)).toEqual(['№', 'Тема', 'Лицевой счёт', 'Поступило', 'Первый ответ', 'Ответ через, рабочих часов']);
  const at = (time: string) => new Date(`${time}:00Z`);
  const [opened, answered, over] = [at('2026-11-16T09:00'), at('2026-11-16T11:30'), at('2026-11-20T16:00')];
  const said = '=HYPERLINK("http://x"); "да"\nспасибо';
  const figures = [12, 'Начисления', '0012345', opened, answered, 2.5, 'в срок', 'закрыто', over, 1, 'Ольга & Ко', 3, 2, 5];
  expect(closed).toEqual([...figures, said]);
  const waits = [13, 'Начисления', null, opened, null, null, 'ждёт', 'новое', null, 0, null, 3, 0, null, null];
  expect(fresh).toEqual(waits);
  expect(about?.data.slice(1)).toEqual([
    ['Поступили не раньше', new Date('2026-10-25T00:00:00Z')],
    ['Поступили не позже', new Date('2026-11-23T00:00:00Z')],
    ['Норма ответа, рабочих часов', 8],
    ['Обращений', 2],
  ]);
});

test('whatever is said and whoever took it, it is read as it was written', async () => {
  const words = fc.string({
    unit: fc.constantFrom('а', 'Я', '=', '+', '<', '&', '"', '_', 'x', '0', '4', '\n', '😀', ' '),
    minLength: 1,
  });
  const plain = words.filter((text) => text.trim() === text);
  await fc.assert(
    fc.asyncProperty(plain, plain, fc.constantFrom(...FATES), async (ratingWords, takenBy, fate) => {
      const { bytes } = await drawRequestsSheet({ ...SHEET, rows: [{ ...CLOSED, ratingWords, takenBy, fate }] }, say);
      const row = (await readXlsx(Buffer.from(bytes)))[0]?.data[1] ?? [];
      expect([row[10], row[14]]).toEqual([takenBy, ratingWords]);
      expect(row[6]).toBe(say(`requests-sheet-fate-${fate}`));
    }),
    { numRuns: 25 },
  );
});

withTool('soffice')('LibreOffice opens it', async () => {
  const [book] = await readByLibreOffice((await drawRequestsSheet(SHEET, say)).bytes);
  expect(book?.['Обращения']?.[2]?.slice(0, 3)).toEqual(['12', 'Начисления', '0012345']);
});
