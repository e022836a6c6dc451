import { expect, test } from 'vitest';
import { keptFileName, sentFileName, shownFileName } from '../../src/domain/registry-file.ts';

test.each([
  ['реестр ноябрь.csv', 'реестр ноябрь.csv', 'reestr-noyabr.csv'],
  ['../../etc/passwd', 'passwd', 'passwd'],
  ['C:\\Users\\Ольга\\Платежи (1).CSV', 'Платежи (1).CSV', 'platezhi-1.csv'],
  ['a\nb\u202ecsv.exe', 'a b csv.exe', 'a-b-csv.exe'],
  ['.htaccess', '.htaccess', 'htaccess'],
  ['', 'registry.csv', 'registry.csv'],
  ['объект.csv', 'объект.csv', 'obekt.csv'],
  ['☂☂☂', '☂☂☂', 'registry.csv'],
])('%j is shown as %j and sent as %j', (name, shown, sent) => {
  expect(shownFileName(name)).toBe(shown);
  expect(sentFileName(shown)).toBe(sent);
});

test('a long name keeps its ending', () => {
  const shown = shownFileName(`${'очень-'.repeat(40)}длинное.csv`);
  expect(shown).toMatch(/^очень-.*…нное\.csv$/);
  expect(Array.from(shown).length).toBeLessThanOrEqual(80);
});

test('what is kept of a name is what a layout may know it by; shown once more, it is the same', () => {
  const long = `${'очень-'.repeat(40)}длинное.csv`;
  expect(keptFileName(`C:\\реестры\\${long}`)).toBe(long);
  expect(keptFileName('')).toBe('registry.csv');
  expect(Array.from(keptFileName('ю'.repeat(1000))).length).toBe(255);
  const shown = shownFileName(long);
  expect(shownFileName(shown)).toBe(shown);
});
