import { Api, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { createLog } from '../../../src/adapters/log.ts';
import { introduce } from '../../../src/channels/telegram/introduce.ts';
import { TOKEN } from '../../kit/edge/bot-api.ts';

type Refusal = { code: number; description: string; movedTo?: number };

/** What the operator reads when the look at the staff group ends so; all other calls succeed. */
async function warningsWhen(group: 'no answer' | Refusal): Promise<string> {
  const api = new Api(TOKEN);
  api.config.use(async (_prev, method) => {
    if (method !== 'getMe') return { ok: true, result: true as never };
    if (group === 'no answer') throw new HttpError("Network request for 'getMe' failed!", new Error('ECONNRESET'));
    const { code, description, movedTo } = group;
    const parameters = movedTo === undefined ? {} : { migrate_to_chat_id: movedTo };
    return { ok: false, error_code: code, description, parameters };
  });
  let output = '';
  const log = createLog('warn', { destination: { write: (line: string) => void (output += line) } });
  await introduce(api, -1001, (text) => text, log);
  return output;
}

const BLAMED = 'the bot cannot see this group';

test.each<[string, 'no answer' | Refusal, string]>([
  ['the line is dead', 'no answer', 'Telegram did not answer'],
  ['Telegram is down', { code: 502, description: 'Bad Gateway' }, 'Telegram did not answer'],
  ['a proxy refuses', { code: 407, description: 'Proxy Authentication Required' }, 'Telegram did not answer'],
  ['too many calls', { code: 429, description: 'Too Many Requests: retry after 5' }, 'Telegram wants fewer calls'],
  ['the token was revoked', { code: 401, description: 'Unauthorized' }, 'BOT_TOKEN'],
  ['no Bot API stands there', { code: 404, description: 'Not Found' }, 'TELEGRAM_API_ROOT'],
  [
    'the group became a supergroup',
    { code: 400, description: 'Bad Request: group chat was upgraded to a supergroup chat', movedTo: -1009 },
    '-1009',
  ],
])('the group’s number is not blamed when %s', async (_case, group, said) => {
  const warned = await warningsWhen(group);
  expect(warned).toContain(said);
  expect(warned).not.toContain(BLAMED);
});

test.each<[string, Refusal]>([
  ['is not there', { code: 400, description: 'Bad Request: chat not found' }],
  ['threw the bot out', { code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' }],
  ['does not show its members', { code: 400, description: 'Bad Request: member list is inaccessible' }],
])('the group’s number is blamed when the group %s', async (_case, group) => {
  expect(await warningsWhen(group)).toContain(BLAMED);
});
