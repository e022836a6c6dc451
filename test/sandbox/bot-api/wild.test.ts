import fc from 'fast-check';
import { expect, test } from 'vitest';
import schema from '../../../src/sandbox/bot-api/schema.json' with { type: 'json' };
import { openSandbox } from './sandbox-kit.ts';

/** `sendMessage` → its parameters' names. */
const methods = Object.entries(schema)
  .filter(([name]) => name !== 'setWebhook' && name !== 'getUpdates')
  .map(([name, line]) => ({ name, parameters: line.split(' ') }));

test('whatever the parameters, a method answers or refuses in Telegram’s words, and the state stays whole', async () => {
  const { call, log, url, act, ivan, staffChatId } = await openSandbox();
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      ivan,
      staffChatId,
      String(ivan),
      1,
      2,
      0,
      -1,
      null,
      '',
      true,
      'true',
      [],
      {},
      'HTML',
      'MarkdownV2',
      'Markdown',
    ),
    fc.constantFrom<unknown>(
      [null],
      [[null]],
      { inline_keyboard: [[{}]] },
      { keyboard: [[null]] },
      { type: 'photo', media: 5 },
      [1, 2, 'x'],
      '{',
      '[]',
    ),
    fc.constantFrom<unknown>('http://127.0.0.1:9/x', 'attach://x', { message_id: 'x' }, { type: 'emoji' }, [
      { label: 'x', amount: 1e9 },
    ]),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const calls = fc
    .constantFrom(...methods)
    .chain(({ name, parameters }) =>
      fc.tuple(fc.constant(name), fc.dictionary(fc.constantFrom(...parameters), value, { minKeys: 1 })),
    );
  // Half of what is wild stands beside parameters that lead somewhere.
  const usual = { chat_id: ivan, from_chat_id: ivan, message_id: 2, user_id: ivan, text: 'я', type: 'photo' };
  await fc.assert(
    fc.asyncProperty(calls, fc.boolean(), async ([name, parameters], isWithUsual) => {
      await call('sendMessage', { chat_id: ivan, text: 'я' });
      const answer = await call(name, { ...(isWithUsual ? usual : {}), ...parameters });
      expect(answer.ok || /^(Bad Request|Forbidden): ./.test(answer.description ?? ''), `${name}: ${answer.description}`).toBe(
        true,
      );
    }),
    { numRuns: 500 },
  );
  expect(log).toEqual([]);
  act({ type: 'start-bot', as: ivan });
  expect((await fetch(`${url}/sandbox/api/state`)).status).toBe(200);
});
