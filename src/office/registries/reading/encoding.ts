import type { ReadIn } from './file-causes.ts';
import { otherKind } from './file-kinds.ts';

export type Encoding = 'utf-8' | 'windows-1251';

const BOM = [0xef, 0xbb, 0xbf];

/**
 * Tells a registry's encoding by the bytes of its first line that is not all ASCII (above the header may stand empty lines and titles such as
 * `2026`): Russian in windows-1251 is no valid UTF-8. By that line alone: a byte that is spoilt further down costs its row, not the file.
 * Where it is no text at all, says in Russian what it is and what to do.
 */
export function guessEncoding(head: Buffer): Encoding | { problem: string } {
  if (isUtf16(head)) return { problem: 'файл в UTF-16; сохраните его в UTF-8 или windows-1251' };
  const other = otherKind(head);
  if (other !== undefined) return { problem: other };
  const marked = BOM.every((byte, index) => head[index] === byte);
  const text = marked ? head.subarray(BOM.length) : head;
  const { line, cut } = tellingLine(text);
  if (lineAt(text, 0).line.includes(0) || line.includes(0))
    return { problem: 'это не текст; нужен файл CSV в UTF-8 или windows-1251' };
  if (isUtf8(line, cut)) return 'utf-8';
  if (marked)
    return { problem: 'в начале стоит метка UTF-8, а текст в другой кодировке; сохраните файл в UTF-8 или windows-1251' };
  return 'windows-1251';
}

/** A line of the first bytes of a file; `cut`: it goes on behind them. */
type HeadLine = { line: Buffer; cut: boolean };

function lineAt(head: Buffer, from: number): HeadLine {
  const end = head.indexOf(NEWLINE, from);
  return end < 0 ? { line: head.subarray(from), cut: true } : { line: head.subarray(from, end), cut: false };
}

/** The first line with a byte that is not ASCII; nothing where there is none. */
function tellingLine(head: Buffer): HeadLine {
  const at = head.findIndex((byte) => byte >= 0x80);
  return at < 0 ? { line: head.subarray(0, 0), cut: false } : lineAt(head, head.lastIndexOf(NEWLINE, at) + 1);
}

const NEWLINE = 0x0a;

/** Whether bytes are UTF-8; `cut`: they may end in the middle of a letter. */
export function isUtf8(bytes: Buffer, cut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return true;
  } catch {
    return false;
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
/** What Russian files come in, by their names here and in `TextDecoder`. */
const KNOWN = {
  'UTF-8': 'utf-8',
  'windows-1251': 'windows-1251',
  cp866: 'ibm866',
  'KOI8-R': 'koi8-r',
  'ISO 8859-5': 'iso-8859-5',
  MacCyrillic: 'x-mac-cyrillic',
} as const;

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
    ...Object.entries(KNOWN)
      .filter(([, label]) => label !== encoding)
      .map(([name, label]) => ({ encoding: name, lines: lines(label) })),
  ];
}
