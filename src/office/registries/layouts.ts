import type { RegistryKind } from '../../records/registry-imports.ts';
import type { Until } from './bounds.ts';
import {
  account,
  closing,
  code,
  day,
  decimal,
  maybe,
  money,
  month,
  needed,
  type ReadCell,
  repeated,
  verdict,
  whole,
  words,
} from './cells.ts';

/** One column of a registry: its title in the file, the field it fills, how a cell is read. */
export type Column = {
  title: string;
  field: string;
  /** Its type in Postgres. */
  type: string;
  read: ReadCell;
  /** A day or a period: until when it can be meant. */
  until?: Until;
  /** May be absent from the header; every row then has `absent`. */
  optional?: true;
  absent?: string;
};

/** What a registry of one kind looks like. Another layout of the same kind is another such table. */
export type Layout = {
  kind: RegistryKind;
  /** In Russian, for reports: «реестр начислений». */
  title: string;
  separator: string;
  columns: readonly Column[];
};

const key = 'text collate "C"';
const sum = needed(money);
const sumOrNone = maybe(money, '0');
const zeroSum = { optional: true, absent: '0' } as const;
const optional = { optional: true } as const;

const accounts: Layout = {
  kind: 'accounts',
  title: 'реестр лицевых счетов',
  separator: ';',
  columns: [
    { title: 'ЛС', field: 'number', type: key, read: needed(account) },
    { title: 'ФИО', field: 'owner_name', type: 'text', read: needed(words(200)) },
    { title: 'Адрес', field: 'address', type: 'text', read: needed(words(500)) },
    { title: 'ЕЛС', field: 'unified_number', type: 'text', read: maybe(code(40)), ...optional },
    { title: 'ФИАС', field: 'fias', type: 'text', read: maybe(words(60)), ...optional },
    { title: 'Площадь', field: 'area', type: 'numeric', read: maybe(decimal('positive')), ...optional },
    { title: 'Проживает', field: 'residents', type: 'integer', read: maybe(whole(0, 1000)), ...optional },
    { title: 'Закрыт', field: 'closing', type: 'text', read: maybe(closing, 'false'), until: 'tomorrow', ...optional },
  ],
};

const charges: Layout = {
  kind: 'charges',
  title: 'реестр начислений',
  separator: ';',
  columns: [
    { title: 'ЛС', field: 'account', type: key, read: needed(account) },
    { title: 'Период', field: 'period', type: 'date', read: repeated(needed(month)), until: 'next-month' },
    { title: 'Поставщик', field: 'supplier', type: key, read: repeated(maybe(words(200), '')), optional: true, absent: '' },
    { title: 'Услуга', field: 'service', type: key, read: repeated(needed(words(200))) },
    { title: 'Входящее сальдо', field: 'opening_kopecks', type: 'bigint', read: sum },
    { title: 'Начислено', field: 'charged_kopecks', type: 'bigint', read: sum },
    { title: 'Перерасчет', field: 'recalculated_kopecks', type: 'bigint', read: sumOrNone, ...zeroSum },
    { title: 'Основание', field: 'grounds', type: 'text', read: repeated(maybe(words(500))), ...optional },
    { title: 'Льгота', field: 'benefit_kopecks', type: 'bigint', read: sumOrNone, ...zeroSum },
    { title: 'Пени', field: 'penalty_kopecks', type: 'bigint', read: sumOrNone, ...zeroSum },
    { title: 'Оплачено', field: 'paid_kopecks', type: 'bigint', read: sumOrNone, ...zeroSum },
    { title: 'К оплате', field: 'due_kopecks', type: 'bigint', read: sum },
    { title: 'Объем', field: 'volume', type: 'numeric', read: maybe(decimal('any')), ...optional },
    { title: 'Единица', field: 'unit', type: 'text', read: repeated(maybe(words(40))), ...optional },
    { title: 'Тариф', field: 'tariff', type: 'numeric', read: repeated(maybe(decimal('positive'))), ...optional },
    { title: 'Норматив', field: 'norm', type: 'numeric', read: repeated(maybe(decimal('positive'))), ...optional },
  ],
};

const payments: Layout = {
  kind: 'payments',
  title: 'реестр платежей',
  separator: ';',
  columns: [
    { title: 'Источник', field: 'source', type: key, read: repeated(maybe(words(100), '')), optional: true, absent: '' },
    { title: 'Номер операции', field: 'operation', type: key, read: needed(code(100)) },
    { title: 'ЛС', field: 'account', type: key, read: needed(account) },
    { title: 'Дата', field: 'day', type: 'date', read: repeated(needed(day)), until: 'tomorrow' },
    { title: 'Сумма', field: 'sum_kopecks', type: 'bigint', read: notZero(sum) },
  ],
};

const meters: Layout = {
  kind: 'meters',
  title: 'реестр счётчиков',
  separator: ';',
  columns: [
    { title: 'ЛС', field: 'account', type: key, read: needed(account) },
    { title: 'Номер счетчика', field: 'number', type: key, read: needed(code(60)) },
    { title: 'Шкала', field: 'scale', type: key, read: repeated(maybe(words(40), '')), optional: true, absent: '' },
    { title: 'Услуга', field: 'service', type: 'text', read: repeated(needed(words(200))) },
    { title: 'Разрядность', field: 'digits', type: 'integer', read: repeated(maybe(whole(1, 12))), ...optional },
    { title: 'Поверка', field: 'verification_due', type: 'date', read: maybe(day), until: 'in-30-years', ...optional },
    { title: 'Показание', field: 'value', type: 'numeric', read: maybe(decimal('positive')), ...optional },
    { title: 'Дата показания', field: 'value_day', type: 'date', read: maybe(day), until: 'tomorrow', ...optional },
  ],
};

/** Billing's answer on readings that went out: what it says of each, as it went out. */
const readingAnswers: Layout = {
  kind: 'reading_answers',
  title: 'ответ на показания',
  separator: ';',
  columns: [
    { title: 'ЛС', field: 'account', type: key, read: needed(account) },
    { title: 'Номер счетчика', field: 'number', type: key, read: needed(code(60)) },
    { title: 'Шкала', field: 'scale', type: key, read: repeated(maybe(words(40), '')), optional: true, absent: '' },
    { title: 'Показание', field: 'value', type: 'numeric', read: needed(decimal('positive')) },
    { title: 'Дата', field: 'day', type: 'date', read: repeated(needed(day)), until: 'tomorrow' },
    { title: 'Результат', field: 'result', type: 'text', read: repeated(needed(verdict)) },
    { title: 'Причина', field: 'grounds', type: 'text', read: repeated(maybe(words(300))), ...optional },
  ],
};

/** In the order in which the files of one call are taken: a charge needs its account. */
export const LAYOUTS: readonly Layout[] = [accounts, charges, payments, meters, readingAnswers];

/** Headers of what goes out: it must not pass for a registry that has fewer columns. */
export const NOT_TAKEN: readonly (readonly string[])[] = [
  ['ЛС', 'Номер счетчика', 'Услуга', 'Шкала', 'Показание', 'Дата', 'Источник'],
];

function notZero(read: ReadCell): ReadCell {
  return (cell) => {
    const answer = read(cell);
    return answer === '0' ? { expected: 'нужна сумма, отличная от нуля' } : answer;
  };
}
