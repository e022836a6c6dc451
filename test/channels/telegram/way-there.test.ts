import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { sentenceOf } from '../../../src/channels/telegram/update-error.ts';
import { nextMoveThere } from '../../../src/channels/telegram/way-there.ts';

const TELEGRAM = 'https://api.telegram.org';
const OWN = 'http://127.0.0.1:8081';
const PROXY = 'socks5://127.0.0.1:1080';

test.each([
  [TELEGRAM, undefined, /нужен прокси: PROXY_URL$/],
  [TELEGRAM, PROXY, /прокси из PROXY_URL$/],
  [OWN, undefined, /^(?!.*PROXY_URL).*ваш сервер Bot API запущен/],
  ['https://bot-api.telegram.org.example', undefined, /ваш сервер Bot API запущен/],
])('where %s does not answer (proxy: %s), the next move fits it', (apiRoot, proxyUrl, move) => {
  expect(nextMoveThere({ apiRoot, proxyUrl })).toMatch(move);
});

const silent = (error: Error) => new HttpError("Network request for 'getMe' failed!", error);
const no = (error_code: number, description: string) =>
  new GrammyError('no', { ok: false, error_code, description }, 'getMe', {});

test.each<[error: Error, sentence: RegExp]>([
  [
    silent(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })),
    /^TELEGRAM_API_ROOT: Telegram не отвечает \(ECONNREFUSED\): .*; бот пробует снова$/,
  ],
  [silent(new Error('late')), /^TELEGRAM_API_ROOT: Telegram не отвечает \(нет ответа\): /],
  [
    silent(new SyntaxError('Unexpected token <')),
    /^TELEGRAM_API_ROOT: по этому адресу отвечает не Bot API \(не JSON\): исправьте/,
  ],
  [no(404, 'HTTP 404'), /^TELEGRAM_API_ROOT: по этому адресу отвечает не Bot API \(HTTP 404\): исправьте/],
  [no(502, 'HTTP 502'), /^TELEGRAM_API_ROOT: Telegram отвечает ошибкой \(502\): /],
  [no(409, 'Conflict'), /^BOT_TOKEN: обновления этого бота забирает другой процесс \(409\): остановите его/],
  [no(401, 'Unauthorized'), /^BOT_TOKEN: Telegram больше не знает этого токена \(401\): скопируйте/],
])('%s is told by its setting and the next move', (error, sentence) => {
  expect(sentenceOf(error, { apiRoot: OWN })).toMatch(sentence);
});
