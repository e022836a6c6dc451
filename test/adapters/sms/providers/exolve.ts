import { badNumber, codeIn, taken, failed } from '../answers.ts';
import { type Fixture, MESSAGE } from '../fixture.ts';

export const fixture: Fixture = {
  settings: { EXOLVE_TOKEN: 'TOKEN', SMS_SENDER: 'INKOMUS' },
  badSettings: { EXOLVE_TOKEN: 'two words' },
  asked: [
    {
      path: '/messaging/v1/SendSMS',
      authorization: 'Bearer TOKEN',
      json: { number: 'INKOMUS', destination: '79123456789', text: MESSAGE.text },
    },
  ],
  answered: [
    [200, { message_id: '439' }, taken('439')],
    [200, { error: 'no' }, failed('refused', 'HTTP 200 no')],
    [401, { error: { message: 'unauthenticated' } }, failed('auth', 'HTTP 401 unauthenticated')],
    [402, { message: 'payment' }, failed('no-money')],
    [429, { message: 'slower' }, failed('limit')],
    [400, { message: 'invalid destination' }, badNumber],
    [400, { message: 'invalid number' }, failed('refused')],
  ],
  take(body) {
    const { destination, text } = JSON.parse(body) as Record<string, string>;
    return { phone: destination ?? '', code: codeIn(text ?? ''), answer: { message_id: '1' } };
  },
};
