import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCodeSender } from '../../../src/adapters/sms/chain.ts';
import { createHttp } from '../../../src/adapters/sms/http.ts';
import { openProviders, SMS_PROVIDERS } from '../../../src/adapters/sms/providers.ts';
import { readConfig } from '../../../src/config/config.ts';
import { type Expected, failed } from './answers.ts';
import { MESSAGE } from './fixture.ts';
import { FIXTURES, fixtureOf } from './fixtures.ts';
import { playingProvider } from './playing-provider.ts';

/** What every provider keeps to. What one of them says and hears is its fixture, `providers/NAME.ts`. */

let server: Awaited<ReturnType<typeof playingProvider>>;
beforeAll(async () => {
  server = await playingProvider();
});
beforeEach(() => void server.asked.splice(0));
afterAll(() => server.close());

const NAMES = SMS_PROVIDERS.map(({ name }) => name);
const BOT = { BOT_TOKEN: '1:token', SECRET_KEY: 'ab'.repeat(32) };

const told = (expected: Expected) =>
  expected.verdict === 'failed' && expected.detail === undefined
    ? { ...expected, detail: expect.any(String) as string }
    : expected;

test('every provider is in the list, has a fixture, and shares neither its name nor a setting', () => {
  const files = readdirSync('src/adapters/sms/providers').map((file) => file.replace(/\.ts$/, ''));
  expect(files.toSorted()).toEqual(NAMES.toSorted());
  expect(Object.keys(FIXTURES).toSorted()).toEqual(NAMES.toSorted());
  const settings = SMS_PROVIDERS.flatMap((provider) => Object.keys(provider.settings));
  expect(settings).toHaveLength(new Set(settings).size);
});

test('what is known of one provider stands in its file alone', () => {
  const words = SMS_PROVIDERS.flatMap(({ name, title, settings }) => [`'${name}'`, title, ...Object.keys(settings)]);
  const elsewhere = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('adapters/sms/providers/'))
    .flatMap((file) => {
      const text = readFileSync(`src/${file}`, 'utf8');
      return words.filter((word) => text.includes(word)).map((word) => `${file}: ${word}`);
    });
  expect(elsewhere).toEqual([]);
});

