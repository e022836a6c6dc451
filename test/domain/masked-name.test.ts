import { expect, test } from 'vitest';
import { maskName } from '../../src/domain/masked-name.ts';

test.each([
  ['Иванов Иван Иванович', 'И***в И. И.'],
  ['Иванов И. И.', 'И***в И. И.'],
  ['  Петрова-Водкина   Анна ', 'П***а А.'],
  ['Ли', 'Л***'],
  ['Ю Анна', 'Ю*** А.'],
  ['ООО «Ромашка»', 'О***О Р.'],
  ['Администрация города', 'А***я Г.'],
  ['', ''],
])('«%s»: «%s»', (name, masked) => expect(maskName(name)).toBe(masked));
