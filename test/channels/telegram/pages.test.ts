import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api } from 'grammy';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isClosed, openCalls } from '../../../src/channels/telegram/calls.ts';
import { createTelegramClient, type TelegramClient } from '../../../src/channels/telegram/client.ts';
import { createFetchFile } from '../../../src/channels/telegram/fetch-file.ts';
import { createMessenger } from '../../../src/channels/telegram/messenger.ts';
import { passes } from '../../../src/channels/telegram/refusals.ts';
import { createSendNotice } from '../../../src/channels/telegram/send-notice.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import { createGroupMembership } from '../../../src/channels/telegram/staff-members.ts';
import { createStaffVoice } from '../../../src/channels/telegram/staff-voice.ts';
import { MembershipUnknown } from '../../../src/office/staff/staff.ts';
import { TOKEN } from '../../kit/edge/bot-api.ts';

/** A broken Telegram, so no Bot API here: what stands before it answers in its place; nobody has blocked the bot, and nothing is refused for good. */

let server: Server;
let page: { status: number; body: string };
let client: TelegramClient;
let api: Api;
/** What the operator reads as Telegram's word about the group. */
const untold = new Set<string>();
beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(page.status).end(page.body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = createTelegramClient({ timeLimitMs: 1_000, longestFloodWaitMs: 0, patienceMs: 0, once: true });
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = new Api(TOKEN, { apiRoot, fetch: client.fetch });
  api.config.use(client.transformer(apiRoot, TOKEN));
});
beforeEach(() => untold.clear());
afterAll(() => {
  client.close();
  server.closeAllConnections();
  server.close();
});

const group = openStaffGroup(-1001);
const words = { marked: '<b>Дом</b>', doors: [] };
const WHO = 'telegram:7';

/** Whoever asks Telegram for something, and makes a verdict of its no. Each rejects where there is none. */
const ASKED: readonly [string, () => Promise<unknown>][] = [
  ['a notice', () => createSendNotice(api, group, () => Promise.reject(new Error('nothing is drawn')))(WHO, words)],
  ['a notice to staff', () => createSendNotice(api, group, () => Promise.reject(new Error('nothing is drawn')))('staff', words)],
  [
    'an answer of staff',
    () =>
      createMessenger(api, group).perform({
        does: 'say',
        to: { person: WHO },
        marked: words.marked,
        buttons: [],
        replyTo: undefined,
        silent: false,
      }),
  ],
  ['a topic', () => createMessenger(api, group).perform({ does: 'open-thread', title: 'тема' })],
  ['an export', () => createStaffVoice(api).hand(WHO, { name: 'readings-1.csv', content: 'ЛС' }, words)],
  [
    'who is a member',
    () =>
      createGroupMembership(
        api,
        group,
        [],
        () => new Date(),
        (reason) => void untold.add(reason),
      ).isMember(WHO),
  ],
  ['a registry file that was sent', () => createFetchFile(api, { apiRoot: '', token: TOKEN }, client)('handle', '/dev/null')],
];

const BODIES: readonly [string, string][] = [
  ['a page', '<html>Forbidden</html>'],
  ['nothing at all', ''],
  ['a line of words', 'access denied by rule 7'],
  ['another JSON', '{"error":"forbidden","message":"blocked by the administrator"}'],
  ['another JSON with a code of its own', '{"code":403,"status":"denied"}'],
  ['half a JSON', '{"ok":false,"err'],
  ['a list', '[]'],
];

describe.each([400, 402, 403, 404, 405, 406, 410, 451])('%i', (status) => {
  describe.each(BODIES)('and %s', (_, body) => {
    test.each(ASKED)('is no answer to %s', async (_name, ask) => {
      page = { status, body };
      const error = await ask().then(
        (verdict) => ({ verdict }),
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(MembershipUnknown);
      expect([...untold]).toEqual([]);
    });

    test('makes a reply come later', async () => {
      page = { status, body };
      const called = await openCalls(() => {})('sendMessage', () => api.sendMessage(7, 'слово'));
      expect(called.done).toBe(false);
      if (called.done) return;
      expect({ passes: passes(called.refusal), isClosed: isClosed(called.refusal) }).toEqual({ passes: true, isClosed: false });
    });
  });
});

test('Telegram’s own word, with the same status, is one', async () => {
  page = { status: 403, body: '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}' };
  const [, notice] = ASKED[0] ?? [];
  expect(await notice?.()).toMatchObject({ outcome: 'blocked' });
});
