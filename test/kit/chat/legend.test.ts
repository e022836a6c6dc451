import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readVoice } from './lines.ts';
import { CODES, MARKS, NOTATIONS, NOTES, SIGNS } from './notations.ts';

const legend = readFileSync(new URL('../../dialogs/README.md', import.meta.url), 'utf8');
/** What stands in it as a line of a transcript: in a block, or in a cell. */
const examples = legend
  .split('```')
  .flatMap((part, n) => (n % 2 === 1 ? part.split('\n') : Array.from(part.matchAll(/`([^`]+)`/g), ([, quoted = '']) => quoted)));
/** Of people: what they do. */
const done = examples.flatMap((line) => readVoice(line)?.words ?? []);

test.each(Object.entries(NOTATIONS))('the legend shows what people do: %s', (_, notation) => {
  expect(done.filter((words) => notation.test(words))).not.toEqual([]);
});

test.each(Object.entries(NOTES))('the legend shows what happens: %s', (_, note) => {
  expect(examples.filter((line) => note.test(line))).not.toEqual([]);
});

test.each(Object.entries(MARKS))('the legend shows what the bot does: %s', (_, mark) => {
  // «12», «имя», «слова» … are any words.
  const [before = '', ...after] = (typeof mark === 'string' ? mark : mark('\0', '\0')).split('\0');
  const parts = [before, ...after].map((part) => part.replaceAll(/[()]/g, String.raw`\$&`));
  expect(examples.filter((line) => new RegExp(parts.join('.+')).test(line))).not.toEqual([]);
});

test('the legend shows codes, signs and places', () => {
  for (const sign of [...Object.values(CODES), ...Object.values(SIGNS)]) expect(legend).toContain(sign);
  const places = examples.flatMap((line) => {
    const voice = readVoice(line);
    return voice ? JSON.stringify(voice.where) : [];
  });
  expect(new Set(places)).toEqual(new Set(['"private"', '"group"', '"foreign"', '{"request":12}']));
});

test('the legend shows nothing that the player does not know', () => {
  const all = [...Object.values(NOTATIONS), ...Object.values(NOTES)];
  const strange = done.filter((words) => words.startsWith('(') && !all.some((notation) => notation.test(words)));
  expect(strange).toEqual([]);
});
