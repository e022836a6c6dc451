import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../../src/adapters/sms/http.ts';
import { openProviders, type ProviderSettings } from '../../../src/adapters/sms/providers.ts';
import { playingProvider } from './playing-provider.ts';

let server: Awaited<ReturnType<typeof playingProvider>>;
beforeAll(async () => {
  server = await playingProvider();
});
beforeEach(() => void server.asked.splice(0));
afterAll(() => server.close());

const message = { phone: '+79123456789', code: '012345', text: 'Код 012345. Никому', ttlSeconds: 600 };
const settings = {
  smsru: { name: 'smsru', apiId: 'API-ID' },
  smsc: { name: 'smsc', login: 'login', password: 'p&s' },
  smsaero: { name: 'smsaero', email: 'a@b.ru', apiKey: 'KEY', sender: 'INKOMUS' },
  exolve: { name: 'exolve', token: 'TOKEN', sender: 'INKOMUS' },
  gateway: { name: 'gateway', token: 'TOKEN' },
} satisfies Record<string, ProviderSettings>;

async function send(name: keyof typeof settings, sender?: string, apiRoot = server.root) {
  const [provider] = openProviders([settings[name]], { apiRoot, sender }, createHttp({ connectMs: 300, answerMs: 300 }));
  if (!provider) throw new Error('no provider');
  return provider.send(message);
}

