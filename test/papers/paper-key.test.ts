import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { paperKey } from '../../src/papers/paper-key.ts';
import { PLAIN } from './documents.ts';

let folder: string;
let copies = 0;

/** The key of a paper by a release of its own, in which a file has something more. */
async function keyAfter(change?: string): Promise<string> {
  const release = join(folder, String(++copies));
  for (const part of ['package.json', 'src/papers', 'src/domain', 'src/texts'])
    await cp(new URL(`../../${part}`, import.meta.url), join(release, part), { recursive: true });
  if (change !== undefined) await appendFile(join(release, change), '\n');
  const made = (await import(pathToFileURL(join(release, 'src/papers/paper-key.ts')).href)) as { paperKey: typeof paperKey };
  return made.paperKey({ kind: 'payment-document', data: PLAIN });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-key-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['a word', 'src/texts/ru/payment-document.ftl'],
  ['how a word is put', 'src/texts/formats.ts'],
  ['how it is drawn', 'src/papers/payment-document/slip.ts'],
  ['what it is reckoned by', 'src/domain/charge.ts'],
  ['a library', 'package.json'],
])('after a release that changes %s a paper is drawn anew', async (_, file) => {
  expect(await keyAfter(file)).not.toBe(await keyAfter());
});

test('after one that changes nothing of it the paper that the messenger has is good', async () => {
  expect(await keyAfter()).toBe(await keyAfter());
});
