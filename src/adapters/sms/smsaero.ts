import type { Http } from './http.ts';
import { asJson, ask, byStatus, type Common, digits, objectIn, type Provider, sent, trouble } from './provider.ts';

/** `data.status` of a message that will not be delivered: 2 not delivered, 6 rejected. */
const LOST = new Set([2, 6]);

/** SMS Aero v2. Every message carries a signature: `SMS_SENDER`, else the one that SMS Aero shares among all. */
export function smsaero(
  { email, apiKey, sender, ...common }: Common & { email: string; apiKey: string; sender: string },
  http: Http,
): Provider {
  const basic = Buffer.from(`${email}:${apiKey}`).toString('base64');
  return {
    name: 'smsaero',
    secrets: [email, apiKey, basic],
    send: ({ phone, text }) => {
      const fields = asJson({ number: digits(phone), sign: sender, text }, `Basic ${basic}`);
      return ask(http, common, 'https://gate.smsaero.ru/v2/sms/send', fields, ({ status, json }) => {
        const data = objectIn(json, 'data');
        if (json.success === true) {
          return LOST.has(Number(data.status)) ? trouble('refused', `status ${String(data.status)}`) : sent(data.id);
        }
        if (data.number !== undefined) return { verdict: 'bad-number' };
        const poor = /balance|money|funds|баланс|средств/i.test(String(json.message));
        return trouble(poor ? 'no-money' : status < 400 ? 'refused' : byStatus(status), `HTTP ${status}`, json.message);
      });
    },
  };
}
