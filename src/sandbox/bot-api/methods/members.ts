/** Chats and who is in them: getChat, getChatMember. */
import type { ChatFullInfo, ChatMember } from 'grammy/types';
import { chatNamed } from '../access.ts';
import type { Handlers } from '../call.ts';
import { memberOf } from '../membership.ts';
import { badRequest } from '../refusal.ts';
import { botAsUser, cardAsChat, personAsUser } from '../state.ts';

export const members: Handlers = {
  getChat(call): ChatFullInfo {
    const chat = chatNamed(call);
    return {
      ...cardAsChat(call.world.state, chat.card),
      accent_color_id: Math.abs(chat.card.id) % 7,
      max_reaction_count: 11,
      accepted_gift_types: { unlimited_gifts: false, limited_gifts: false, unique_gifts: false, premium_subscription: false },
      ...(chat.card.kind === 'private' ? {} : { permissions: { can_send_messages: true } }),
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
};
