/** What the one-time link by which a resident gives a relative access to an account starts the bot with, which then asks the relative. */
export function accessStart(token: string): string {
  return `ac-${token}`;
}

/** What such a link sends, `/start ac-…`, whether it was made by us or not; undefined for any other words. */
export function tokenOfAccessLink(words: string): string | undefined {
  return /^\/start(?:@\w+)?\s+ac-([\w-]{1,61})\s*$/i.exec(words)?.[1];
}
