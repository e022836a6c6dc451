import { oneWord } from '../../../domain/setting-kinds.ts';
import {
  digits,
  form,
  objectIn,
  SENDER,
  sent,
  smsProvider,
  type SmsErrorReason,
  failed,
  type ProviderAnswer,
} from '../provider.ts';

/** Codes of SMS.ru, https://sms.ru/api/send: what is wrong with the number; the rest by reason. */
const BAD_NUMBERS = new Set([202, 207, 209, 214, 215]);
const REASONS: readonly (readonly [SmsErrorReason, readonly number[]])[] = [
  ['no-money', [201]],
  ['limit', [206, 230, 231, 232, 233]],
  ['auth', [200, 300, 301, 302, 303]],
  ['down', [220, 500, 501, 502, 503, 504, 505, 506, 507]],
];

/** Its answer has a status on top and one for the number: only the latter says that the SMS was taken. */
export const smsru = smsProvider({
  name: 'smsru',
  title: 'SMS.ru',
  about: 'api_id from the settings of its cabinet.',
  settings: { SMSRU_API_ID: oneWord, SMS_SENDER: SENDER.SMS_SENDER.optional() },
  examples: { SMSRU_API_ID: '00000000-0000-0000-0000-000000000000' },
  address: 'https://sms.ru/sms/send',
  body: ({ SMSRU_API_ID, SMS_SENDER }, { phone, text }) =>
    form({ api_id: SMSRU_API_ID, to: digits(phone), msg: text, json: '1', from: SMS_SENDER }),
  judge({ json }, { phone }) {
    if (json.status !== 'OK') return refusal(json);
    const own = objectIn(objectIn(json, 'sms'), digits(phone));
    return own.status === 'OK' ? sent(own.sms_id) : refusal(own);
  },
  balance: {
    address: 'https://sms.ru/my/balance',
    body: ({ SMSRU_API_ID }) => form({ api_id: SMSRU_API_ID, json: '1' }),
    roubles: ({ status, balance }) => (status === 'OK' ? balance : undefined),
  },
});

function refusal({ status_code: code, status_text: text }: Record<string, unknown>): ProviderAnswer {
  const number = Number(code);
  if (BAD_NUMBERS.has(number)) return { verdict: 'bad-number' };
  const reason = REASONS.find(([, codes]) => codes.includes(number))?.[0] ?? 'refused';
  return code === undefined ? failed(reason, 'no status of the number') : failed(reason, code, text);
}
