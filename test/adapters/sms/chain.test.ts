import { expect, test } from 'vitest';
import { createCodeSender } from '../../../src/adapters/sms/chain.ts';
import type { Provider, ProviderAnswer } from '../../../src/adapters/sms/provider.ts';
import { loadTexts } from '../../../src/texts/texts.ts';

const message = { phone: '+79123456789', code: '654321', text: 'Код 654321. Никому', ttlSeconds: 600 };

/** A chain whose providers answer as told, on a clock of the test; `asked` names who was asked. */
function chain(answers: Record<string, ProviderAnswer | (() => ProviderAnswer)>) {
  const asked: string[] = [];
  let now = 0;
  const providers = Object.entries(answers).map(
    ([name, answer]): Provider => ({
      name,
      secrets: ['S3CR&T', 'S3CR&T-TOO'],
      send: async () => {
        asked.push(name);
        return typeof answer === 'function' ? answer() : answer;
      },
    }),
  );
  const send = createCodeSender(providers, () => new Date(now));
  return {
    asked,
    send: (avoid?: string) => send({ ...message, ...(avoid !== undefined && { avoid }) }),
    pass: (ms: number) => (now += ms),
  };
}

const down: ProviderAnswer = { verdict: 'failed', reason: 'down', detail: 'HTTP 500' };
const poor: ProviderAnswer = { verdict: 'failed', reason: 'no-money', detail: '201' };
const sent: ProviderAnswer = { verdict: 'sent', reference: '1' };
const silent: ProviderAnswer = { verdict: 'unknown', detail: 'no answer in time' };

test('the first that takes it ends the search, and who failed before is told of', async () => {
  const { send, asked } = chain({ a: poor, b: sent, c: sent });
  expect(await send()).toEqual({
    outcome: 'sent',
    provider: 'b',
    reference: '1',
    failures: [{ provider: 'a', reason: 'no-money', detail: '201' }],
  });
  expect(asked).toEqual(['a', 'b']);
});

test('the one to avoid is asked last, after a silent one too, and is asked all the same', async () => {
  const { send, asked } = chain({ a: sent, b: silent, c: poor });
  expect(await send('a')).toMatchObject({ outcome: 'unknown', provider: 'b' });
  expect(await send('a')).toMatchObject({ outcome: 'unknown', provider: 'b' });
  expect(asked).toEqual(['b', 'c', 'b']);
  const alone = chain({ a: sent });
  expect(await alone.send('a')).toMatchObject({ outcome: 'sent', provider: 'a' });
});

test('an answer that was broken on its way ends no code: it may arrive, whoever was asked after it', async () => {
  const broken: ProviderAnswer = { ...down, mayArrive: true };
  expect(await chain({ a: broken, b: poor }).send()).toMatchObject({ outcome: 'failed', mayArrive: true });
  expect(await chain({ a: poor, b: down }).send()).not.toHaveProperty('mayArrive');
  expect(await chain({ a: broken, b: sent }).send()).toMatchObject({ outcome: 'sent', provider: 'b' });
});

test('nobody takes it: every reason is told', async () => {
  expect(await chain({ a: poor, b: down }).send()).toEqual({
    outcome: 'failed',
    reasons: [
      { provider: 'a', reason: 'no-money', detail: '201' },
      { provider: 'b', reason: 'down', detail: 'HTTP 500' },
    ],
  });
});

test('what may have gone out is not sent by another one', async () => {
  const { send, asked } = chain({ a: silent, b: sent });
  expect(await send()).toEqual({
    outcome: 'unknown',
    provider: 'a',
    failures: [{ provider: 'a', reason: 'down', detail: 'no answer in time' }],
  });
  expect(asked).toEqual(['a']);
});

test('who fell silent is asked last for five minutes, and first again after', async () => {
  const { send, asked, pass } = chain({ a: silent, b: sent });
  await send();
  pass(60_000);
  await send();
  pass(240_000);
  await send();
  expect(asked).toEqual(['a', 'b', 'a']);
});

test('who fell silent is asked still when the others fail', async () => {
  const { send, asked, pass } = chain({ a: silent, b: down });
  await send();
  pass(1000);
  expect(await send()).toMatchObject({ outcome: 'unknown', provider: 'a' });
  expect(asked).toEqual(['a', 'b', 'a']);
});

test('a bad number is bad when one says so and nobody takes it', async () => {
  expect(await chain({ a: { verdict: 'bad-number' }, b: sent }).send()).toMatchObject({ outcome: 'sent', provider: 'b' });
  expect(await chain({ a: { verdict: 'bad-number' }, b: down }).send()).toMatchObject({ outcome: 'bad-number', provider: 'a' });
});

test('no Telegram at a number: the next way is tried; without one the number cannot be reached', async () => {
  expect(await chain({ gateway: { verdict: 'not-here' }, b: sent }).send()).toEqual({
    outcome: 'sent',
    provider: 'b',
    reference: '1',
  });
  expect(await chain({ gateway: { verdict: 'not-here' } }).send()).toEqual({ outcome: 'bad-number', provider: 'gateway' });
  expect(await chain({ gateway: { verdict: 'not-here' }, b: down }).send()).toMatchObject({ outcome: 'failed' });
});

test('a provider that quotes us gives away neither keys nor the code nor the number', async () => {
  const detail =
    'bad request: api_id=S3CR&T (S3CR%26T) key=S3CR&T-TOO\n to=79123456789 +79123456789 msg=Код 654321. Никому code 654321';
  const said = await chain({ a: { verdict: 'failed', reason: 'refused', detail } }).send();
  expect(JSON.stringify(said)).not.toMatch(/S3CR|TOO|654321|9123456789|Никому/);
  expect(said).toMatchObject({ reasons: [{ detail: 'bad request: api_id=… (…) key=… to=… … msg=… code …' }] });
});

test('the words of the SMS say what its code is for, and fit into one SMS', () => {
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });
  const purposes = { registration: 'регистрации', 'sign-in': 'входа', recovery: 'нового пароля', 'new-phone': 'смены телефона' };
  for (const [purpose, what] of Object.entries(purposes)) {
    const words = texts.text('sms-code', { code: '012345', purpose });
    expect(words).toBe(`Код 012345 для ${what}. Никому его не сообщайте. ВЦ «Инкомус»`);
    expect(words.length).toBeLessThanOrEqual(70);
  }
});

test('with no provider set, staff learn it with the first code', async () => {
  expect(await chain({}).send()).toEqual({
    outcome: 'failed',
    reasons: [{ provider: 'nobody', reason: 'refused', detail: 'SMS_PROVIDER не задан' }],
  });
});
