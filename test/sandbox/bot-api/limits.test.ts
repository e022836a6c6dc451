import { expect, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';

test('groups: 20 a minute, then 429 with the seconds to wait', async () => {
  const { call, pass, ivan, staffChatId } = await openSandbox({ limits: 'groups' });
  const send = (chat_id: number) => call('sendMessage', { chat_id, text: 'я' });
  for (let count = 0; count < 20; count += 1) expect((await send(staffChatId)).ok).toBe(true);
  pass(25);
  expect(await send(staffChatId)).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 35',
    parameters: { retry_after: 35 },
  });
  for (let count = 0; count < 40; count += 1) expect((await send(ivan)).ok).toBe(true);
  pass(35);
  expect((await send(staffChatId)).ok).toBe(true);
});

test('an album counts its files, an edit and a new topic count one', async () => {
  const { api, call, staffChatId } = await openSandbox({ limits: 'groups' });
  const { message_id } = await api.sendMessage(staffChatId, 'я');
  await api.createForumTopic(staffChatId, 'Тема');
  for (let count = 0; count < 18; count += 1) await api.editMessageText(staffChatId, message_id, `${count}`);
  expect((await call('editMessageText', { chat_id: staffChatId, message_id, text: 'еще' })).error_code).toBe(429);
});

test('all: 30 a second over all chats, about one a second to each', async () => {
  const { act, call, pass, ivan } = await openSandbox({ limits: 'all' });
  for (let count = 0; count < 5; count += 1) expect((await call('sendMessage', { chat_id: ivan, text: 'я' })).ok).toBe(true);
  expect(await call('sendMessage', { chat_id: ivan, text: 'я' })).toMatchObject({
    error_code: 429,
    parameters: { retry_after: 5 },
  });
  pass(5);
  const people = Array.from({ length: 31 }, () => {
    const personId = act({ type: 'new-person' }).personId ?? 0;
    act({ type: 'start-bot', as: personId });
    return personId;
  });
  const codes: (number | undefined)[] = [];
  for (const chat_id of people) codes.push((await call('sendMessage', { chat_id, text: 'я' })).error_code);
  expect(codes.filter((code) => code === undefined)).toHaveLength(30);
  expect(codes.at(-1)).toBe(429);
});

test('off: nothing is counted', async () => {
  const { call, staffChatId } = await openSandbox({ limits: 'off' });
  for (let count = 0; count < 25; count += 1)
    expect((await call('sendMessage', { chat_id: staffChatId, text: 'я' })).ok).toBe(true);
});
