import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { linesOf, readTranscript } from './passages.ts';
import { rewritten } from './transcripts.ts';

const folder = mkdtempSync(join(tmpdir(), 'transcripts-'));
const at = pathToFileURL(`${folder}/`);
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, `${name}.txt`), `${text}\n`);
const brought = (reference: string) => readTranscript(reference, { at }).passages.flatMap(({ lines }) => lines);

put('talk', '# A remark.\nИван: раз\nБот: первый\n     [Да]\nИван: [Да]\nБот: второй\n(прошло 2 ч)\nИван: раз\nБот: третий');
put('on', '# после: talk по «раз»\nИван: два\nБот: иначе');

const FIRST = ['Иван: раз', 'Бот: первый', '     [Да]'];
const SECOND = ['Иван: [Да]', 'Бот: второй'];
const LATER = ['(прошло 2 ч)'];
const THIRD = ['Иван: раз', 'Бот: третий'];

test.each([
  ['# после: talk', [...FIRST, ...SECOND, ...LATER, ...THIRD]],
  ['# после: talk до «[Да]»', FIRST],
  ['# после: talk по «[Да]»', [...FIRST, ...SECOND]],
  ['# после: talk с «[Да]»', [...SECOND, ...LATER, ...THIRD]],
  ['# после: talk с «[Да]» до «(прошло 2 ч)»', SECOND],
  ['# после: talk с «раз» до «раз»', [...FIRST, ...SECOND, ...LATER]],
  ['# после: talk до «[Да]», вместо «Иван» — «Мария», вместо «раз» — «два»', ['Мария: два', 'Бот: первый', '     [Да]']],
  ['# после: talk до «[Да]»\n#   вместо «Иван» — «Мария»\n#   вместо «раз» — «два»', ['Мария: два', 'Бот: первый', '     [Да]']],
  ['# после: talk с «[Да]», каждый шаг дважды', [...SECOND, 'Иван: (ещё раз)', ...LATER, ...THIRD, 'Иван: (ещё раз)']],
  [
    '# после: talk с «[Да]», каждый шаг (убит)',
    ['Иван: (убит) [Да]', 'Бот: второй', ...LATER, 'Иван: (убит) раз', 'Бот: третий'],
  ],
  ['# после: on', [...FIRST, 'Иван: два', 'Бот: иначе']],
])('%s', (reference, lines) => {
  expect(brought(reference)).toEqual(lines);
});

test.each([
  ['# после: nowhere', 'there is no transcript nowhere'],
  ['# после: talk с «нет»', '«# после: talk с «нет»»: nobody says «нет» there'],
  ['# после: talk с «[Да]» до «[Да]»', 'nobody says «[Да]» there'],
  ['# после: talk, вместо «Пётр» — «Мария»', '«Пётр» is nowhere in it'],
  ['# после: talk к «раз»', '«к «раз»» is no part of a reference'],
  ['# после: талк', 'is no part of a reference'],
])('%s is refused', (reference, why) => {
  expect(() => brought(reference)).toThrow(why);
});

test('a circle is refused with all that is in it', () => {
  put('a', '# после: b\nИван: раз');
  put('b', '# после: c\nИван: два');
  put('c', 'Иван: три\n# после: a');
  expect(() => linesOf('a', { at })).toThrow('«# после: a»: transcripts in a circle: a → b → c → a');
});

test('what a transcript writes itself is written anew, what it brings is not', () => {
  const source = '# A remark.\n\n# после: talk до «[Да]»\nИван: [Да]\nБот: старое\n# после: on';
  const transcript = readTranscript(source, { at });
  const [first, , last] = transcript.passages;
  if (!first || !last) throw new Error('three passages');
  const played = [first, { lines: ['Иван: [Да]', 'Бот: новое'] }, last];
  expect(rewritten(transcript, played)).toBe(`${source.replace('старое', 'новое')}\n`);
});
