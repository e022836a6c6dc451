import { oneWord, text } from '../../../domain/setting-kinds.ts';
import { asJson, byStatus, digits, objectIn, SENDER, sent, smsProvider, failed } from '../provider.ts';

/** `data.status` of a message that will not be delivered: 2 not delivered, 6 rejected. */
const LOST = new Set([2, 6]);

/** Version 2 of its API. Every message carries a signature: without `SMS_SENDER` the one that it shares among all. */
export const smsaero = smsProvider({
  name: 'smsaero',
  title: 'SMS Aero',
  about: 'e-mail and API key.',
  settings: {
    SMSAERO_EMAIL: text(/^\S+@\S+$/, 'нужен адрес электронной почты'),
    SMSAERO_API_KEY: oneWord,
    SMS_SENDER: SENDER.SMS_SENDER.default('SMS Aero'),
  },
  examples: { SMSAERO_EMAIL: 'office@example.org', SMSAERO_API_KEY: 'key' },
  address: 'https://gate.smsaero.ru/v2/sms/send',
  authorization: ({ SMSAERO_EMAIL, SMSAERO_API_KEY }) =>
    `Basic ${Buffer.from(`${SMSAERO_EMAIL}:${SMSAERO_API_KEY}`).toString('base64')}`,
  body: ({ SMS_SENDER: sign }, { phone, text }) => asJson({ number: digits(phone), sign, text }),
  judge({ status, json }) {
    const data = objectIn(json, 'data');
    if (json.success === true) {
      return LOST.has(Number(data.status)) ? failed('refused', `status ${String(data.status)}`) : sent(data.id);
    }
    if (data.number !== undefined) return { verdict: 'bad-number' };
    const poor = /balance|money|funds|баланс|средств/i.test(String(json.message));
    return failed(poor ? 'no-money' : status < 400 ? 'refused' : byStatus(status), `HTTP ${status}`, json.message);
  },
  balance: {
    address: 'https://gate.smsaero.ru/v2/balance',
    body: () => asJson({}),
    roubles: ({ data }) => objectIn({ data }, 'data').balance,
  },
});
