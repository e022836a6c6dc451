import { GrammyError, HttpError } from 'grammy';
import { wordsOfPage } from './refusals.ts';

/** Where Telegram is asked, and through what. */
export type WayThere = { apiRoot: string; proxyUrl?: string | undefined };

/** What the operator does where nobody answers there: a proxy helps on the way to Telegram's own servers, and not to a Bot API server of one's own. */
export function nextMoveThere({ apiRoot, proxyUrl }: WayThere): string {
  if (!isTelegrams(apiRoot)) return 'проверьте, что ваш сервер Bot API запущен, и его адрес';
  return proxyUrl === undefined ? 'проверьте сеть; из России нужен прокси: PROXY_URL' : 'проверьте сеть и прокси из PROXY_URL';
}

function isTelegrams(apiRoot: string): boolean {
  return URL.canParse(apiRoot) && /(^|\.)telegram\.org$/.test(new URL(apiRoot).hostname);
}

/** What a server said that is no Bot API: `HTTP 404` of a page, `не JSON`. Undefined where it is one, or nobody answered. */
export function saidByAnother(error: unknown): string | undefined {
  if (error instanceof HttpError) return error.error instanceof SyntaxError ? 'не JSON' : undefined;
  if (!(error instanceof GrammyError)) return undefined;
  const { error_code: code, description }: { error_code?: number; description?: string } = error;
  if (code === undefined || description === undefined) return 'другой JSON';
  // `client.ts` puts the status of a page into Telegram's words; what has failed may be on the way there only.
  return description === wordsOfPage(code) && code >= 400 && code < 500 && ![407, 408, 409, 429].includes(code)
    ? description
    : undefined;
}
