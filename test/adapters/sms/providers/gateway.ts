import { notHere, taken, failed } from '../answers.ts';
import type { Fixture } from '../fixture.ts';

export const fixture: Fixture = {
  settings: { GATEWAY_TOKEN: 'TOKEN' },
  badSettings: { GATEWAY_TOKEN: 'two words' },
  asked: [
    {
      path: '/sendVerificationMessage',
      authorization: 'Bearer TOKEN',
      json: { phone_number: '+79123456789', code: '012345', ttl: 600 },
    },
  ],
  answered: [
    [200, { ok: true, result: { request_id: 'r1' } }, taken('r1')],
    [200, { ok: false, error: 'ACCESS_TOKEN_INVALID' }, failed('auth', 'ACCESS_TOKEN_INVALID')],
    [200, { ok: false, error: 'BALANCE_NOT_ENOUGH' }, failed('no-money')],
    [200, { ok: false, error: 'FLOOD_WAIT_5' }, failed('limit')],
    [200, { ok: false, error: 'PHONE_NUMBER_NOT_FOUND' }, notHere],
    [200, { ok: false, error: 'SOMETHING' }, failed('refused')],
  ],
  take(body) {
    const { phone_number, code } = JSON.parse(body) as Record<string, string>;
    const answer = { ok: true, result: { request_id: '1' } };
    return { phone: (phone_number ?? '').replace('+', ''), code: code ?? '', answer };
  },
};
