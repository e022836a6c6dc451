/** What the one-time link by which a resident gives a relative access to an account starts the bot with, which then asks the relative. */
export function accessStart(token: string): string {
  return `ac-${token}`;
}

/** The token of such a payload, `ac-…`, whether it was made by us or not; undefined for any other. */
export function tokenOfAccessLink(payload: string): string | undefined {
  return /^ac-([\w-]{1,61})$/i.exec(payload)?.[1];
}

/** The same of such a link among words, as it is passed on or copied: whole, by its end, or as the command with which it opens the chat. */
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

/** The same words, each character of a token a dot, so that places in them stay. */
export const blankAccessTokens = (words: string): string => replaceAccessTokens(words, (found) => '•'.repeat(found.length));

/**
 * Whether such a link is all that is said: but for the words with which the bot has it passed on (`passOn`, or a piece of that) and those with
 * which people hand it over, nothing stands there, and nothing is asked.
 */
export function isOnlyAccessLink(words: string, passOn: string): boolean {
  const rest = words.replace(new RegExp(LINK, 'gi'), ' ');
  const known = new Set([...wordsOf(passOn), ...HANDED_OVER]);
  return !rest.includes('?') && wordsOf(rest).every((word) => known.has(word));
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/\p{L}+/gu) ?? [];

/** What people write beside a link that they hand over; the months are those of the time until which it is good. */
const HANDED_OVER = wordsOf(`
  вот это эта тут здесь сюда вам тебе вас тебя твоя ваша моя наша от для с по на за мне мной мама папа
  держи держите лови ловите возьми возьмите перейди перейдите открой нажми зайди зайдите подключи подключите подключись подключитесь
  ссылка ссылке ссылки ссылкой одноразовая доступа счет счета счету привет здравствуйте пожалуйста спасибо действует сутки
  января февраля марта апреля мая июня июля августа сентября октября ноября декабря
`);

/** The whole of it among words; no messenger's address is longer than what may stand before `start=`. */
const LINK = /(?:[\w.:/?=&%@+-]{0,100}[?&]start=|\/[\w@]+\s+|(?<![\w-]))ac-[\w-]{8,61}/;

/** A token is 38 characters long; of a link that was cut on the way, and of what stands behind a command, there may be fewer. */
const AMONG_WORDS = /(?:[?&]start=|\/[\w@]+\s+)ac-([\w-]{8,61})|(?<![\w-])ac-([\w-]{38})(?![\w-])/i;
