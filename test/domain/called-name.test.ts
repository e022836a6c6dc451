import { expect, test } from 'vitest';
import { calledName } from '../../src/domain/called-name.ts';

test.each([
  ['Иван Петров', 'Иван'],
  ['  Иван', 'Иван'],
  ['Иван\u3164✅\u2800личность\u00a0подтверждена', 'Иван'],
  ['Иван\n✅ Проверено', 'Иван'],
  ['\u0000Иван\u202e', 'Иван'],
  ['\u200b\u2800', ''],
  ['', ''],
  ['✅ Иван', 'Иван'],
  ['✅', ''],
  ['Иван✅подтверждён', 'Иванподтверждён'],
  ['Анна-Мария', 'Анна-Мария'],
  ['<b>Иван</b>', 'bИванb'],
  ['й'.repeat(80), 'й'.repeat(40)],
])('%j is called %j', (name, called) => expect(calledName(name)).toBe(called));
