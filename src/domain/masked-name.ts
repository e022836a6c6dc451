/**
 * A name as staff may see it who have the person or the person's papers before them: `Иванов Иван Иванович` → `И***в И. И.`; a word of one or
 * two letters, `Ли` → `Л***`. What follows a surname is initials.
 */
export function maskName(name: string): string {
  const [surname = '', ...rest] = name.normalize('NFC').trim().split(/\s+/u);
  const letters = Array.from(surname);
  const last = letters.length > 2 ? letters.at(-1) : '';
  const initials = rest.flatMap((word) => Array.from(word).find((letter) => /\p{L}/u.test(letter)) ?? []);
  return [letters.length > 0 ? `${letters[0]}***${last}` : '', ...initials.map((letter) => `${letter.toUpperCase()}.`)]
    .filter(Boolean)
    .join(' ');
}
