import { describe, expect, onTestFinished, test } from 'vitest';
import type { OlderMessages, SandboxEvent, Snapshot, UploadAnswer } from '../../../src/sandbox/protocol.ts';
import { openSandbox } from './sandbox-kit.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';
import { waitUntil } from '../../kit/wait-for.ts';

type Heard = { id: number; event: SandboxEvent };

/** Listens to the events as a browser would. */
async function listen(
  url: string,
  query = '',
  headers: Record<string, string> = {},
): Promise<{ heard: Heard[]; stop: () => void }> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/sandbox/api/events${query}`, { signal: leaving.signal, headers });
  const heard: Heard[] = [];
  void (async () => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(frame) ?? [];
        if (data !== undefined) heard.push({ id: Number(id), event: JSON.parse(data) as SandboxEvent });
      }
    }
  })().catch(() => undefined);
  const stop = (): void => leaving.abort();
  onTestFinished(stop);
  return { heard, stop };
}

const stateOf = async (url: string): Promise<Snapshot> => (await (await fetch(`${url}/sandbox/api/state`)).json()) as Snapshot;

test('a snapshot has people, chats with messages, SMS, the town and the clock', async () => {
  const { url, receiveSms, showTown, pass, act, ivan, staffChatId } = await openSandbox();
  receiveSms('+79281234567', 'Код 123456');
  showTown({
    title: 'Городок',
    tips: [{ title: 'Счёт', text: 'Подключите его' }],
    accounts: [{ accountNumber: '0012', address: 'Ленина, 1', note: 'С долгом' }],
  });
  pass(60);
  act({ type: 'move-clock', seconds: 3600 });
  const state = await stateOf(url);
  expect(state.people.map(({ firstName, role }) => `${firstName} ${role}`)).toEqual([
    'Иван resident',
    'Ольга staff',
    'Сергей staff',
    'Марина staff',
  ]);
  expect(state.chats.find(({ id }) => id === ivan)?.messages.map(({ message }) => message.text)).toEqual(['/start']);
  expect(state.chats.find(({ id }) => id === staffChatId)).toMatchObject({ isForum: true, kind: 'supergroup' });
  expect(state.sms).toEqual([{ id: 1, phone: '+79281234567', text: 'Код 123456', sentAt: '2026-11-05T09:00:00.000Z' }]);
  expect(state.town.accounts[0]?.accountNumber).toBe('0012');
  expect(state.clock).toEqual({ now: '2026-11-05T10:01:00.000Z', movedSeconds: 3600 });
  expect(JSON.stringify(state)).not.toContain(':AA');
});

describe('events', () => {
  test('come as they happen and resume after the last one seen', async () => {
    const { url, api, act, receiveSms, ivan } = await openSandbox();
    const { eventId } = await stateOf(url);
    const first = await listen(url, `?after=${eventId}`);
    const sent = await api.sendMessage(ivan, 'раз');
    await api.editMessageText(ivan, sent.message_id, 'два');
    await waitUntil(() => first.heard.length === 2);
    first.stop();
    await api.deleteMessage(ivan, sent.message_id);
    receiveSms('+79281234567', 'Код 1');
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'три' });
    const lastSeen = String(first.heard.at(-1)?.id);
    const second = await listen(url, `?after=${eventId}`, { 'last-event-id': lastSeen });
    await waitUntil(() => second.heard.length === 3);
    const types = [...first.heard, ...second.heard].map(({ event }) => event.type);
    expect(types).toEqual(['message', 'message-changed', 'messages-deleted', 'sms', 'message']);
    const ids = [...first.heard, ...second.heard].map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => eventId + 1 + index));
  });

  test('of a past that is gone only «reset» comes', async () => {
    const { url } = await openSandbox();
    const { heard } = await listen(url, '?after=7');
    await waitUntil(() => heard.length === 1);
    expect(heard[0]?.event).toEqual({ type: 'reset' });
  });

  test('a snapshot and the events after it miss nothing and repeat nothing', async () => {
    const { url, act, ivan } = await openSandbox();
    const say = (text: string) => act({ type: 'send-text', as: ivan, chatId: ivan, text });
    for (let count = 0; count < 50; count += 1) say(`до ${count}`);
    const state = await stateOf(url);
    for (let count = 0; count < 50; count += 1) say(`после ${count}`);
    const { heard } = await listen(url, `?after=${state.eventId}`);
    await waitUntil(() => heard.length === 50);
    const texts = [
      ...(state.chats.find(({ id }) => id === ivan)?.messages ?? []).map(({ message }) => message.text),
      ...heard.map(({ event }) => (event.type === 'message' ? event.shown.message.text : undefined)),
    ];
    expect(texts).toHaveLength(101);
    expect(new Set(texts).size).toBe(101);
  });

  test('the page hears when the bot begins to listen', async () => {
    const { url, call } = await openSandbox({ started: false });
    expect((await stateOf(url)).botIsListening).toBe(false);
    const { heard } = await listen(url);
    await call('getUpdates');
    await waitUntil(() => heard.length > 0);
    expect(heard[0]?.event).toMatchObject({ type: 'bot', botIsListening: true });
  });
});

test('older messages come a hundred at a time', async () => {
  const { url, act, ivan } = await openSandbox();
  for (let count = 0; count < 350; count += 1) act({ type: 'send-text', as: ivan, chatId: ivan, text: `${count}` });
  const chat = (await stateOf(url)).chats.find(({ id }) => id === ivan);
  expect([chat?.messages.length, chat?.hasOlder]).toEqual([200, true]);
  const before = chat?.messages[0]?.message.message_id ?? 0;
  const page = (await (await fetch(`${url}/sandbox/api/messages?chat=${ivan}&before=${before}`)).json()) as OlderMessages;
  expect([page.messages.length, page.hasOlder]).toEqual([100, true]);
  expect(page.messages.at(-1)?.message.message_id).toBe(before - 1);
  const rest = (await (
    await fetch(`${url}/sandbox/api/messages?chat=${ivan}&before=${page.messages[0]?.message.message_id}`)
  ).json()) as OlderMessages;
  expect([rest.messages.length, rest.hasOlder]).toEqual([51, false]);
});

test('in a forum each topic shows its newest, however much was said elsewhere', async () => {
  const { url, act, olga, staffChatId } = await openSandbox();
  const topic = (name: string) => act({ type: 'new-topic', as: olga, chatId: staffChatId, name }).threadId ?? 0;
  const [quiet, loud] = [topic('Тихая'), topic('Шумная')];
  const say = (text: string, threadId?: number) =>
    act({ type: 'send-text', as: olga, chatId: staffChatId, text, ...(threadId === undefined ? {} : { threadId }) });
  for (let count = 1; count <= 40; count += 1) say(`тихо ${count}`, quiet);
  say('в общей');
  for (let count = 1; count <= 250; count += 1) say(`шум ${count}`, loud);
  const chat = (await stateOf(url)).chats.find(({ id }) => id === staffChatId);
  const wordsOf = (messages: OlderMessages['messages'], thread: number | undefined) =>
    messages.filter(({ message }) => message.message_thread_id === thread).map(({ message }) => message.text);
  expect(wordsOf(chat?.messages ?? [], quiet)).toEqual(Array.from({ length: 30 }, (_, index) => `тихо ${index + 11}`));
  expect(wordsOf(chat?.messages ?? [], undefined).at(-1)).toBe('в общей');
  expect(wordsOf(chat?.messages ?? [], loud)).toHaveLength(200);
  expect(chat?.hasOlder).toBe(true);
  const older = async (thread: number, before: number) =>
    (await (
      await fetch(`${url}/sandbox/api/messages?chat=${staffChatId}&thread=${thread}&before=${before}`)
    ).json()) as OlderMessages;
  const [first] = chat?.messages.filter(({ message }) => message.message_thread_id === quiet) ?? [];
  const rest = await older(quiet, first?.message.message_id ?? 0);
  expect([wordsOf(rest.messages, quiet).slice(-10), rest.hasOlder]).toEqual([
    Array.from({ length: 10 }, (_, index) => `тихо ${index + 1}`),
    false,
  ]);
  const general = await older(0, Number.MAX_SAFE_INTEGER);
  expect(general.messages.every(({ message }) => message.message_thread_id === undefined)).toBe(true);
  expect(general.messages.at(-1)?.message.text).toBe('в общей');
});

test('the page hears which group is the staff’s: named by the operator, or upgraded', async () => {
  const { act, onEvent, staffChatId, olga, ivan, url } = await openSandbox();
  const heard: SandboxEvent[] = [];
  onEvent((event) => event.type === 'staff-chat' && heard.push(event));
  const plain = act({ type: 'new-group', as: olga, title: 'Простая', kind: 'group' }).chatId ?? 0;
  expect(() => act({ type: 'set-staff-group', chatId: ivan })).toThrow('личный чат');
  act({ type: 'set-staff-group', chatId: plain });
  const upgraded = act({ type: 'upgrade-group', as: olga, chatId: plain, to: 'supergroup' }).chatId ?? 0;
  expect(heard).toEqual([
    { type: 'staff-chat', chatId: plain, isNamed: true },
    { type: 'staff-chat', chatId: upgraded, isNamed: false },
  ]);
  expect((await stateOf(url)).staffChatId).toBe(upgraded);
  expect(upgraded).not.toBe(staffChatId);
});

test('what the bot is in a group, and what came without a sound, can be seen', async () => {
  const { url, api, act, token, staffChatId, ivan, olga } = await openSandbox();
  await api.sendMessage(ivan, 'тихо', { disable_notification: true });
  await api.sendMessage(ivan, 'громко');
  const bot = { type: 'set-member', as: olga, chatId: staffChatId, personId: Number(token.split(':')[0]) } as const;
  const seen = async () => (await stateOf(url)).chats.find(({ id }) => id === staffChatId)?.bot;
  expect(await seen()).toEqual({ status: 'administrator', lacks: [] });
  act({ ...bot, status: 'administrator', lacks: ['can_manage_topics'] });
  expect(await seen()).toEqual({ status: 'administrator', lacks: ['can_manage_topics'] });
  act({ ...bot, status: 'kicked' });
  expect(await seen()).toEqual({ status: 'kicked', lacks: [] });
  const chat = (await stateOf(url)).chats.find(({ id }) => id === ivan);
  expect(chat?.messages.map(({ message, isSilent }) => `${message.text} ${isSilent}`)).toEqual([
    '/start undefined',
    'тихо true',
    'громко undefined',
  ]);
  expect(chat).not.toHaveProperty('bot');
});

describe('files', () => {
  const uploadTo = async (url: string, name: string, body: Buffer | string, type: string): Promise<string> => {
    const response = await fetch(`${url}/sandbox/api/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    const answer = (await response.json()) as UploadAnswer;
    if (!answer.ok) throw new Error(answer.description);
    return answer.result.fileId;
  };

  test('what was uploaded is shown with its type, or downloaded by its name', async () => {
    const { url } = await openSandbox();
    const id = await uploadTo(url, 'счетчик.png', PIXEL_PNG, 'image/png');
    const shown = await fetch(`${url}/sandbox/api/files/${id}`);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PIXEL_PNG);
    const saved = await fetch(`${url}/sandbox/api/files/${id}?download`);
    expect(saved.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('счетчик.png')}`);
    const part = await fetch(`${url}/sandbox/api/files/${id}`, { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    expect((await fetch(`${url}/sandbox/api/files/none`)).status).toBe(404);
  });

  test('what could run a script here is only downloaded', async () => {
    const { url } = await openSandbox();
    for (const [name, type] of [
      ['a.html', 'text/html'],
      ['a.svg', 'image/svg+xml'],
    ] as const) {
      const answer = await fetch(`${url}/sandbox/api/files/${await uploadTo(url, name, '<script>1</script>', type)}`);
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

test('an act that cannot be is refused with a sentence', async () => {
  const { url, ivan } = await openSandbox();
  const act = async (action: object) => {
    const response = await fetch(`${url}/sandbox/api/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
    return [response.status, await response.json()];
  };
  expect(await act({ type: 'send-text', as: 5, chatId: 5, text: 'я' })).toEqual([
    400,
    { ok: false, description: 'Такого человека нет' },
  ]);
  expect(await act({ type: 'send-text', as: ivan, chatId: ivan, text: ' ' })).toEqual([
    400,
    { ok: false, description: 'Сообщение пустое' },
  ]);
  expect(await act({ type: 'dance' })).toEqual([400, { ok: false, description: 'Такого действия нет: dance' }]);
  expect(await act({ type: 'send-text', as: ivan, chatId: ivan, text: 'я' })).toEqual([
    200,
    { ok: true, result: { messageIds: [2] } },
  ]);
});

test('the page is served with its types and a policy', async () => {
  const { url } = await openSandbox();
  const page = await fetch(`${url}/`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await page.text()).toContain('<html');
});
