import { Api, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { createLog } from '../../../src/adapters/log.ts';
import { introduce } from '../../../src/channels/telegram/introduce.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
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

const BLAMED = 'бот не видит этой группы';

test.each<[string, 'no answer' | Refusal, string]>([
  ['the line is dead', 'no answer', 'Telegram не ответил'],
  ['Telegram is down', { code: 502, description: 'Bad Gateway' }, 'Telegram не ответил'],
  ['a proxy refuses', { code: 407, description: 'Proxy Authentication Required' }, 'Telegram не ответил'],
  ['too many calls', { code: 429, description: 'Too Many Requests: retry after 5' }, 'Telegram просит подождать'],
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

test('the profile says what the bot is for, and a guest is offered a guest’s commands', async () => {
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-29T09:00:00Z') });
  const asked = new Map<string, Record<string, unknown>>();
  const api = new Api(TOKEN);
  api.config.use(async (_prev, method, payload) => {
    asked.set(method, payload);
    return { ok: true, result: true as never };
  });
  await introduce(api, undefined, (name) => text(name), createLog('fatal'));

  // The limits of the Bot API.
  const description = String(asked.get('setMyDescription')?.description);
  expect(description).toMatch(/Личный кабинет АО ВЦ «Инкомус»[^]*сколько платить[^]*показания[^]*без регистрации/);
  expect(description.length).toBeLessThanOrEqual(512);
  const short = String(asked.get('setMyShortDescription')?.short_description);
  expect(short).toMatch(/Инкомус/);
  expect(short.length).toBeLessThanOrEqual(120);
  expect(asked.get('setChatMenuButton')).toEqual({ menu_button: { type: 'commands' } });
  const { commands, scope } = asked.get('setMyCommands') as { commands: { command: string }[]; scope: unknown };
  expect(scope).toEqual({ type: 'all_private_chats' });
  expect(commands.map(({ command }) => command)).toEqual([
    'login',
    'register',
    'readings',
    'pay',
    'request',
    'contacts',
    'requests',
    'menu',
    'help',
    'cancel',
  ]);
});

test('a description that is not taken stops nothing', async () => {
  const seen: string[] = [];
  const api = new Api(TOKEN);
  api.config.use(async (_prev, method) => {
    seen.push(method);
    if (method === 'setMyDescription')
      return { ok: false, error_code: 400, description: 'Bad Request: BOT_DESCRIPTION_TOO_LONG' };
    return { ok: true, result: true as never };
  });
  let output = '';
  await introduce(
    api,
    -1001,
    (text) => text,
    createLog('warn', { destination: { write: (line: string) => void (output += line) } }),
  );
  expect(output).toContain('did not take the description of the bot');
  expect(seen).toContain('getChatMember');
});
