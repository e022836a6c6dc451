import type { Update } from 'grammy/types';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';

describe('getUpdates', () => {
  test('updates come until an offset confirms them', async () => {
    const { act, result, ivan } = await openSandbox();
    for (const text of ['раз', 'два', 'три']) act({ type: 'send-text', as: ivan, chatId: ivan, text });
    const texts = async (parameters: object) =>
      (await result<Update[]>('getUpdates', parameters)).map(({ message }) => message?.text);
    expect(await texts({})).toEqual(['раз', 'два', 'три']);
    expect(await texts({ limit: 2 })).toEqual(['раз', 'два']);
    const [, second] = await result<Update[]>('getUpdates', {});
    expect(await texts({ offset: second?.update_id })).toEqual(['два', 'три']);
    expect(await texts({ offset: -1 })).toEqual(['три']);
    expect(await texts({})).toEqual(['три']);
  });

  test('ids grow by one', async () => {
    const { act, updates, ivan } = await openSandbox();
    for (const text of ['раз', 'два']) act({ type: 'send-text', as: ivan, chatId: ivan, text });
    const [first, second] = await updates();
    expect(second?.update_id).toBe((first?.update_id ?? 0) + 1);
  });

  test('a long poll answers when an update comes, and with nothing when its time is over', async () => {
    const { act, result, ivan } = await openSandbox();
    const waiting = result<Update[]>('getUpdates', { timeout: 20 });
    setTimeout(() => act({ type: 'send-text', as: ivan, chatId: ivan, text: 'вот' }), 100);
    const [update] = await waiting;
    expect(update?.message?.text).toBe('вот');
    const empty = result('getUpdates', { offset: (update?.update_id ?? 0) + 1, timeout: 1 });
    expect(await Promise.race([empty, sleep(500, 'it waits')])).toBe('it waits');
    expect(await empty).toEqual([]);
  });

  test('a second poller ends the first with 409', async () => {
    const { call, act, ivan } = await openSandbox();
    const first = call('getUpdates', { timeout: 20 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = call('getUpdates', { timeout: 20 });
    expect(await first).toEqual({
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'вот' });
    expect((await second).ok).toBe(true);
  });

  test('a poller that hung up is no rival', async () => {
    const { call, apiRoot, token } = await openSandbox();
    const gone = new AbortController();
    const first = fetch(`${apiRoot}/bot${token}/getUpdates?timeout=20`, { signal: gone.signal });
    await new Promise((resolve) => setTimeout(resolve, 100));
    gone.abort();
    await expect(first).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await call('getUpdates', { timeout: 1 })).toEqual({ ok: true, result: [] });
  });

  test('allowed_updates are remembered; unknown kinds are passed over; an empty list is the usual ones', async () => {
    const { act, updates, call, ivan } = await openSandbox();
    await updates(['callback_query', 'nonsense']);
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'не слышно' });
    expect(await updates()).toEqual([]);
    await call('getUpdates', { allowed_updates: [] });
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'слышно' });
    expect((await updates()).map(({ message }) => message?.text)).toEqual(['слышно']);
  });

  test('with a webhook it is a conflict', async () => {
    const { call } = await openSandbox();
    const waiting = call('getUpdates', { timeout: 20 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await call('setWebhook', { url: 'http://127.0.0.1:9/hook' });
    expect((await waiting).description).toBe('Conflict: terminated by setWebhook request');
    expect(await call('getUpdates')).toEqual({
      ok: false,
      error_code: 409,
      description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
  });
});

describe('what people do, as updates', () => {
  test('a text with entities; an edit; a long one in parts', async () => {
    const { act, updates, pass, ivan } = await openSandbox();
    const [id = 0] = act({ type: 'send-text', as: ivan, chatId: ivan, text: '  /start ls-0012 ' }).messageIds ?? [];
    pass(5);
    act({ type: 'edit-message', as: ivan, chatId: ivan, messageId: id, text: 'иначе' });
    act({ type: 'send-text', as: ivan, chatId: ivan, text: 'я'.repeat(5000) });
    const [sent, edited, ...parts] = await updates();
    expect(sent?.message).toMatchObject({ text: '/start ls-0012', entities: [{ type: 'bot_command', offset: 0, length: 6 }] });
    expect(edited?.edited_message).toMatchObject({ message_id: id, text: 'иначе', edit_date: (sent?.message?.date ?? 0) + 5 });
    expect(parts.map(({ message }) => message?.text?.length)).toEqual([4096, 904]);
  });

  test('the own contact, somebody else’s, a place, a deletion (which the bot is not told)', async () => {
    const { act, updates, ivan, olga } = await openSandbox();
    const at = { as: ivan, chatId: ivan };
    act({ type: 'share-contact', ...at });
    act({ type: 'send-contact', phone: '+79990001122', firstName: 'Ольга', userId: olga, ...at });
    const [place = 0] = act({ type: 'send-location', latitude: 47.2, longitude: 38.9, ...at }).messageIds ?? [];
    act({ type: 'delete-messages', ...at, messageIds: [place] });
    const heard = (await updates()).map(({ message }) => message?.contact?.user_id ?? message?.location);
    expect(heard).toEqual([ivan, olga, { latitude: 47.2, longitude: 38.9 }]);
  });

  test('«новый житель» is a person of his own with a free phone; a start link carries its payload', async () => {
    const { act, updates, people } = await openSandbox();
    const { personId = 0 } = act({ type: 'new-person' });
    const phones = people().map(({ phone }) => phone);
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.at(-1)).toMatch(/^\+79\d{9}$/);
    act({ type: 'start-bot', as: personId, payload: 'ls-0012' });
    expect((await updates())[0]?.message).toMatchObject({ text: '/start ls-0012', from: { id: personId, language_code: 'ru' } });
    expect(() => act({ type: 'start-bot', as: personId, payload: 'лс 12' })).toThrow('латинские буквы');
  });

  test('a stopped bot is not written to', async () => {
    const { act, ivan } = await openSandbox();
    act({ type: 'block-bot', as: ivan });
    expect(() => act({ type: 'send-text', as: ivan, chatId: ivan, text: 'я' })).toThrow('сначала перезапустите');
  });
});
