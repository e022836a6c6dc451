/** Chats and who is in them: getChat, getChatMember, pins. */
import type { ChatFullInfo, ChatMember } from 'grammy/types';
import { chatNamed, mayBot, messageNamed } from '../access.ts';
import type { ApiCall, Handlers } from '../call.ts';
import { memberOf } from '../membership.ts';
import { post } from '../posting.ts';
import { badRequest } from '../refusal.ts';
import { botAsUser, type ChatCard, type ChatState, cardAsChat, personAsUser } from '../state.ts';

export const members: Handlers = {
  getChat(call): ChatFullInfo {
    const chat = chatNamed(call);
    const { state } = call.world;
    const pinned = chat.messages.get(chat.card.pinned.at(-1) ?? 0)?.message;
    return {
      ...cardAsChat(state, chat.card),
      accent_color_id: Math.abs(chat.card.id) % 7,
      max_reaction_count: 11,
      accepted_gift_types: { unlimited_gifts: false, limited_gifts: false, unique_gifts: false, premium_subscription: false },
      ...(chat.card.kind === 'private' ? {} : { permissions: { can_send_messages: true } }),
      ...(pinned === undefined ? {} : { pinned_message: pinned }),
    } as ChatFullInfo;
  },

  getChatMember(call): ChatMember {
    const { card } = chatNamed(call);
    const userId = call.parameters.integer('user_id');
    if (userId === undefined || userId <= 0) throw badRequest('invalid user_id specified');
    if (card.kind === 'private') {
      const person = call.world.state.people.get(userId);
      if (userId === call.world.state.bot.id) return { status: 'member', user: botAsUser(call.world.state.bot) };
      if (!person || userId !== card.id) throw badRequest('member not found');
      return { status: 'member', user: personAsUser(person) };
    }
    const member = memberOf(call.world.state, card, userId);
    if (!member) throw badRequest('PARTICIPANT_ID_INVALID');
    return member;
  },

  pinChatMessage(call) {
    const chat = chatNamed(call);
    const { message } = messageNamed(call, chat, 'message to pin');
    requirePinRight(chat);
    const id = message.message_id;
    call.world.change(() => {
      setPinned(call, chat, [...chat.card.pinned.filter((one) => one !== id), id]);
      const threadId = message.message_thread_id;
      post(call.world, {
        chat,
        author: { from: botAsUser(call.world.state.bot) },
        content: { pinned_message: message },
        ...(threadId === undefined ? {} : { threadId }),
      });
    });
    return true;
  },

  unpinChatMessage(call) {
    const chat = chatNamed(call);
    requirePinRight(chat);
    const id = call.parameters.integer('message_id') ?? chat.card.pinned.at(-1);
    if (id === undefined || !chat.card.pinned.includes(id)) throw badRequest('message to unpin not found');
    setPinned(
      call,
      chat,
      chat.card.pinned.filter((one) => one !== id),
    );
    return true;
  },
};

function requirePinRight({ card }: ChatState): void {
  if (card.kind !== 'private' && !mayBot(card, 'can_pin_messages'))
    throw badRequest('not enough rights to manage pinned messages in the chat');
}

function setPinned(call: ApiCall, { card }: { card: ChatCard }, pinned: readonly number[]): void {
  call.world.put({ fact: 'chat', card: { ...card, pinned } });
}
