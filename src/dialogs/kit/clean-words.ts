/** Marks that cannot be seen: zero-width ones and those that turn the direction of writing. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What was typed, without invisible marks and outer space. */
export function cleanWords(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').trim();
}
