import { InputFile } from 'grammy';

/**
 * A file to send up: its bytes, or the path of a file on this disk. grammY writes the name into the form as it is: within quotes it is one
 * value, with its blanks and Cyrillic letters, for Telegram and for stricter readers of forms; what ends a value for either is no part of it.
 */
export function inputFile(content: Uint8Array | string, name: string): InputFile {
  return new InputFile(content, `"${name.replace(/["\\;\p{Cc}]/gu, '_')}"`);
}
