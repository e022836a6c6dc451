import { describe, expect, test } from 'vitest';
import { partsSaid, placeSaid } from '../../src/domain/said-choice.ts';

describe('a part of a label', () => {
  const HOMES = [
    ['Портовая 5, кв. 17', '0012345'],
    ['Портовая 40', '0022222'],
    ['Дача', '0033333'],
  ];
  const BUTTONS = [['Отправить'], ['Не отправлять'], ['Другая тема']];
  const SETTINGS = [['Сменить пароль'], ['Сменить телефон'], ['Где выполнен вход'], ['Уведомления'], ['Отозвать согласие']];

  test.each([
    ['дачу', HOMES, [2]],
    ['за дачу, пожалуйста', HOMES, [2]],
    ['портовой 40', HOMES, [1]],
    ['Портовая, 17', HOMES, [0]],
    ['на Портовой', HOMES, [0, 1]],
    ['порт', HOMES, [0, 1]],
    ['Портовая 6', HOMES, []],
    ['Садовая', HOMES, []],
    // A number alone may be a flat, a house, a sum.
    ['17', HOMES, []],
    ['', HOMES, []],
    ['кв', HOMES, []],
    ['отправь', BUTTONS, [0]],
    ['отправляй', BUTTONS, [0]],
    // It means the first one, and surely not the second.
    ['отправляйте', BUTTONS, []],
    ['не отправляй', BUTTONS, [1]],
    ['не', BUTTONS, []],
    ['хочу другую тему', BUTTONS, [2]],
    ['отправить потом вечером когда приду домой', BUTTONS, []],
    ['не хочу отзывать согласие', SETTINGS, []],
    ['пароль', SETTINGS, [0]],
    ['сменить', SETTINGS, [0, 1]],
    ['уведомление', SETTINGS, [3]],
    ['согласие', SETTINGS, [4]],
    ['зарегистрируйте', [['Зарегистрироваться'], ['Исправить логин']], [0]],
    ['подключить', [['Отключить лицевой счёт']], []],
  ] as const)('«%s» of %j: %j', (said, names, places) => {
    expect(partsSaid(said, names)).toEqual(places);
  });
});

describe('a place in the list', () => {
  test.each([
    ['1', 3, 0],
    ['3', 3, 2],
    ['номер 2', 3, 1],
    ['2-й', 3, 1],
    ['вариант 2', 3, 1],
    ['первый', 3, 0],
    ['Вторая', 3, 1],
    ['второй счёт', 3, 1],
    ['третье', 3, 2],
    ['третью', 3, 2],
    ['последний', 3, 2],
    ['последнюю квартиру', 3, 2],
    ['первый лицевой счет', 3, 0],
    ['4', 3, undefined],
    ['0', 3, undefined],
    ['305', 400, undefined],
    ['четвёртый', 3, undefined],
    ['первый этаж', 3, undefined],
    ['квартира 2', 3, undefined],
    ['дом 2', 3, undefined],
    ['кв 2', 3, undefined],
    ['1 2', 3, undefined],
    // Of one, there is nothing to choose.
    ['1', 1, undefined],
    ['', 3, undefined],
  ] as const)('«%s» of %s: %s', (said, count, place) => {
    expect(placeSaid(said, count)).toBe(place);
  });
});
