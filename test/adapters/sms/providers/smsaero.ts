import { badNumber, codeIn, taken, failed } from '../answers.ts';
import { type Fixture, MESSAGE } from '../fixture.ts';

const request = {
  path: '/v2/sms/send',
  authorization: `Basic ${Buffer.from('a@b.ru:KEY').toString('base64')}`,
  json: { number: '79123456789', sign: 'SMS Aero', text: MESSAGE.text },
};

export const fixture: Fixture = {
  settings: { SMSAERO_EMAIL: 'a@b.ru', SMSAERO_API_KEY: 'KEY' },
  badSettings: { SMSAERO_EMAIL: 'nobody', SMSAERO_API_KEY: 'two words' },
  asked: [request, { ...request, with: { SMS_SENDER: 'INKOMUS' }, json: { ...request.json, sign: 'INKOMUS' } }],
  answered: [
    [200, { success: true, data: { id: 5, status: 0 } }, taken('5')],
    [200, { success: true, data: { id: 5, status: 2 } }, failed('refused')],
    [200, { success: true, data: { id: 5, status: 6 } }, failed('refused', 'status 6')],
    [200, { success: false, message: 'Not enough money.' }, failed('no-money')],
    [400, { success: false, data: { number: ['Incorrect'] }, message: 'Validation error.' }, badNumber],
    [401, { success: false, message: 'Your request was made with invalid credentials.' }, failed('auth')],
    [200, { success: false, message: 'Sign is not found' }, failed('refused', 'HTTP 200 Sign is not found')],
  ],
  balance: {
    path: '/v2/balance',
    json: {},
    answer: { success: true, data: { balance: 123.45 }, message: null },
    refusal: { success: false, message: 'Your request was made with invalid credentials.' },
  },
  take(body) {
    const { number, text } = JSON.parse(body) as Record<string, string>;
    return { phone: number ?? '', code: codeIn(text ?? ''), answer: { success: true, data: { id: 1, status: 0 } } };
  },
};
