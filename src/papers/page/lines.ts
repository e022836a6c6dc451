import { type FontName, widthOf } from './fonts.ts';

export type Style = { font: FontName; size: number; color: string };

/** The distance from one baseline to the next. */
export function leadingOf({ size }: Style): number {
  return size * 1.24;
}

/** Breaks a text into lines no wider than `width` points: between words, and within a word that is wider by itself. No letter is lost. */
export function breakLines(text: string, width: number, style: Style): string[] {
  const wide = (part: string) => widthOf(part, style.font, style.size);
  const lines: string[] = [];
  let line = '';
  let lineWidth = 0;
  for (const word of wordsOf(text)) {
    const wordWidth = wide(word);
    if (line !== '' && lineWidth + wide(' ') + wordWidth <= width) {
      line = `${line} ${word}`;
      lineWidth = wide(line);
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    for (let head = longestHead(line, width, wide); head !== line; head = longestHead(line, width, wide)) {
      lines.push(head);
      line = line.slice(head.length);
    }
    lineWidth = wide(line);
  }
  if (line !== '') lines.push(line);
  return lines;
}

const LETTERS = new Intl.Segmenter('ru');

/** At least one letter. */
function longestHead(word: string, width: number, wide: (part: string) => number): string {
  if (wide(word) <= width) return word;
  let head = '';
  // Letters with what is written above them stay whole.
  for (const { segment } of LETTERS.segment(word)) {
    if (head !== '' && wide(head + segment) > width) break;
    head += segment;
  }
  return head;
}

/** The width that the text takes on one line. */
export function naturalWidth(text: string, { font, size }: Style): number {
  return widthOf(text, font, size);
}

/** The widest word: a column narrower than this would break words. */
export function longestWord(text: string, style: Style): number {
  return Math.max(0, ...wordsOf(text).map((word) => naturalWidth(word, style)));
}

/** A space that does not break stays within its word. */
function wordsOf(text: string): string[] {
  return text.split(/[ \t\r\n]+/).filter((word) => word !== '');
}
