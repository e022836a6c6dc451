import { expect, test } from 'vitest';
import { monthsMeant, readSaidMonths, SaidMonths } from '../../src/domain/said-months.ts';

const meant = (text: string) => {
  const said = readSaidMonths(text);
  if (!said) return undefined;
  const { from, to } = monthsMeant(said, '2026-10');
  return from === to ? from : `${from} ${to}`;
};

test.each([
  ['10.2026', '2026-10'],
  [' 9.2026 ', '2026-09'],
  ['09/2026', '2026-09'],
  ['1-2026', '2026-01'],
  ['01 2026', '2026-01'],
  ['2026-05', '2026-05'],
  ['2026.5', '2026-05'],
  ['10.2026 г.', '2026-10'],
  ['Октябрь 2026', '2026-10'],
  ['мая 2026', '2026-05'],
  ['май 2026', '2026-05'],
  ['марта 2026 года', '2026-03'],
  ['июнь 2026', '2026-06'],
  ['июля 2026', '2026-07'],
  ['август', '2026-08'],
  ['за сентябрь', '2026-09'],
  ['В сентябре', '2026-09'],
  ['ноябрь', '2025-11'],
  ['сент.', '2026-09'],
  ['за сентябрь 2025 года', '2025-09'],
  ['08.2026 - 10.2026', '2026-08 2026-10'],
  ['08.2026–10.2026', '2026-08 2026-10'],
  ['с августа по октябрь', '2026-08 2026-10'],
  ['с августа 2025 по октябрь 2026', '2025-08 2026-10'],
  ['за период с 08.2026 по 10.2026', '2026-08 2026-10'],
  ['август-октябрь 2026', '2026-08 2026-10'],
  ['с ноября по февраль', '2025-11 2026-02'],
  ['ноябрь 2025 — март', '2025-11 2026-03'],
  ['2026', '2026-01 2026-12'],
  ['за 2025 год', '2025-01 2025-12'],
  ['ян 2026', undefined],
  ['13.2026', undefined],
  ['0.2026', undefined],
  ['10.26', undefined],
  ['10.20266', undefined],
  ['10.1826', undefined],
  ['1826', undefined],
  ['тыква 2026', undefined],
  ['мак', undefined],
  ['за отопление', undefined],
  ['за сентябрь не пришла', undefined],
  ['с августа по никогда', undefined],
  ['', undefined],
])('«%s» is %s in October 2026', (typed, months) => expect(meant(typed)).toBe(months));

test('whether both ends were named', () => {
  expect(['август', '08.2026', 'с августа'].map((text) => readSaidMonths(text)?.whole)).toEqual([false, false, false]);
  expect(['за август', 'август - октябрь', '2026'].map((text) => readSaidMonths(text)?.whole)).toEqual([true, true, true]);
});

test('what is no month is asked again', () =>
  expect(SaidMonths.safeParse('тыква').error?.issues.map((issue) => issue.message)).toEqual(['period']));
