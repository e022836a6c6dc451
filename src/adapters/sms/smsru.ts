import type { Http } from './http.ts';
import {
  ask,
  type Common,
  digits,
  form,
  objectIn,
  type Provider,
  sent,
  type SmsErrorReason,
  trouble,
  type Verdict,
} from './provider.ts';

/** Codes of SMS.ru, https://sms.ru/api/send: what is wrong with the number; the rest by reason. */
const BAD_NUMBERS = new Set([202, 207, 209, 214, 215]);
const REASONS: readonly (readonly [SmsErrorReason, readonly number[]])[] = [
  ['no-money', [201]],
  ['limit', [206, 230, 231, 232, 233]],
  ['auth', [200, 300, 301, 302, 303]],
  ['down', [220, 500, 501, 502, 503, 504, 505, 506, 507]],
];

/** SMS.ru. Its answer has a status on top and one for the number: only the latter says that the SMS was taken. */
export function smsru({ apiId, ...common }: Common & { apiId: string }, http: Http): Provider {
  return {
    name: 'smsru',
    secrets: [apiId],
    send: ({ phone, text }) => {
      const to = digits(phone);
      const fields = form({ api_id: apiId, to, msg: text, json: '1', from: common.sender });
      return ask(http, common, 'https://sms.ru/sms/send', fields, ({ json }) => {
        if (json.status !== 'OK') return judge(json);
        const own = objectIn(objectIn(json, 'sms'), to);
        return own.status === 'OK' ? sent(own.sms_id) : judge(own);
      });
    },
  };
}

function judge({ status_code: code, status_text: text }: Record<string, unknown>): Verdict {
  const number = Number(code);
  if (BAD_NUMBERS.has(number)) return { verdict: 'bad-number' };
  const reason = REASONS.find(([, codes]) => codes.includes(number))?.[0] ?? 'refused';
  return code === undefined ? trouble(reason, 'no status of the number') : trouble(reason, code, text);
}
