/** A one-time link by which a resident gives a relative access to an account: it opens the bot, which asks the relative. */
export function accessLinkFor(botName: string, token: string): string {
  return `https://t.me/${botName}?start=ac-${token}`;
}

/** What such a link sends, `/start ac-…`, whether it was made by us or not; undefined for any other words. */
export function tokenOfAccessLink(words: string): string | undefined {
  return /^\/start(?:@\w+)?\s+ac-([\w-]{1,61})\s*$/i.exec(words)?.[1];
}
