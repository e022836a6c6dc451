/** What the one-time link by which a resident gives a relative access to an account starts the bot with, which then asks the relative. */
export function accessStart(token: string): string {
  return `ac-${token}`;
}

/** What such a link sends, `/start ac-…`, whether it was made by us or not; undefined for any other words. */
export function tokenOfAccessLink(words: string): string | undefined {
  return /^\/start(?:@\w+)?\s+ac-([\w-]{1,61})\s*$/i.exec(words)?.[1];
}

/** The same of such a link among words, as it is passed on or copied: whole, by its end, or by what it sends. */
export function tokenOfAccessLinkIn(words: string): string | undefined {
  const [, ofLink, alone] = AMONG_WORDS.exec(words) ?? [];
  return ofLink ?? alone;
}

/** The same words with `as` in place of each token. */
export function replaceAccessTokens(words: string, as: (found: string) => string): string {
  return words.replace(new RegExp(AMONG_WORDS, 'gi'), (found, ofLink?: string, alone?: string) => {
    const token = ofLink ?? alone ?? '';
    return found.slice(0, found.length - token.length) + as(token);
  });
}

/** A token is 38 characters long; of a link that was cut on the way there may be fewer. */
const AMONG_WORDS = /(?:[?&]start=|\/start(?:@\w+)?\s+)ac-([\w-]{8,61})|(?<![\w-])ac-([\w-]{38})(?![\w-])/i;
