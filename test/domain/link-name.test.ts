import { expect, test } from 'vitest';
import { LinkName } from '../../src/domain/link-name.ts';

test.each([
  ['Дача', 'Дача'],
  ['  Мамина \n квартира ', 'Мамина квартира'],
  ['<b>Дом</b>', '<b>Дом</b>'],
  ['🏠', '🏠'],
  ['\u202eДача\u200b', 'Дача'],
  ['👨‍👩‍👧 наша', '👨‍👩‍👧 наша'],
  ['👩🏽‍🚒', '👩🏽‍🚒'],
  ['❤️‍🔥', '❤️‍🔥'],
  ['Да\u200dча', 'Да ча'],
  ['Кв. 12', 'Кв. 12'],
  ['5-й этаж', '5-й этаж'],
  ['Счёт 2', 'Счёт 2'],
  ['Мамин счёт 7000100099', 'Мамин счёт 7000100099'],
])('%j is a name', (typed, name) => expect(LinkName.parse(typed)).toBe(name));

test.each([
  ['\u200b \u202e', 'link-name-empty'],
  ['!!!', 'link-name-empty'],
  ['Дальше →', 'link-name-of-others'],
  ['← Назад', 'link-name-of-others'],
  ['7000100037', 'link-name-of-others'],
  ['0012-345', 'link-name-of-others'],
  ['ЛС 7000100099', 'link-name-of-others'],
  ['№7000100099', 'link-name-of-others'],
  ['л/с\n７０００１０００９９', 'link-name-of-others'],
  ['Счёт: 7000100099.', 'link-name-of-others'],
  ['д'.repeat(31), 'link-name-long'],
  ['д'.repeat(5000), 'link-name-long'],
])('%j is none', (typed, problem) => expect(LinkName.safeParse(typed).error?.issues[0]?.message).toBe(problem));
