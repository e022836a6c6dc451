import { expect, test } from 'vitest';
import { LinkName } from '../../src/domain/link-name.ts';

test.each([
  ['Дача', 'Дача'],
  ['  Мамина \n квартира ', 'Мамина квартира'],
  ['<b>Дом</b>', '<b>Дом</b>'],
  ['🏠', '🏠'],
  ['\u202eДача\u200b', 'Дача'],
])('%j is a name', (typed, name) => expect(LinkName.parse(typed)).toBe(name));

test.each([
  ['\u200b \u202e', 'link-name-empty'],
  ['д'.repeat(31), 'link-name-long'],
  ['д'.repeat(5000), 'link-name-long'],
])('%j is none', (typed, problem) => expect(LinkName.safeParse(typed).error?.issues[0]?.message).toBe(problem));