describe('what each is asked', () => {
  test('SMS.ru', async () => {
    await send('smsru', 'INKOMUS');
    await send('smsru');
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/sms/send' });
    expect(server.asked[0]?.headers['content-type']).toMatch('application/x-www-form-urlencoded');
    const [withSender, without] = server.asked.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    expect(withSender).toEqual({ api_id: 'API-ID', to: '79123456789', msg: message.text, json: '1', from: 'INKOMUS' });
    expect(without).toEqual({ api_id: 'API-ID', to: '79123456789', msg: message.text, json: '1' });
  });

  test('SMSC.ru', async () => {
    await send('smsc', 'INKOMUS');
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/sys/send.php' });
    expect(Object.fromEntries(new URLSearchParams(server.asked[0]?.body))).toEqual({
      login: 'login',
      psw: 'p&s',
      phones: '79123456789',
      mes: message.text,
      sender: 'INKOMUS',
      fmt: '3',
      charset: 'utf-8',
    });
  });

  test('SMS Aero', async () => {
    await send('smsaero');
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/v2/sms/send' });
    expect(server.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('a@b.ru:KEY').toString('base64')}`);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ number: '79123456789', sign: 'INKOMUS', text: message.text });
  });

  test('MTS Exolve', async () => {
    await send('exolve');
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/messaging/v1/SendSMS' });
    expect(server.asked[0]?.headers.authorization).toBe('Bearer TOKEN');
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
      number: 'INKOMUS',
      destination: '79123456789',
      text: message.text,
    });
  });

  test('Telegram Gateway', async () => {
    await send('gateway');
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/sendVerificationMessage' });
    expect(server.asked[0]?.headers.authorization).toBe('Bearer TOKEN');
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ phone_number: '+79123456789', code: '012345', ttl: 600 });
  });
});

const trouble = (reason: string, detail: unknown = expect.any(String)) => ({ verdict: 'trouble', reason, detail });

describe('what each answers', () => {
  const own = (fields: object) => ({ status: 'OK', status_code: 100, sms: { '79123456789': fields }, balance: 5 });
  test.each([
    [200, own({ status: 'OK', status_code: 100, sms_id: '0-1' }), { verdict: 'sent', reference: '0-1' }],
    [200, own({ status: 'ERROR', status_code: 202 }), { verdict: 'bad-number' }],
    [200, own({ status: 'ERROR', status_code: 201, status_text: 'Нет денег' }), trouble('no-money', '201 Нет денег')],
    [200, own({ status: 'ERROR', status_code: 230 }), trouble('limit')],
    [200, own({ status: 'ERROR', status_code: 232 }), trouble('limit')],
    [200, { status: 'OK', status_code: 100, sms: {} }, trouble('refused')],
    [200, { status: 'ERROR', status_code: 200, status_text: 'Неправильный api_id' }, trouble('auth')],
    [200, { status: 'ERROR', status_code: 201 }, trouble('no-money')],
    [200, { status: 'ERROR', status_code: 220 }, trouble('down')],
  ])('SMS.ru %i %j', async (status, body, verdict) => {
    server.answers(status, body);
    expect(await send('smsru')).toEqual(verdict);
  });

  test.each([
    [200, { id: 17, cnt: 1 }, { verdict: 'sent', reference: '17' }],
    [200, { error: 'authorise error', error_code: 2 }, trouble('auth', '2 authorise error')],
    [200, { error: 'no money', error_code: 3, id: 5 }, trouble('no-money')],
    [200, { error: 'invalid number', error_code: 7 }, { verdict: 'bad-number' }],
    [200, { error: 'duplicate request, wait a minute', error_code: 9 }, { verdict: 'sent' }],
    [200, { error: 'message is denied', error_code: 6 }, trouble('refused')],
    [200, {}, trouble('down')],
  ])('SMSC.ru %i %j', async (status, body, verdict) => {
    server.answers(status, body);
    expect(await send('smsc')).toEqual(verdict);
  });

  test.each([
    [200, { success: true, data: { id: 5, status: 0 } }, { verdict: 'sent', reference: '5' }],
    [200, { success: true, data: { id: 5, status: 6 } }, trouble('refused')],
    [200, { success: false, message: 'Not enough money.' }, trouble('no-money')],
    [400, { success: false, data: { number: ['Incorrect'] }, message: 'Validation error.' }, { verdict: 'bad-number' }],
    [401, { success: false, message: 'Your request was made with invalid credentials.' }, trouble('auth')],
    [200, { success: false, message: 'Sign is not found' }, trouble('refused', 'HTTP 200 Sign is not found')],
  ])('SMS Aero %i %j', async (status, body, verdict) => {
    server.answers(status, body);
    expect(await send('smsaero')).toEqual(verdict);
  });

  test.each([
    [200, { message_id: '439' }, { verdict: 'sent', reference: '439' }],
    [401, { error: { message: 'unauthenticated' } }, trouble('auth', 'HTTP 401 unauthenticated')],
    [402, { message: 'payment' }, trouble('no-money')],
    [429, { message: 'slower' }, trouble('limit')],
    [400, { message: 'invalid destination' }, { verdict: 'bad-number' }],
    [400, { message: 'invalid number' }, trouble('refused')],
  ])('MTS Exolve %i %j', async (status, body, verdict) => {
    server.answers(status, body);
    expect(await send('exolve')).toEqual(verdict);
  });

  test.each([
    [200, { ok: true, result: { request_id: 'r1' } }, { verdict: 'sent', reference: 'r1' }],
    [200, { ok: false, error: 'ACCESS_TOKEN_INVALID' }, trouble('auth', 'ACCESS_TOKEN_INVALID')],
    [200, { ok: false, error: 'BALANCE_NOT_ENOUGH' }, trouble('no-money')],
    [200, { ok: false, error: 'FLOOD_WAIT_5' }, trouble('limit')],
    [200, { ok: false, error: 'PHONE_NUMBER_NOT_FOUND' }, { verdict: 'not-here' }],
    [200, { ok: false, error: 'SOMETHING' }, trouble('refused')],
  ])('Telegram Gateway %i %j', async (status, body, verdict) => {
    server.answers(status, body);
    expect(await send('gateway')).toEqual(verdict);
  });
});

describe.each(Object.keys(settings) as (keyof typeof settings)[])('%s when the line is bad', (name) => {
  test.each([
    [500, '<html>', 'down'],
    [502, { id: 1, ok: true, success: true, message_id: 'x' }, 'down'],
    [200, '<html>Технические работы</html>', 'down'],
    [200, '[]', 'down'],
    [401, 'no', 'auth'],
  ])('HTTP %i %j', async (status, body, reason) => {
    server.answers(status, body);
    expect(await send(name)).toEqual(trouble(reason));
  });

  test('a gateway time-out is not known to have failed', async () => {
    server.answers(504, '<html>');
    expect(await send(name)).toEqual({ verdict: 'unknown', detail: 'HTTP 504' });
  });

  test('silence after the request may be an SMS', async () => {
    server.behaves(() => {});
    expect(await send(name)).toEqual({ verdict: 'unknown', detail: 'no answer in time' });
  });

  test('half an answer may be an SMS', async () => {
    server.behaves((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await send(name)).toMatchObject({ verdict: 'unknown' });
  });

  test('a slow drip is cut off', async () => {
    server.behaves((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await send(name)).toEqual({ verdict: 'unknown', detail: 'no answer in time' });
  });

  test('a connection that breaks after the request may be an SMS', async () => {
    server.behaves((response) => response.destroy());
    expect(await send(name)).toMatchObject({ verdict: 'unknown' });
  });

  test('nobody listens: no SMS', async () => {
    expect(await send(name, undefined, 'http://127.0.0.1:1')).toEqual(trouble('down', 'ECONNREFUSED'));
  });

  test('not a TLS server: no SMS', async () => {
    expect(await send(name, undefined, server.root.replace('http:', 'https:'))).toEqual(trouble('down'));
  });
});
