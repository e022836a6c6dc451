export type Encoding = 'utf-8' | 'windows-1251';

/**
 * Tells a registry's encoding by the bytes of its first line: a header is Russian, and Russian in windows-1251 is no valid UTF-8.
 * Where it is no text at all, says in Russian what to do.
 */
export function guessEncoding(head: Uint8Array): Encoding | { problem: string } {
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) {
    return { problem: 'это книга Excel; сохраните её как CSV с точкой с запятой' };
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return { problem: 'файл в UTF-16; сохраните его в UTF-8 или windows-1251' };
  }
  const newline = head.indexOf(0x0a);
  const line = newline < 0 ? head : head.subarray(0, newline);
  if (line.includes(0)) return { problem: 'это не текст; нужен файл CSV в UTF-8 или windows-1251' };
  try {
    // As a stream: the head may end in the middle of a letter.
    new TextDecoder('utf-8', { fatal: true }).decode(line, { stream: newline < 0 });
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}
