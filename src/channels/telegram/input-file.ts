import { InputFile } from 'grammy';
import type { OutgoingFile } from '../../delivery/outgoing-file.ts';

/**
 * A file to send up: its bytes, or the path of a file on this disk. grammY writes the name into the form as it is: within quotes it is one
 * value, with its blanks and Cyrillic letters, for Telegram and for stricter readers of forms; what ends a value for either is no part of it.
 */
export function inputFile(content: Uint8Array | string, name: string): InputFile {
  return new InputFile(content, `"${name.replace(/["\\;\p{Cc}]/gu, '_')}"`);
}

/** A file as a call takes it: Telegram's handle of it, or what is to be sent up. */
export function callFile(file: OutgoingFile): string | InputFile {
  return typeof file === 'string' ? file : inputFile(file.bytes, file.name);
}
