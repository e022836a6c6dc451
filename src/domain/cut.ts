/** The beginning of a text, of so many UTF-16 units at most (by which messengers and limits count): never a half of a character. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(most - 1)) && /[\udc00-\udfff]/.test(text.charAt(most));
  return text.slice(0, isSplit ? most - 1 : most);
}

/** The same with `…` in place of what is left out, which counts, too. */
export function shortenTo(text: string, most: number): string {
  return text.length <= most ? text : `${cutTo(text, most - 1).trimEnd()}…`;
}