describe.each(NAMES)('%s', (name) => {
  const { settings, badSettings, asked, answered, take, balance } = fixtureOf(name);

  /** As the settings of an operator open it. */
  function open(more: Readonly<Record<string, string>> = {}, apiRoot = server.root) {
    const config = readConfig({ ...BOT, ...settings, ...more, SMS_PROVIDER: name, SMS_API_ROOT: apiRoot }, '/nowhere');
    const sms = config.mode === 'bot' ? config.sms : undefined;
    const [provider] = sms ? openProviders(sms, createHttp({ connectMs: 300, answerMs: 300 })) : [];
    if (!provider) throw new Error('no provider');
    return provider;
  }
  const send = (apiRoot?: string) => open({}, apiRoot).send(MESSAGE);

  describe('its settings', () => {
    test.each(Object.keys(settings))('%s is required', (setting) => {
      const { [setting]: _, ...others } = settings;
      const read = () => readConfig({ ...BOT, ...others, SMS_PROVIDER: name }, '/nowhere');
      expect(read).toThrow(new RegExp(`^ {2}${setting}: нужно вместе с SMS_PROVIDER=${name}: возьмите`, 'm'));
    });

    test('nothing else is, and each of its own can be wrong, but one that takes any text', () => {
      const own = SMS_PROVIDERS.find((provider) => provider.name === name)?.settings ?? {};
      expect(Object.keys(badSettings).filter((setting) => !Object.hasOwn(own, setting))).toEqual([]);
      const anyText = Object.keys(own).filter((setting) => own[setting]?.safeParse(' \n\u0000,').success);
      expect([...Object.keys(badSettings), ...anyText].toSorted()).toEqual(Object.keys(own).toSorted());
      expect(open().name).toBe(name);
    });

    test.each(Object.entries(badSettings))('%s is not %s, and the value is not shown', (setting, value) => {
      const read = () => readConfig({ ...BOT, ...settings, SMS_PROVIDER: name, [setting]: value }, '/nowhere');
      expect(read).toThrow(new RegExp(`^ {2}${setting}: нуж(ен|но) (?!.*${value})`, 'm'));
    });
  });

  test.each(asked)('asks $path with $with', async ({ with: more, path, authorization, form, json }) => {
    await open(more).send(MESSAGE);
    const [request] = server.asked;
    expect(request).toMatchObject({ method: 'POST', path });
    expect(request?.headers.authorization).toBe(authorization);
    const type = request?.headers['content-type'];
    const body = request?.body ?? '';
    if (form) expect([type, Object.fromEntries(new URLSearchParams(body))]).toEqual(['application/x-www-form-urlencoded', form]);
    else expect([type, JSON.parse(body)]).toEqual(['application/json', json]);
  });

  test('what it is asked says whom and which code, and its word that it took it is taken for that', async () => {
    server.replies((body) => take(body).answer);
    expect(await send()).toMatchObject({ verdict: 'sent' });
    expect(take(server.asked[0]?.body ?? '')).toMatchObject({ phone: '79123456789', code: MESSAGE.code });
  });

  test.each(answered)('answers %i %j', async (status, body, verdict) => {
    server.answers(status, body);
    expect(await send()).toEqual(told(verdict));
  });

  test('tells what is left on the account, or does not say that it can', async () => {
    const provider = open();
    expect(provider.balance !== undefined).toBe(balance !== undefined);
    if (!balance || !provider.balance) return;
    server.answers(200, balance.answer);
    expect(await provider.balance()).toEqual({ outcome: 'told', roubles: 123.45 });
    const [request] = server.asked;
    expect(request).toMatchObject({ method: 'POST', path: balance.path });
    expect(request?.headers.authorization).toBe(asked[0]?.authorization);
    if (balance.form) expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual(balance.form);
    else expect(JSON.parse(request?.body ?? '')).toEqual(balance.json);

    server.answers(200, balance.refusal);
    expect(await provider.balance()).toMatchObject({ outcome: 'failed', reason: 'auth' });
    server.answers(502, '<html>');
    expect(await provider.balance()).toMatchObject({ outcome: 'failed', reason: 'down' });
    server.answers(200, '[]');
    expect(await provider.balance()).toMatchObject({ outcome: 'failed' });
  });

  test('the fixture has an answer of each kind', () => {
    const kinds = answered.map(([, , verdict]) => (verdict.verdict === 'failed' ? verdict.reason : verdict.verdict));
    expect(kinds).toEqual(expect.arrayContaining(['sent', 'auth', 'no-money', 'refused']));
    expect(kinds.some((kind) => kind === 'bad-number' || kind === 'not-here')).toBe(true);
  });

  test('whatever of our secrets, the code and the number it quotes, nobody is told', async () => {
    const { SMS_SENDER: _, ...secret } = settings;
    const credentials = asked.flatMap(({ authorization }) => authorization?.split(' ')[1] ?? []);
    const secrets = [...Object.values(secret), ...credentials, MESSAGE.code, '79123456789'];
    const quoted = ` ${secrets.flatMap((one) => [one, encodeURIComponent(one)]).join(' ')} `;
    const sender = createCodeSender([open()], () => new Date(0));
    const failures = answered.filter(([, , { verdict }]) => verdict === 'failed');
    for (const [status, body] of failures) {
      server.answers(
        status,
        JSON.parse(JSON.stringify(body), (_, part: unknown) => (typeof part === 'string' ? part + quoted : part)),
      );
      const said = await sender(MESSAGE);
      expect(said.outcome).toBe('failed');
      for (const one of secrets) expect(JSON.stringify(said)).not.toContain(one);
    }
  });

  describe('when the line is bad', () => {
    test.each([
      [500, '<html>', 'down'],
      [200, '<html>Технические работы</html>', 'down'],
      [200, '[]', 'down'],
      [401, 'no', 'auth'],
    ] as const)('HTTP %i %j', async (status, body, reason) => {
      server.answers(status, body);
      const mayArrive = status >= 500 ? { mayArrive: true as const } : {};
      expect(await send()).toEqual(told({ ...failed(reason), ...mayArrive }));
    });

    test('that it was taken is not believed of a broken gateway, nor that it was not', async () => {
      for (const [, body] of answered) {
        server.answers(502, body);
        expect(await send()).toEqual({ ...failed('down', 'HTTP 502'), mayArrive: true });
      }
    });

    test('a gateway time-out is not known to have failed', async () => {
      server.answers(504, '<html>');
      expect(await send()).toEqual({ verdict: 'unknown', detail: 'HTTP 504' });
    });

    test('silence after the request may be an SMS', async () => {
      server.behaves(() => {});
      expect(await send()).toEqual({ verdict: 'unknown', detail: 'no answer in time' });
    });

    test('half an answer may be an SMS', async () => {
      server.behaves((response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"id":');
        setTimeout(() => response.destroy(), 20);
      });
      expect(await send()).toMatchObject({ verdict: 'unknown' });
    });

    test('a slow drip is cut off', async () => {
      server.behaves((response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      });
      expect(await send()).toEqual({ verdict: 'unknown', detail: 'no answer in time' });
    });

    test('a connection that breaks after the request may be an SMS', async () => {
      server.behaves((response) => response.destroy());
      expect(await send()).toMatchObject({ verdict: 'unknown' });
    });

    test('nobody listens: no SMS', async () => {
      expect(await send('http://127.0.0.1:1')).toEqual(failed('down', 'ECONNREFUSED'));
    });

    test('not a TLS server: no SMS', async () => {
      expect(await send(server.root.replace('http:', 'https:'))).toEqual(told(failed('down')));
    });
  });
});
