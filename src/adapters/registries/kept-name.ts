import { Buffer } from 'node:buffer';

/** The longest name of a file, in bytes, and what we write around one: the time that it was put away, and that its rows were refused. */
const LONGEST_NAME_BYTES = 255;
const ADDED = '20261123-061500-123-.refused.csv.part';
const MOST_BYTES = LONGEST_NAME_BYTES - ADDED.length;
const MOST_OF_ENDING = 16;

/**
 * What a file is called from now on, by the bytes of its name: the same, unless these are not UTF-8 (a Windows computer's), have controls, or
 * leave no room for what is added; the ending is kept.
 */
export function keptName(bytes: Buffer): string {
  const name = decoded(bytes).replace(/\p{Cc}+/gu, ' ');
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot < 0 || name.length - dot > MOST_OF_ENDING ? '' : name.slice(dot);
  const letters = Array.from(name.slice(0, name.length - ending.length));
  while (Buffer.byteLength(`${letters.join('')}…${ending}`) > MOST_BYTES) letters.pop();
  return `${letters.join('')}…${ending}`;
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
