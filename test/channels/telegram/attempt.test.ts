import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { isTelegramAway } from '../../../src/channels/telegram/attempt.ts';
import { classifyError, passes } from '../../../src/channels/telegram/refusals.ts';

const no = (error_code: number, description: string) =>
  new GrammyError('no', { ok: false, error_code, description }, 'sendMessage', {});

test.each([
  [500, 'Internal Server Error', true],
  [502, 'HTTP 502', true],
  [429, 'Too Many Requests: retry after 7', true],
  [409, 'Conflict: terminated by other getUpdates request', true],
  [401, 'Unauthorized', true],
  [404, 'Not Found', true],
  [400, 'Logged out', true],
  [400, 'Bad Request: RPC_CALL_FAIL', true],
  [400, 'Bad Request: FLOOD_WAIT_20', true],
  [403, 'HTTP 403', true],
  [403, 'Forbidden: bot was blocked by the user', false],
  [404, 'Not Found: method not found', false],
  [413, 'HTTP 413', false],
  [400, 'Bad Request: chat not found', false],
  [400, 'Bad Request: message thread not found', false],
  [400, 'Bad Request: query is too old and response timeout expired', false],
  [400, 'Bad Request: something that nobody has seen yet', false],
])('%d «%s»: that Telegram is away is %s, as the table has it', (code, description, isAway) => {
  const error = no(code, description);
  expect(isTelegramAway(error)).toBe(isAway);
  expect(passes(classifyError(error))).toBe(isAway);
});

test('no answer is Telegram away, whatever was heard in its place; a slip of ours is not', () => {
  expect(isTelegramAway(new HttpError('no answer', new Error('ECONNRESET')))).toBe(true);
  expect(isTelegramAway(new HttpError('no JSON', new SyntaxError('Unexpected token <')))).toBe(true);
  expect(isTelegramAway(new GrammyError('no', {} as never, 'getMe', {}))).toBe(true);
  expect(isTelegramAway(new TypeError('a slip'))).toBe(false);
});
