import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placesInJson } from '../../src/domain/json-places.ts';

const EXAMPLE = readFileSync(new URL('../../centre.example.json', import.meta.url), 'utf8');

const isJson = (text: string): boolean => {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
};

test.each([
  ['"\\u041F\\u044f \\n\\"\\\\\\/"', true],
  ['"я 😀 \u007f\u2028"', true],
  ['[-0.5e+3, 0, 1E5, true, false, null, {}, [], ""]', true],
  [' {"a": {"b": [1]}}\r\n', true],
  ['"\\x"', false],
  ['"\t"', false],
  ['"\\u12g4"', false],
  ['01', false],
  ['1.', false],
  ['+1', false],
  ['[1,]', false],
  ['{"a":1,}', false],
  ['{a:1}', false],
  ['', false],
  ['[', false],
  ['"a', false],
  ['nul', false],
])('%j is JSON: %s, as JSON.parse says', (text, is) => {
  expect([placesInJson(text).isJson, isJson(text)]).toEqual([is, is]);
});

test('a file that lacks or has twice any one of its characters is judged as JSON.parse does', () => {
  for (let at = 0; at < 1_500; at += 1)
    for (const tried of [EXAMPLE.slice(0, at) + EXAMPLE.slice(at + 1), EXAMPLE.slice(0, at + 1) + EXAMPLE.slice(at)])
      if (placesInJson(tried).isJson !== isJson(tried)) expect.fail(`at ${at}: ${JSON.stringify(tried.slice(at - 20, at + 20))}`);
});

test('each value is found by its line; of one that is missing, that of what it is missing in', () => {
  const places = placesInJson('{\n  "a": [\n    1,\n    {"b": 2}\n  ],\n  "c": 3\n}');
  if (!places.isJson) throw new Error('it is JSON');
  const lines = ([[], ['a'], ['a', 0], ['a', 1, 'b'], ['a', 1, 'x'], ['c'], ['x', 'y']] as const).map((path) =>
    places.lineOf(path),
  );
  expect(lines).toEqual([1, 2, 3, 4, 4, 6, 1]);
});

test('of a key that stands there twice the last one counts, as for JSON.parse', () => {
  const places = placesInJson('{\n  "a": {"b": 1},\n  "a": {\n    "b": 2\n  }\n}');
  if (!places.isJson) throw new Error('it is JSON');
  expect([places.lineOf(['a']), places.lineOf(['a', 'b'])]).toEqual([3, 4]);
});

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3, atEnd: false }],
  ['{\n  // a comment\n  "a": 1\n}', { line: 2, column: 3, atEnd: false }],
  ['{\n  "a": [1,\n  ]\n}', { line: 3, column: 3, atEnd: false }],
  ['{"a": 1}\n}', { line: 2, column: 1, atEnd: false }],
  ['{\n  "a": [1', { line: 2, column: 10, atEnd: true }],
])('where %j ceases to be JSON is told', (text, place) => {
  expect(placesInJson(text)).toEqual({ isJson: false, ...place });
});
