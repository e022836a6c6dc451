import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../src/texts/ru/', import.meta.url);

/** `1 счёт`, `2 счёта`, `5 счетов`: what stands for one thing, where that is said by itself, for two of them and for five. */
const FORMS = /(?:\[one\] ?(.*)\n\s*)?\[few\] ?(.*)\n\s*\*\[\w+\] ?(.*)/g;

const counted = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ftl'))
  .flatMap((file) =>
    [...readFileSync(new URL(file, FOLDER), 'utf8').matchAll(FORMS)].map(([, ...forms]: readonly (string | undefined)[]) => ({
      file,
      forms: forms.filter((form) => form !== undefined),
    })),
  );

test('one, two and five things are called each in their own way', () => {
  expect(counted.length).toBeGreaterThan(30);
  expect(counted.filter(({ forms }) => new Set(forms).size < forms.length)).toEqual([]);
});
