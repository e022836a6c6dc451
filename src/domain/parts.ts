import { cutTo } from './cut.ts';

/**
 * Cuts a long text into parts of at most `most` characters: between paragraphs where it can, else lines, else words. `begun`: what is not to
 * be cut in two, as the end of a part would show it.
 */
export function splitText(text: string, most: number, begun?: RegExp): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  // With no room at all it would never come to an end.
  const room = Math.max(2, most);
  while (rest.length > room) {
    const at = lastBreak(rest, room);
    const cut = begun?.exec(rest.slice(0, at))?.index || at;
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function lastBreak(text: string, most: number): number {
  const head = text.slice(0, most + 1);
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = head.lastIndexOf(mark);
    // A break near the start would leave a part of a few words.
    if (at > most / 2) return at;
  }
  return cutTo(text, most).length;
}
