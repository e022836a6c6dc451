import type { Http } from './http.ts';
import { asJson, ask, byStatus, type Common, objectIn, type Provider, sent, type SmsErrorReason, trouble } from './provider.ts';

const REASONS: readonly (readonly [SmsErrorReason, RegExp])[] = [
  ['auth', /ACCESS_TOKEN/],
  ['no-money', /BALANCE/],
  ['limit', /FLOOD|LIMIT/],
];

/** Telegram Gateway: the code comes into the Telegram of that number. It words the message itself. */
export function gateway({ token, ...common }: Common & { token: string }, http: Http): Provider {
  return {
    name: 'gateway',
    secrets: [token],
    send: ({ phone, code, ttlSeconds }) => {
      const ttl = Math.min(3600, Math.max(30, Math.round(ttlSeconds)));
      const fields = asJson({ phone_number: phone, code, ttl }, `Bearer ${token}`);
      return ask(http, common, 'https://gatewayapi.telegram.org/sendVerificationMessage', fields, ({ status, json }) => {
        if (json.ok === true) return sent(objectIn(json, 'result').request_id);
        const said = String(json.error);
        // Who has no Telegram at this number may well have a telephone.
        if (said.startsWith('PHONE_NUMBER')) return { verdict: 'not-here' };
        const reason = REASONS.find(([, pattern]) => pattern.test(said))?.[0];
        return trouble(reason ?? (status < 400 ? 'refused' : byStatus(status)), json.error);
      });
    },
  };
}
