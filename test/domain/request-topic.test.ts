import { expect, test } from 'vitest';
import { guessTopic } from '../../src/domain/request-topic.ts';

const TOPICS = [
  { key: 'charges', label: 'Начисления' },
  { key: 'readings', label: 'Показания' },
  { key: 'payment', label: 'Оплата' },
  { key: 'account', label: 'Лицевой счёт' },
  { key: 'other', label: 'Другое' },
];

test.each([
  ['Почему так много за отопление?', 'charges'],
  ['Перерасчёт когда будет', 'charges'],
  ['Счётчик сломался', 'readings'],
  ['Поверка прошла, что теперь', 'readings'],
  ['Я оплатил, а платежа нет', 'payment'],
  ['Деньги списали два раза', 'payment'],
  ['Сменился собственник', 'account'],
  ['Почему так дорого?', 'charges'],
  ['Почему не горит фонарь во дворе?', 'other'],
  ['Когда вы работаете?', 'other'],
  ['', 'other'],
])('«%s» is about %s', (words, key) => expect(guessTopic(TOPICS, words)?.key).toBe(key));

test('words of the settings file come before ours, and a label is known by its words', () => {
  const topics = [
    { key: 'lift', label: 'Лифты', words: ['застрял'] },
    { key: 'yard', label: 'Благоустройство' },
  ];
  expect(guessTopic(topics, 'Опять застряли!')?.key).toBe('lift');
  expect(guessTopic(topics, 'вопрос о благоустройстве')?.key).toBe('yard');
  expect(guessTopic(topics, 'что-то ещё')?.key).toBe('yard');
  expect(guessTopic([], 'что-то')).toBeUndefined();
});
