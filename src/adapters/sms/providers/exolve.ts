import { oneWord } from '../../../domain/setting-kinds.ts';
import { asJson, byStatus, digits, objectIn, SENDER, sent, smsProvider, failed } from '../provider.ts';

/** It sends from a rented number or a registered name: `SMS_SENDER` is required with it. */
export const exolve = smsProvider({
  name: 'exolve',
  title: 'MTS Exolve',
  about: "the application's API key.",
  settings: { EXOLVE_TOKEN: oneWord, ...SENDER },
  examples: { EXOLVE_TOKEN: 'token' },
  address: 'https://api.exolve.ru/messaging/v1/SendSMS',
  authorization: ({ EXOLVE_TOKEN }) => `Bearer ${EXOLVE_TOKEN}`,
  body: ({ SMS_SENDER: number }, { phone, text }) => asJson({ number, destination: digits(phone), text }),
  judge({ status, json }) {
    if (status >= 200 && status < 300 && json.error === undefined) return sent(json.message_id);
    const said = [json.message, json.error, objectIn(json, 'error').message];
    if (/destination/i.test(said.join(' ')) && status === 400) return { verdict: 'bad-number' };
    return failed(status < 400 ? 'refused' : byStatus(status), `HTTP ${status}`, ...said);
  },
});
