import { z } from 'zod';
import { oneWord } from '../../../domain/setting-kinds.ts';
import { byStatus, digits, form, SENDER, sent, smsProvider, type SmsErrorReason, failed } from '../provider.ts';

/** Codes of SMSC.ru, https://smsc.ru/api/http/send/sms/sms_answer/. */
const REASONS: Record<number, SmsErrorReason> = { 1: 'refused', 2: 'auth', 3: 'no-money', 4: 'auth', 5: 'refused', 6: 'refused' };
/** The same message to the same number within a minute: the first request had gone through, its answer was lost. */
const REPEAT = 9;

/** It refuses with HTTP 200. */
export const smsc = smsProvider({
  name: 'smsc',
  title: 'SMSC.ru',
  about: 'login and password (better: a password for the API), in single quotes where it has a # or a $.',
  settings: { SMSC_LOGIN: oneWord, SMSC_PASSWORD: z.string(), SMS_SENDER: SENDER.SMS_SENDER.optional() },
  examples: { SMSC_LOGIN: 'inkomus', SMSC_PASSWORD: "'pa#ss$word'" },
  address: 'https://smsc.ru/sys/send.php',
  body: ({ SMSC_LOGIN: login, SMSC_PASSWORD: psw, SMS_SENDER: sender }, { phone, text }) =>
    form({ login, psw, phones: digits(phone), mes: text, sender, fmt: '3', charset: 'utf-8' }),
  judge({ status, json }) {
    const code = Number(json.error_code);
    if (code === REPEAT) return { verdict: 'sent' };
    if (code === 7 || code === 8) return { verdict: 'bad-number' };
    if (json.error !== undefined || json.error_code !== undefined)
      return failed(REASONS[code] ?? 'refused', json.error_code, json.error);
    return json.id === undefined ? failed(byStatus(status), `HTTP ${status}`) : sent(json.id);
  },
  balance: {
    address: 'https://smsc.ru/sys/balance.php',
    body: ({ SMSC_LOGIN: login, SMSC_PASSWORD: psw }) => form({ login, psw, fmt: '3' }),
    roubles: ({ balance }) => balance,
  },
});
