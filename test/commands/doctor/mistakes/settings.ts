import { TOWN_PAYEE } from '../../../../src/sandbox/town/payee.ts';
import { type Mistake, payee } from '../stage.ts';

export const MISTAKES_OF_SETTINGS: readonly Mistake[] = [
  [
    'no CENTRE_FILE',
    () => ({ env: { CENTRE_FILE: '' }, now: new Date('2026-10-20T09:00:00Z') }),
    /^warning настройки: CENTRE_FILE: жители видят контакты из примера/m,
  ],
  ['no seniors', () => ({ env: { STAFF_SENIOR_IDS: '' } }), /^warning настройки: STAFF_SENIOR_IDS: не задан/m],
  [
    'an unknown name',
    () => ({ env: { SMS_PROVIDR: 'smsru' } }),
    /^warning настройки: SMS_PROVIDR: такой настройки нет.* SMS_PROVIDER\?/m,
  ],
  [
    'holidays that run out',
    async (stage) => ({
      env: { CENTRE_FILE: await stage.written('old.json', JSON.stringify({ ...stage.own, holidays: ['2026-12-31'] })) },
    }),
    /^warning настройки: CENTRE_FILE: holidays: кончится 2026-12-31/m,
  ],
  [
    'a payment provider’s test token',
    () => ({ env: { PAYMENT_PROVIDER_TOKEN: '381764678:TEST:5ecret' } }),
    /^warning настройки: PAYMENT_PROVIDER_TOKEN: тестовый/m,
  ],
  ['no staff group', () => ({ env: { STAFF_CHAT_ID: '' } }), /^warning настройки: STAFF_CHAT_ID: не задан/m],
  ['no SMS', () => ({ env: { SMS_PROVIDER: '' } }), /^warning SMS_PROVIDER: не задан/m],
  [
    'an INN with a slip',
    () => ({ env: payee({ inn: '6154999017' }) }),
    /^fault реквизиты: PAYEE_INN: контрольные цифры не сходятся/m,
  ],
  ['a BIC of no bank', () => ({ env: payee({ bic: '999999999' }) }), /^fault реквизиты: PAYEE_BIC: /m],
  [
    'a corr. account that begins 407',
    () => ({ env: payee({ corrAccount: TOWN_PAYEE.corrAccount.replace(/^301/, '407') }) }),
    /^fault реквизиты: PAYEE_CORR_ACCOUNT: /m,
  ],
  [
    'an account with a slip',
    () => ({ env: payee({ account: TOWN_PAYEE.account.replace(/.$/, (last) => String((Number(last) + 1) % 10)) }) }),
    /^fault реквизиты: PAYEE_ACCOUNT: /m,
  ],
  [
    'a payee that no QR code holds',
    () => ({ env: payee({ name: `${'Ъ'.repeat(120)}−` }) }),
    /^fault настройки: PAYEE_NAME: .* не помещается в QR-код/m,
  ],
  ['half of the requisites', () => ({ env: { PAYEE_INN: '' } }), /^fault настройки: PAYEE_INN: нужно вместе с остальными/m],
  [
    'no requisites',
    () => ({ env: Object.fromEntries(Object.keys(payee()).map((name) => [name, ''])) }),
    /^warning настройки: PAYEE_…: не заданы: /m,
  ],
  [
    'a password with @ in it',
    () => ({ env: { DATABASE_URL: 'postgres://inkomus:p@ss/w@localhost/inkomus' } }),
    /^fault настройки: DATABASE_URL: нужен адрес .* кодами %40/m,
  ],
  ['a key of 31 bytes', () => ({ env: { SECRET_KEY: 'cd'.repeat(31) } }), /^fault настройки: SECRET_KEY: нужны 32 байта/m],
  [
    'the example’s key',
    () => ({ env: { SECRET_KEY: '0123456789abcdef'.repeat(4) } }),
    /^fault настройки: SECRET_KEY: .*известен всем/m,
  ],
];
