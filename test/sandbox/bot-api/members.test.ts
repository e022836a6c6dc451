import { describe, expect, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';

describe('who is in a group', () => {
  test('statuses, the bot’s rights', async () => {
    const { api, refusal, token, staffChatId, ivan, olga, sergey, marina } = await openSandbox();
    const status = async (id: number) => (await api.getChatMember(staffChatId, id)).status;
    expect([await status(olga), await status(sergey), await status(marina), await status(ivan)]).toEqual([
      'creator',
      'administrator',
      'member',
      'left',
    ]);
    const bot = await api.getChatMember(staffChatId, Number(token.split(':')[0]));
    expect(bot).toMatchObject({ status: 'administrator', can_manage_topics: true, can_delete_messages: true });
    expect(await api.getChat(staffChatId)).toMatchObject({
      type: 'supergroup',
      is_forum: true,
      title: 'Сотрудники ВЦ «Инкомус»',
    });
    expect(await api.getChat(ivan)).toMatchObject({ type: 'private', first_name: 'Иван' });
    expect(await refusal('getChatMember', { chat_id: staffChatId, user_id: 5 })).toBe('Bad Request: PARTICIPANT_ID_INVALID');
  });

  test('coming, rising, leaving: service messages and chat_member', async () => {
    const { act, api, updates, staffChatId, ivan, olga } = await openSandbox();
    await updates(['message', 'chat_member', 'my_chat_member']);
    const set = { type: 'set-member', as: olga, chatId: staffChatId, personId: ivan } as const;
    act({ ...set, status: 'member' });
    act({ ...set, status: 'administrator' });
    act({ ...set, status: 'left' });
    const heard = (await updates()).map(({ message, chat_member }) =>
      chat_member
        ? `${chat_member.old_chat_member.status}→${chat_member.new_chat_member.status}`
        : Object.keys(message ?? {}).at(-1),
    );
    expect(heard).toEqual(['new_chat_members', 'left→member', 'member→administrator', 'left_chat_member', 'administrator→left']);
    expect((await api.getChatMember(staffChatId, ivan)).status).toBe('left');
    expect(() => act({ type: 'send-text', as: ivan, chatId: staffChatId, text: 'я' })).toThrow('Этого человека нет в группе');
  });

  test('people come by the group’s link and leave by themselves, but not after a ban; the rest is for administrators', async () => {
    const { act, staffChatId, ivan, olga, marina } = await openSandbox();
    const set = { type: 'set-member', chatId: staffChatId, personId: ivan } as const;
    act({ ...set, as: ivan, status: 'member' });
    act({ ...set, as: ivan, status: 'left' });
    act({ ...set, as: ivan, status: 'member' });
    expect(() => act({ ...set, as: marina, status: 'left' })).toThrow('только администраторы');
    act({ ...set, as: olga, status: 'kicked' });
    expect(() => act({ ...set, as: ivan, status: 'member' })).toThrow('только администраторы');
    expect(() => act({ ...set, as: olga, personId: olga, status: 'member' })).toThrow('Владельца группы не меняют');
  });

  test('an anonymous administrator writes in the group’s name', async () => {
    const { act, updates, staffChatId, olga, sergey } = await openSandbox();
    act({ type: 'set-member', as: olga, chatId: staffChatId, personId: sergey, status: 'administrator', isAnonymous: true });
    act({ type: 'send-text', as: sergey, chatId: staffChatId, text: 'от группы' });
    const message = (await updates())[0]?.message;
    expect(message?.from).toEqual({ id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' });
    expect(message?.sender_chat?.id).toBe(staffChatId);
  });

  test('the bot taken out: my_chat_member, then 403; banned and gone read differently', async () => {
    const { act, updates, refusal, token, staffChatId, olga } = await openSandbox();
    const bot = Number(token.split(':')[0]);
    act({ type: 'set-member', as: olga, chatId: staffChatId, personId: bot, status: 'kicked' });
    expect((await updates()).map(({ my_chat_member }) => my_chat_member?.new_chat_member.status)).toEqual(['kicked']);
    expect(await refusal('sendMessage', { chat_id: staffChatId, text: 'я' })).toBe(
      'Forbidden: bot was kicked from the supergroup chat',
    );
    act({ type: 'set-member', as: olga, chatId: staffChatId, personId: bot, status: 'member' });
    await updates();
    act({ type: 'set-member', as: olga, chatId: staffChatId, personId: bot, status: 'left' });
    expect(await refusal('sendMessage', { chat_id: staffChatId, text: 'я' })).toBe(
      'Forbidden: bot is not a member of the supergroup chat',
    );
  });
});

test('a group becomes a supergroup: service messages on both sides, then an error with migrate_to_chat_id', async () => {
  const { act, call, updates, api, olga } = await openSandbox();
  const old = act({ type: 'new-group', as: olga, title: 'Простая', kind: 'group' }).chatId ?? 0;
  await updates();
  const chatId = act({ type: 'upgrade-group', as: olga, chatId: old, to: 'forum' }).chatId ?? 0;
  const [to, from] = await updates();
  expect(to?.message).toMatchObject({ chat: { id: old, type: 'group' }, migrate_to_chat_id: chatId });
  expect(from?.message).toMatchObject({ chat: { id: chatId, type: 'supergroup' }, migrate_from_chat_id: old });
  expect(await call('sendMessage', { chat_id: old, text: 'я' })).toEqual({
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: chatId },
  });
  expect((await api.createForumTopic(chatId, 'Тема')).name).toBe('Тема');
  expect(() => act({ type: 'send-text', as: olga, chatId: old, text: 'я' })).toThrow('Группа стала супергруппой');
});

test('privacy mode: a plain member hears commands, mentions and answers to itself only', async () => {
  const { act, api, updates, olga } = await openSandbox();
  const chatId = act({ type: 'new-group', as: olga, title: 'Простая', kind: 'supergroup', botIs: 'member' }).chatId ?? 0;
  const sent = await api.sendMessage(chatId, 'я здесь');
  await updates();
  const say = (text: string, replyTo?: number) =>
    act({ type: 'send-text', as: olga, chatId, text, ...(replyTo === undefined ? {} : { replyTo }) });
  say('слова');
  say('/stats');
  say('/stats@another_bot');
  say('@inkomus_sandbox_bot привет');
  say('ответ', sent.message_id);
  expect((await updates()).map(({ message }) => message?.text)).toEqual(['/stats', '@inkomus_sandbox_bot привет', 'ответ']);
});
