import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { loadTexts } from '../../src/texts/texts.ts';

let folder: string | undefined;
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = undefined;
});

function texts(source: string, now = '2026-11-05T09:00:00Z', timeZone = 'Europe/Moscow') {
  folder = mkdtempSync(join(tmpdir(), 'texts-'));
  writeFileSync(join(folder, 'some.ftl'), source);
  return loadTexts({ timeZone, clock: () => new Date(now) }, pathToFileURL(`${folder}/`));
}

test('phrases are put into words a line each, inside of phrases too, and escaped once', () => {
  const { text } = texts(
    'list = Всего:\n    { $lines }\nline = { $name }: { MONEY($sum) }\nboth = { $one }\n    и\n    { $other }\n',
  );
  const lines = [
    { text: 'line', words: { name: 'Вода & <пар>', sum: 100 } },
    { text: 'line', words: { name: 'Свет', sum: -5 } },
  ];
  expect(text('list', { lines }, { marked: true })).toBe('Всего:\nВода &amp; &lt;пар&gt;: 1,00\u00a0₽\nСвет: −0,05\u00a0₽');
  expect(text('list', { lines: [] })).toBe('Всего:');
  expect(text('both', { one: [{ text: 'list', words: { lines } }], other: '<' }, { marked: true })).toBe(
    'Всего:\nВода &amp; &lt;пар&gt;: 1,00\u00a0₽\nСвет: −0,05\u00a0₽\nи\n&lt;',
  );
  expect(() => text('list', { lines: [{ text: 'line', words: { name: 'Свет', sum: 1.5 } }] })).toThrow('«line»');
});

describe('formats', () => {
  const source =
    'sum = { MONEY($x) }\nday = { DATE($x) }\nfull = { FULLDATE($x) }\nmoment = { TIME($x) }\nuntil = { UNTIL($x) }\nmonth = { PERIOD($x) }\nnumber = № { NO($x) }\ncount = { $x }\n';

  test.each([
    ['sum', 123_456, '1\u00a0234,56\u00a0₽'],
    ['sum', -5, '−0,05\u00a0₽'],
    ['day', '2026-11-05', '5\u00a0ноября'],
    ['day', '2025-12-31', '31\u00a0декабря\u00a02025'],
    ['full', '2026-11-05', '5\u00a0ноября\u00a02026'],
    ['day', '2026-01-01T21:30:00Z', '2\u00a0января'],
    ['moment', '2026-11-05T11:30:00Z', 'сегодня в\u00a014:30'],
    ['moment', '2026-11-04T21:00:00Z', 'сегодня в\u00a000:00'],
    ['moment', '2026-11-04T20:59:00Z', '4\u00a0ноября в\u00a023:59'],
    ['moment', '2027-01-01T06:05:00Z', '1\u00a0января\u00a02027 в\u00a009:05'],
    ['until', '2026-11-05T13:45:00Z', 'сегодня до\u00a016:45'],
    ['until', '2026-11-05T21:00:00Z', 'до 6\u00a0ноября в\u00a000:00'],
    ['until', '2027-01-01T06:05:00Z', 'до 1\u00a0января\u00a02027 в\u00a009:05'],
    ['month', '2026-10', 'октябрь\u00a02026'],
    // A name is copied and typed; only what counts is grouped.
    ['number', 1234, '№\u00a01234'],
    ['number', 1_234_567, '№\u00a01234567'],
    ['number', '0012345', '№\u00a00012345'],
    ['count', 1234, '1\u00a0234'],
  ])('%s of %s is %s', (name, x, expected) => {
    expect(texts(source).text(name, { x })).toBe(expected);
  });

  test('the year is that of the time zone, not of UTC', () => {
    expect(texts(source, '2026-12-31T21:30:00Z').text('day', { x: '2026-12-31' })).toBe('31\u00a0декабря\u00a02026');
    expect(texts(source, '2026-12-31T21:30:00Z').text('moment', { x: '2026-12-31T22:00:00Z' })).toBe('сегодня в\u00a001:00');
  });

  test.each([
    ['sum', 1.5],
    ['sum', 'сто'],
    ['day', 'вчера'],
    ['day', '2026-13-40'],
    ['moment', 17],
    ['until', 'скоро'],
    ['month', '2026-13'],
  ])('%s refuses %s and does not repeat it', (name, x) => {
    const said = () => texts(source).text(name, { x });
    expect(said).toThrow(`«${name}»`);
    expect(said).not.toThrow(String(x));
  });

  test('a time zone that does not exist stops the start', () => {
    expect(() => texts(source, undefined, 'Europe/Taganrog')).toThrow(RangeError);
  });
});

describe('text', () => {
  test('words are escaped for HTML, tags of the text stay', () => {
    const { text } = texts('hello = <b>Дом</b>: { $name }\n');
    expect(text('hello', { name: '<i>&"' }, { marked: true })).toBe('<b>Дом</b>: &lt;i&gt;&amp;"');
    expect(text('hello', { name: '<i>&"' })).toBe('<b>Дом</b>: <i>&"');
  });

  test('all missing words are named at once, of a selector too', () => {
    const { text } = texts('hello = { $one } { MONEY($two) } { $three ->\n    [one] a\n   *[other] b\n}\n');
    expect(() => text('hello', {})).toThrow(/\$one.*\$two.*\$three/);
  });

  test('an unknown text is named', () => {
    expect(() => texts('a = b\n').text('no-such')).toThrow('«no-such»');
  });

  test('a line left empty by a placeable goes away at the end', () => {
    const { text } = texts('a =\n    Раз\n    { b }\nb = { $n ->\n    [0] {""}\n   *[other] Два { $n }\n}\n');
    expect(text('a', { n: 0 })).toBe('Раз');
    expect(text('a', { n: 2 })).toBe('Раз\nДва 2');
  });

  test.each([
    ['a = { $x ->\n    [one] b\n}\n', 'some.ftl:1'],
    ['a = b\nmore text\n', 'some.ftl:2'],
    ['a = b\na = c\n', 'a'],
  ])('a slip in a file stops the start: %j', (source, told) => {
    expect(() => texts(source)).toThrow(told);
  });
});
