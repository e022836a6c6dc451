import type { Update } from 'grammy/types';

/** U+0000, and halves of a character that stand alone: Postgres takes neither, in text nor in JSON. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/**
 * An update of which everything can be stored: words, names, captions, names of files. U+0000 is left out, half a character becomes U+FFFD.
 * The same object where nothing is to be done.
 */
export function withoutNul(update: Update): Update {
  return cleaned(update) as Update;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string')
    return isStorable(value) ? value : value.replace(UNSTORABLE, (sign) => (sign === '\0' ? '' : '\ufffd'));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const parts = value.map(cleaned);
    return parts.some((part, i) => part !== value[i]) ? parts : value;
  }
  let clean: Record<string, unknown> | undefined;
  for (const name in value) {
    const part = (value as Record<string, unknown>)[name];
    if (typeof part === 'number' || typeof part === 'boolean') continue;
    const kept = cleaned(part);
    if (kept !== part) (clean ??= { ...value })[name] = kept;
  }
  return clean ?? value;
}

function isStorable(text: string): boolean {
  UNSTORABLE.lastIndex = 0;
  return !UNSTORABLE.test(text);
}
