import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';

export type DotEnv = {
  isThere: boolean;
  values: Record<string, string>;
  /** Sentences for what would be read otherwise than it was meant; never with a value. */
  problems: string[];
};

/** Reads `.env` in `folder`. A file that cannot be read as it was meant has no values. `known`: the names of our settings. */
export function readDotEnv(folder: string, known: ReadonlySet<string>): DotEnv {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(folder, '.env'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { isThere: false, values: {}, problems: [] };
    return { isThere: true, values: {}, problems: ['.env: нужен файл, который можно прочитать: проверьте права на него'] };
  }
  const text = decode(bytes);
  if (text === undefined) {
    const which = bytes.includes(0) ? 'UTF-16' : 'другой кодировке (windows-1251?)';
    return {
      isThere: true,
      values: {},
      problems: [`.env: нужен текст в UTF-8, а файл в ${which}: сохраните его заново как UTF-8`],
    };
  }
  const lost = text.split('\n').findIndex((line) => line.includes('\ufffd'));
  if (lost >= 0) {
    return {
      isThere: true,
      values: {},
      problems: [`.env: в строке ${lost + 1} буквы, которые потерялись в другой кодировке: напишите их заново, в UTF-8`],
    };
  }
  return { isThere: true, values: parse(text), problems: [...cutValues(text, known), ...repeatedNames(text, known)] };
}

function decode(bytes: Buffer): string | undefined {
  // UTF-16 of Latin letters is UTF-8, too, with a NUL after each.
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const QUOTED = /^\s*('(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)\s*(#.*)?$/;

/** What stands after a `#` without a space before it was hardly meant as a comment: a password would be half a password. */
function cutValues(text: string, known: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^\s*(?:export\s+)?([\w.-]+)\s*=(.*)$/.exec(line) ?? [];
    const at = value.indexOf('#');
    const isCut = at === 0 || (at > 0 && !/\s/.test(value.charAt(at - 1)));
    if (!isCut || !known.has(name) || QUOTED.test(value)) continue;
    problems.push(
      `${name}: возьмите значение в .env в одинарные кавычки, иначе всё после # теряется (если это комментарий, поставьте перед # пробел)`,
    );
  }
  return problems;
}

/** Two values of one setting: the parser takes the last, which may not be the one that was meant. */
function repeatedNames(text: string, known: ReadonlySet<string>): string[] {
  const values = new Map<string, string>();
  const repeated = new Set<string>();
  for (const line of text.split(/\r?\n/))
    for (const [name, value] of Object.entries(parse(line))) {
      // A name of the example that was left without a value says nothing.
      const before = values.get(name) || value;
      if (known.has(name) && before !== value) repeated.add(name);
      values.set(name, before);
    }
  return [...repeated].map((name) => `${name}: стоит в .env несколько раз с разными значениями: оставьте нужное`);
}
