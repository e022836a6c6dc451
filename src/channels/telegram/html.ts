/** People's words for `parse_mode: HTML`. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const SIGNS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** HTML of ours as it is read on the screen: its length is what counts for Telegram's limits. */
export function shownText(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (sign) => SIGNS[sign] ?? sign);
}

/** HTML of ours where no looks are taken: the address of a link follows its words. */
export function plainText(html: string): string {
  return shownText(
    html.replace(/<a href="([^"]*)">([^<]*)<\/a>/g, (_, address: string, word: string) =>
      word === address ? word : `${word} (${address})`,
    ),
  );
}
