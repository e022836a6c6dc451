import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { costOf } from './count.ts';
import { tapsPage } from './table.ts';

test('docs/taps.md says what the transcripts say: after a change of dialogs, `npm run taps`', async () => {
  expect(await readFile(new URL('../../docs/taps.md', import.meta.url), 'utf8')).toBe(tapsPage());
});

describe('what counts', () => {
  const cost = (script: string) => costOf(script, new Set(['квитанция']));

  test.each([
    ['Иван: [Отмена]', { taps: 1 }],
    ['Иван: (старая кнопка) [Отмена]', { taps: 1 }],
    ['Иван: /bill', { taps: 1 }],
    ['Иван: Квитанция', { taps: 1 }],
    ['Иван: 1234,56', { typed: 1 }],
    ['Иван: (фото)', { typed: 1 }],
    ['Иван: (свой контакт)', { taps: 1, sheetTaps: 1 }],
    ['Иван: (оплатил)', { sheetTaps: 2 }],
  ])('%s', (line, counted) => {
    expect(cost(line)).toEqual({ taps: 0, sheetTaps: 0, typed: 0, messages: 0, ...counted });
  });

  test('a new message of the bot does, a changed one, one for others, a file apart from its words do not', () => {
    const script = `Иван: [Раньше]
     (сообщение изменено)
Бот: октябрь 2026
     [Позже]
Бот: 📄 kvitanciya.pdf
Бот: Квитанция за октябрь
Бот → Мария: новость
Сотрудники: карточка
Мария: [Меню]
Бот: Вы в личном кабинете`;
    expect(cost(script)).toEqual({ taps: 1, sheetTaps: 0, typed: 0, messages: 1 });
  });
});
