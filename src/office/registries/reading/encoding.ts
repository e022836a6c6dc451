import type { ReadIn } from './file-causes.ts';
import { otherKind } from './file-kinds.ts';

export type Encoding = 'utf-8' | 'windows-1251';

const BOM = [0xef, 0xbb, 0xbf];

/**
 * Tells a registry's encoding by the bytes of its first line: a header is Russian, and Russian in windows-1251 is no valid UTF-8.
 * Where it is no text at all, says in Russian what it is and what to do.
 */
export function guessEncoding(head: Buffer): Encoding | { problem: string } {
  if (isUtf16(head)) return { problem: 'файл в UTF-16; сохраните его в UTF-8 или windows-1251' };
  const other = otherKind(head);
  if (other !== undefined) return { problem: other };
  const newline = head.indexOf(0x0a);
  const line = newline < 0 ? head : head.subarray(0, newline);
  if (line.includes(0)) return { problem: 'это не текст; нужен файл CSV в UTF-8 или windows-1251' };
  try {
    // As a stream: the head may end in the middle of a letter.
    new TextDecoder('utf-8', { fatal: true }).decode(line, { stream: newline < 0 });
    return 'utf-8';
  } catch {
    if (BOM.every((byte, index) => line[index] === byte))
      return { problem: 'в начале стоит метка UTF-8, а текст в другой кодировке; сохраните файл в UTF-8 или windows-1251' };
    return 'windows-1251';
  }
}

/** Of a file: by its mark, or where that was lost by the bytes in which Russian letters have a 4, digits and separators a 0. */
export function isUtf16(head: Buffer): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  const letters = head.subarray(0, Math.min(head.length, 512) & ~1);
  const high = (odd: 0 | 1) => letters.filter((byte, at) => at % 2 === odd && byte <= 4).length;
  const [one = 0, other = 0] = [high(0), high(1)].toSorted((a, b) => b - a);
  return letters.length >= 8 && one >= letters.length * 0.45 && other <= letters.length * 0.05;
}

const LINES = 12;
/** What Russian files come in besides, by their names here and in `TextDecoder`. */
const OTHERS = { cp866: 'ibm866', 'KOI8-R': 'koi8-r', 'ISO 8859-5': 'iso-8859-5', MacCyrillic: 'x-mac-cyrillic' } as const;

/** The first lines of a file in the encoding that was guessed and in others. */
export function readEveryWay(head: Buffer, encoding: Encoding): ReadIn[] {
  const lines = (label: string): string[] =>
    new TextDecoder(label)
      .decode(head)
      .split(/\r\n|\n|\r/)
      .filter((line) => line.trim() !== '')
      .slice(0, LINES);
  return [
    { encoding, lines: lines(encoding) },
    ...Object.entries(OTHERS).map(([name, label]) => ({ encoding: name, lines: lines(label) })),
  ];
}
