import { freePort } from '../../../kit/edge/free-port.ts';
import { otherDatabase, SQL_ASCII } from '../../../kit/other-database.ts';
import { type Change, type Mistake, NOW } from '../stage.ts';

/** The bot's own webhook, and what Telegram says of it. */
export function webhookSays(info: object): Change {
  const url = 'http://127.0.0.1/hook';
  const result = { url, pending_update_count: 0, last_error_message: 'Wrong response from the webhook: 502', ...info };
  return { env: { WEBHOOK_URL: url }, telegram: { getWebhookInfo: { result } } };
}

export const MISTAKES_OF_NEIGHBOURS: readonly Mistake[] = [
  [
    'Telegram away',
    async () => ({ env: { TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` } }),
    /^fault Telegram: TELEGRAM_API_ROOT: Telegram не отвечает \(ECONNREFUSED\): проверьте, что ваш сервер Bot API запущен(?!.*PROXY_URL)/m,
  ],
  [
    'Telegram answers 502',
    () => ({ telegram: { getMe: { refuse: { error_code: 502, description: 'Bad Gateway' } } } }),
    /^fault Telegram: TELEGRAM_API_ROOT: Telegram не отвечает \(502\)/m,
  ],
  [
    'a proxy that is not there',
    async () => ({ env: { PROXY_URL: `http://name:pr0xy-5ecret@127.0.0.1:${await freePort()}` } }),
    /^fault Telegram: PROXY_URL: прокси не отвечает \(ECONNREFUSED\)/m,
  ],
  [
    'a token that is none',
    () => ({ env: { BOT_TOKEN: '4711:AAanother' } }),
    /^fault Telegram: BOT_TOKEN: Telegram не знает такого токена/m,
  ],
  [
    'a failing webhook',
    () => ({
      env: { WEBHOOK_URL: 'http://127.0.0.1/hook' },
      telegram: {
        getWebhookInfo: {
          result: {
            url: 'http://127.0.0.1/hook',
            pending_update_count: 3,
            last_error_date: NOW.getTime() / 1000 - 120,
            last_error_message: 'Connection refused',
          },
        },
      },
    }),
    /^fault WEBHOOK_URL: Telegram не смог доставить \(2 минуты назад\): Connection refused/m,
  ],
  [
    'a webhook that failed before a quiet night, with updates that wait',
    () => webhookSays({ pending_update_count: 3, last_error_date: NOW.getTime() / 1000 - 7 * 3600 }),
    /^warning WEBHOOK_URL: последняя ошибка доставки была 7 часов назад: Wrong response from the webhook: 502; обновления ждут и теперь: проверьте/m,
  ],
  [
    'another webhook',
    () => ({
      env: { WEBHOOK_URL: 'http://127.0.0.1/hook' },
      telegram: { getWebhookInfo: { result: { url: 'https://other.example/x', pending_update_count: 0 } } },
    }),
    /^fault WEBHOOK_URL: у Telegram стоит другой вебхук/m,
  ],
  [
    'a webhook that was forgotten',
    () => ({ telegram: { getWebhookInfo: { result: { url: 'https://other.example/x', pending_update_count: 0 } } } }),
    /^warning WEBHOOK_URL: не задан, а у Telegram вебхук есть/m,
  ],
  [
    'updates that nobody takes',
    () => ({ telegram: { getWebhookInfo: { result: { url: '', pending_update_count: 700 } } } }),
    /^warning Telegram: ждёт 700 обновлений/m,
  ],
  [
    'Postgres away',
    async () => ({ env: { DATABASE_URL: `postgres://inkomus:pg-5ecret@127.0.0.1:${await freePort()}/inkomus` } }),
    /^fault DATABASE_URL: Postgres недоступен \(ECONNREFUSED\): запустите его/m,
  ],
  [
    'a database of another encoding',
    async (stage) => ({ env: { DATABASE_URL: await otherDatabase(stage, SQL_ASCII) } }),
    /^fault DATABASE_URL: база в кодировке SQL_ASCII, а нужна UTF8: создайте другую/m,
  ],
  [
    'no such database',
    (stage) => ({ env: { DATABASE_URL: stage.urlWith((url) => (url.pathname = '/nowhere')) } }),
    /^fault DATABASE_URL: .*\(3D000\): такой базы нет/m,
  ],
  [
    'no such user',
    (stage) => ({ env: { DATABASE_URL: stage.urlWith((url) => url.searchParams.set('user', 'nobody')) } }),
    /^fault DATABASE_URL: .*\(28...\): не впускает этого пользователя/m,
  ],
  [
    'Redis away',
    async () => ({ env: { REDIS_URL: `redis://:red1s-5ecret@127.0.0.1:${await freePort()}` } }),
    /^fault REDIS_URL: Redis не отвечает или не пишет \(ECONNREFUSED\): запустите/m,
  ],
  ['an account of SMS that is empty', () => ({ balance: 0 }), /^fault SMS, smsru: на счёте 0,00\s₽: коды не уходят/m],
  [
    'an account of SMS that is nearly empty',
    () => ({ balance: 90 }),
    /^warning SMS, smsru: на счёте 90,00\s₽: этого хватит ненадолго/m,
  ],
];
