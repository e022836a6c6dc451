import { oneWord } from '../../../domain/setting-kinds.ts';
import { asJson, byStatus, objectIn, sent, smsProvider, type SmsErrorReason, failed } from '../provider.ts';

const REASONS: readonly (readonly [SmsErrorReason, RegExp])[] = [
  ['auth', /ACCESS_TOKEN/],
  ['no-money', /BALANCE/],
  ['limit', /FLOOD|LIMIT/],
];

/** The code comes into the Telegram of that number. It words the message itself. */
export const gateway = smsProvider({
  name: 'gateway',
  title: 'Telegram Gateway',
  about: 'the access token.',
  settings: { GATEWAY_TOKEN: oneWord },
  examples: { GATEWAY_TOKEN: 'token' },
  intoChat: true,
  address: 'https://gatewayapi.telegram.org/sendVerificationMessage',
  authorization: ({ GATEWAY_TOKEN }) => `Bearer ${GATEWAY_TOKEN}`,
  body: (_, { phone, code, ttlSeconds }) =>
    asJson({ phone_number: phone, code, ttl: Math.min(3600, Math.max(30, Math.round(ttlSeconds))) }),
  judge({ status, json }) {
    if (json.ok === true) return sent(objectIn(json, 'result').request_id);
    const said = String(json.error);
    // Who has no Telegram at this number may well have a telephone.
    if (said.startsWith('PHONE_NUMBER')) return { verdict: 'not-here' };
    const reason = REASONS.find(([, pattern]) => pattern.test(said))?.[0];
    return failed(reason ?? (status < 400 ? 'refused' : byStatus(status)), json.error);
  },
});
