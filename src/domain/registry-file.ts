/** The messenger hands us no larger file (20 MB). */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

const LONGEST_NAME = 80;

/** A file's name as it may be shown and kept: one line, without a folder, not too long; the ending is kept. */
export function shownFileName(name: string): string {
  const clean = (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (clean === '') return 'registry.csv';
  const letters = Array.from(clean);
  return letters.length <= LONGEST_NAME ? clean : `${letters.slice(0, LONGEST_NAME - 9).join('')}…${letters.slice(-8).join('')}`;
}

/** The same with nothing in it but Latin letters, digits, `.`, `_` and `-`: names of files that are sent are not quoted on their way. */
export function sentFileName(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+(?=\.)/g, '');
  return /^\w/.test(plain) ? plain : `registry-${plain.replace(/^[-.]+/, '')}`;
}
