import { badNumber, codeIn, taken, failed } from '../answers.ts';
import { type Fixture, MESSAGE } from '../fixture.ts';

const fields = { api_id: 'api-id-that-no-log-may-hold', to: '79123456789', msg: MESSAGE.text, json: '1' };
const ofNumber = (fields: object, phone = '79123456789') => ({
  status: 'OK',
  status_code: 100,
  sms: { [phone]: fields },
  balance: 5,
});

export const fixture: Fixture = {
  settings: { SMSRU_API_ID: 'api-id-that-no-log-may-hold' },
  badSettings: { SMSRU_API_ID: 'two words' },
  asked: [
    { path: '/sms/send', form: fields },
    { path: '/sms/send', with: { SMS_SENDER: 'INKOMUS' }, form: { ...fields, from: 'INKOMUS' } },
  ],
  answered: [
    [200, ofNumber({ status: 'OK', status_code: 100, sms_id: '0-1' }), taken('0-1')],
    [200, ofNumber({ status: 'ERROR', status_code: 202 }), badNumber],
    [200, ofNumber({ status: 'ERROR', status_code: 201, status_text: 'Нет денег' }), failed('no-money', '201 Нет денег')],
    [200, ofNumber({ status: 'ERROR', status_code: 230 }), failed('limit')],
    [200, ofNumber({ status: 'ERROR', status_code: 232 }), failed('limit')],
    [200, { status: 'OK', status_code: 100, sms: {} }, failed('refused', 'no status of the number')],
    [200, { status: 'ERROR', status_code: 200, status_text: 'Неправильный api_id' }, failed('auth')],
    [200, { status: 'ERROR', status_code: 201 }, failed('no-money')],
    [200, { status: 'ERROR', status_code: 220 }, failed('down')],
  ],
  balance: {
    path: '/my/balance',
    form: { api_id: 'api-id-that-no-log-may-hold', json: '1' },
    answer: { status: 'OK', status_code: 100, balance: 123.45 },
    refusal: { status: 'ERROR', status_code: 200, status_text: 'Неправильный api_id' },
  },
  take(body) {
    const asked = new URLSearchParams(body);
    const phone = asked.get('to') ?? '';
    const answer = ofNumber({ status: 'OK', status_code: 100, sms_id: '1' }, phone);
    return { phone, code: codeIn(asked.get('msg')), answer };
  },
};
