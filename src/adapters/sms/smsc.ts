import type { Http } from './http.ts';
import { ask, byStatus, type Common, digits, form, type Provider, sent, type SmsErrorReason, trouble } from './provider.ts';

/** Codes of SMSC.ru, https://smsc.ru/api/http/send/sms/sms_answer/. */
const REASONS: Record<number, SmsErrorReason> = { 1: 'refused', 2: 'auth', 3: 'no-money', 4: 'auth', 5: 'refused', 6: 'refused' };
/** The same message to the same number within a minute: the first request had gone through, its answer was lost. */
const REPEAT = 9;

/** SMSC.ru. It refuses with HTTP 200. */
export function smsc({ login, password, ...common }: Common & { login: string; password: string }, http: Http): Provider {
  return {
    name: 'smsc',
    secrets: [login, password],
    send: ({ phone, text }) => {
      const fields = form({
        login,
        psw: password,
        phones: digits(phone),
        mes: text,
        sender: common.sender,
        fmt: '3',
        charset: 'utf-8',
      });
      return ask(http, common, 'https://smsc.ru/sys/send.php', fields, ({ status, json }) => {
        const code = Number(json.error_code);
        if (code === REPEAT) return { verdict: 'sent' };
        if (code === 7 || code === 8) return { verdict: 'bad-number' };
        if (json.error !== undefined || json.error_code !== undefined)
          return trouble(REASONS[code] ?? 'refused', json.error_code, json.error);
        return json.id === undefined ? trouble(byStatus(status), `HTTP ${status}`) : sent(json.id);
      });
    },
  };
}
