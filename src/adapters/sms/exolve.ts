import type { Http } from './http.ts';
import { asJson, ask, byStatus, type Common, digits, objectIn, type Provider, sent, trouble } from './provider.ts';

/** MTS Exolve. It sends from a rented number or a registered name: `SMS_SENDER` is required with it. */
export function exolve({ token, sender, ...common }: Common & { token: string; sender: string }, http: Http): Provider {
  return {
    name: 'exolve',
    secrets: [token],
    send: ({ phone, text }) => {
      const fields = asJson({ number: sender, destination: digits(phone), text }, `Bearer ${token}`);
      return ask(http, common, 'https://api.exolve.ru/messaging/v1/SendSMS', fields, ({ status, json }) => {
        if (status >= 200 && status < 300 && json.error === undefined) return sent(json.message_id);
        const said = [json.message, json.error, objectIn(json, 'error').message];
        if (/destination/i.test(said.join(' ')) && status === 400) return { verdict: 'bad-number' };
        return trouble(status < 400 ? 'refused' : byStatus(status), `HTTP ${status}`, ...said);
      });
    },
  };
}
