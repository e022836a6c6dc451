/**
 * A name under which people find a file again: words with blanks between them, and nothing that Windows, a phone or a messenger does not
 * take in a name.
 */
export function fileName(words: string): string {
  return words
    .replace(/[\\/:*?"<>|;\p{Cc}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
