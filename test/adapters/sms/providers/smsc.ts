import { badNumber, codeIn, taken, failed } from '../answers.ts';
import { type Fixture, MESSAGE } from '../fixture.ts';

const fields = { login: 'login', psw: 'p&s', phones: '79123456789', mes: MESSAGE.text, fmt: '3', charset: 'utf-8' };

export const fixture: Fixture = {
  settings: { SMSC_LOGIN: 'login', SMSC_PASSWORD: 'p&s' },
  badSettings: { SMSC_LOGIN: 'two words' },
  asked: [
    { path: '/sys/send.php', form: fields },
    { path: '/sys/send.php', with: { SMS_SENDER: 'INKOMUS' }, form: { ...fields, sender: 'INKOMUS' } },
  ],
  answered: [
    [200, { id: 17, cnt: 1 }, taken('17')],
    [200, { error: 'authorise error', error_code: 2 }, failed('auth', '2 authorise error')],
    [200, { error: 'no money', error_code: 3, id: 5 }, failed('no-money')],
    [200, { error: 'IP is blocked', error_code: 4 }, failed('auth')],
    [200, { error: 'message is denied', error_code: 6 }, failed('refused')],
    [200, { error: 'invalid number', error_code: 7 }, badNumber],
    [200, { error: 'cannot be delivered', error_code: 8 }, badNumber],
    [200, { error: 'duplicate request, wait a minute', error_code: 9 }, taken()],
    [200, {}, failed('down')],
  ],
  balance: {
    path: '/sys/balance.php',
    form: { login: 'login', psw: 'p&s', fmt: '3' },
    answer: { balance: '123.45' },
    refusal: { error: 'authorise error', error_code: 2 },
  },
  take(body) {
    const asked = new URLSearchParams(body);
    return { phone: asked.get('phones') ?? '', code: codeIn(asked.get('mes')), answer: { id: 1, cnt: 1 } };
  },
};
