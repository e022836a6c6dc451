/**
 * The looks of a text: `<b>`, `<i>`, `<code>`, `<a href>` and `<blockquote>` (`expandable`: folded, where the messenger can), which never reach over a line of the text, and people's words among them
 * with their signs escaped. Telegram takes it as its HTML; the channel of another messenger renders it in its own way.
 */
export const TAGS = ['b', 'i', 'code', 'a', 'blockquote'] as const;

/** People's words among tags. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Words that stand in a block of their own. */
export function quoteBlock(marked: string): string {
  return `<blockquote>${marked}</blockquote>`;
}

const SIGNS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** As it is read on the screen: its length is what counts for a messenger's limits. */
export function shownText(marked: string): string {
  return marked.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (sign) => SIGNS[sign] ?? sign);
}

/** Where no looks are taken: the address of a link follows its words. */
export function plainText(marked: string): string {
  return shownText(
    marked.replace(/<a href="([^"]*)">([^<]*)<\/a>/g, (_, address: string, word: string) =>
      word === address ? word : `${word} (${address})`,
    ),
  );
}
