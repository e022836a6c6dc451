import { splitText } from '../domain/parts.ts';

/**
 * The tags of our own texts: `<b>`, `<i>`, `<code>`, `<a href>`, which never reach over a line of the text, and `<blockquote>` (`expandable`: folded,
 * where the messenger can). People's words stand among them with their signs escaped, or in the tags of `LOOKS`, which has two more: a channel renders
 * seven. Telegram takes them as its HTML; the channel of another messenger renders them in its own way.
 */
export const TAGS = ['b', 'i', 'code', 'a', 'blockquote'] as const;

/** People's words among tags. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The tags of the looks that people give their own words: `<u>` and `<s>` are in no text of ours. A messenger that has others leaves them out. */
export const LOOKS = ['b', 'i', 'u', 's', 'code'] as const;
export type WordLook = (typeof LOOKS)[number];

/** Words from one character to before another look so. */
export type LookedWords = { look: WordLook; from: number; to: number };

/** People's words among tags, with their own looks; a look never reaches over a line, and looks never overlap crosswise. */
export function markLooks(text: string, looks: readonly LookedWords[]): string {
  if (looks.length === 0) return escapeMarkup(text);
  const edges = new Set([0, text.length]);
  for (const { from, to } of looks) for (const edge of [from, to]) if (edge > 0 && edge < text.length) edges.add(edge);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) edges.add(at).add(at + 1);
  const ordered = [...edges].filter((edge) => edge <= text.length).sort((a, b) => a - b);
  return ordered
    .slice(1)
    .map((to, i) => {
      const from = ordered[i] ?? 0;
      const piece = escapeMarkup(text.slice(from, to));
      const worn =
        piece.trim() === ''
          ? []
          : LOOKS.filter((look) => looks.some((each) => each.look === look && each.from <= from && each.to >= to));
      return worn.reduceRight((inner, look) => `<${look}>${inner}</${look}>`, piece);
    })
    .join('');
}

const QUOTES = /<(\/?)blockquote([^>]*)>/g;

/** A tag, or a sign that is written as several, without its end. */
const BEGUN = /(?:<[^<>]*|&[#\w]{0,6})$/;

/** Cuts a long text into parts as `splitText` does; a quote that is cut is one in both parts: it alone reaches over lines. */
export function splitMarked(marked: string, most: number): string[] {
  let open: string | undefined;
  return splitText(marked, most, BEGUN).map((part) => {
    const begun = open ?? '';
    for (const [tag, closes] of part.matchAll(QUOTES)) open = closes ? undefined : tag;
    return begun + part + (open === undefined ? '' : '</blockquote>');
  });
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
