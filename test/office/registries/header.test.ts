import { expect, test } from 'vitest';
import { sameOwner } from '../../../src/office/registries/owners.ts';
import { dueCheck } from '../../../src/office/registries/reading/due.ts';
import { type Header, knowHeader } from '../../../src/office/registries/reading/header.ts';
import { watchRepeats } from '../../../src/office/registries/reading/repeats.ts';
import { rowReader } from '../../../src/office/registries/reading/rows.ts';

const kindOf = (line: string): string => {
  const header = knowHeader(line.split(';'));
  return 'registry' in header ? header.registry.kind : header.problem;
};
const known = (line: string): Header => {
  const header = knowHeader(line.split(';'));
  if ('problem' in header) throw new Error(header.problem);
  return header;
};

test('the kind is known by its columns, whatever their order, case and spaces, and others beside them', () => {
  expect(kindOf('ЛС;ФИО;Адрес')).toBe('accounts');
  expect(kindOf('адрес; Лс ;участок;фио')).toBe('accounts');
  expect(kindOf('ЛС;Период;Услуга;Входящее  сальдо;НАЧИСЛЕНО;Перерасчёт;К оплате')).toBe('charges');
  expect(kindOf('ЛС;Дата;Сумма;Номер операции')).toBe('payments');
  expect(kindOf('ЛС;Номер счётчика;Услуга')).toBe('meters');
});

test('the most specific kind wins', () => {
  expect(kindOf('ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате;ФИО;Адрес')).toBe('charges');
  expect(kindOf('ЛС;Номер счетчика;Услуга;Шкала;Показание;Дата;Источник')).toContain('выгрузка показаний');
  expect(kindOf('ЛС;Номер счетчика;Шкала;Показание;Дата;Результат;Причина')).toBe('reading_answers');
  expect(kindOf('ЛС;Номер счетчика;Услуга;Шкала;Показание;Дата;Источник;Результат;Причина')).toBe('reading_answers');
});

test('of kinds that need as many columns the one wins of which more are there, at last the one that is taken later', () => {
  expect(kindOf('ЛС;ФИО;Адрес;Номер счетчика;Услуга;Показание;Дата показания')).toBe('meters');
  expect(kindOf('ЛС;ФИО;Адрес;Номер счетчика;Услуга')).toBe('meters');
  expect(kindOf('Услуга;Номер счётчика;ЛС;Шкала;Адрес;ФИО;Площадь')).toBe('meters');
  expect(kindOf('ЛС;ФИО;Адрес;ЕЛС;Площадь;Проживает;Закрыт;Номер счетчика;Услуга')).toBe('accounts');
  expect(kindOf('ЛС;ФИО;Адрес;Номер счетчика;Услуга;Шкала;Показание;Дата;Источник')).toContain('выгрузка показаний');
});

test('an unknown header names what is missing', () => {
  expect(kindOf('ЛС;Период;Услуга;Начислено')).toBe(
    'заголовок не узнан: чтобы это был реестр начислений, нужно добавить: «Входящее сальдо», «К оплате»; найдено: «ЛС», «Период», «Услуга», «Начислено»; переименуйте столбцы, а если такие файлы приходят всегда, опишите их в CENTRE_FILE под layouts',
  );
  expect(kindOf('a;b')).toMatch(
    /^нет столбцов ни одного реестра; найдено: «a», «b»; переименуйте столбцы, .* под layouts; известны: /,
  );
  // A row without a header is somebody's: nothing of it is repeated.
  const row = kindOf('0010001;Иванов Иван;ул. Мира, 1');
  expect(row).toContain('строка похожа на данные, а не на заголовок: добавьте над ней названия столбцов');
  expect(row).not.toContain('Иванов');
  expect(kindOf('ЛС;ФИО;Адрес;фио')).toBe('столбец «ФИО» стоит в заголовке дважды');
});

test('a row is read into the order of the layout; every slip is named', () => {
  const reader = rowReader(known('Сумма;ЛС;Номер операции;Дата;Прочее'));
  const values: (string | null)[] = [];
  expect(reader.read(['1,50', '0012345', 'A-1', '31.10.2026', ''], values)).toBeUndefined();
  expect(values).toEqual(['', 'A-1', '0012345', '2026-10-31', '150']);
  expect(reader.read(['0', '0012345', ' ', '31.02.2026', ''], values)).toBe(
    '«Номер операции»: нужно значение, а пусто; «Дата»: такого дня нет, а стоит «31.02.2026»; «Сумма»: нужна сумма, отличная от нуля, а стоит «0»',
  );
  expect(values).toEqual(['', null, '0012345', null, null]);
  expect(reader.read(['1', '0012345'], values)).toBe('в строке полей: 2, а в заголовке: 5');
  expect(values).toEqual([null, null, '0012345', null, null]);
  // The last column is nobody's.
  expect(reader.read(['1', '0012345', 'A', '01.10.2026'], values)).toBeUndefined();
  expect(reader.read(['1', '0012345', 'A', '01.10.2026', '', '', ' '], values)).toBeUndefined();
  expect(reader.read(['1', '0012345', 'A', '01.10.2026', '', 'x'], values)).toContain('лишний разделитель');
});

test('«К оплате» is checked against the other sums', () => {
  const fields = [
    'due_kopecks',
    'opening_kopecks',
    'charged_kopecks',
    'recalculated_kopecks',
    'penalty_kopecks',
    'benefit_kopecks',
    'paid_kopecks',
  ];
  const differs = dueCheck(fields)!;
  expect(differs(['100', '50', '70', '-10', '5', '3', '12'])).toBe(false);
  expect(differs(['101', '50', '70', '-10', '5', '3', '12'])).toBe(true);
  expect(dueCheck(['day', 'sum_kopecks'])).toBeUndefined();
});

test('repeats are suspected unless groups ascend and members differ', () => {
  const suspects = (rows: string[][]): boolean => {
    const watch = watchRepeats([0], [1]);
    for (const row of rows) watch.see(row);
    return watch.mayRepeat();
  };
  expect(
    suspects([
      ['1', 'b'],
      ['1', 'a'],
      ['2', 'a'],
    ]),
  ).toBe(false);
  expect(
    suspects([
      ['1', 'a'],
      ['1', 'b'],
      ['1', 'a'],
    ]),
  ).toBe(true);
  expect(
    suspects([
      ['1', 'a'],
      ['2', 'a'],
      ['1', 'b'],
    ]),
  ).toBe(true);
});

test('an owner is the same however the name is written', () => {
  expect(sameOwner('Семёнов  пётр', ' СЕМЕНОВ ПЕТР')).toBe(true);
  expect(sameOwner('Семенов Петр', 'Семенова Петра')).toBe(false);
});
