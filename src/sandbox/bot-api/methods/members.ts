/** Chats and who is in them: getChat, getChatMember, banChatMember, leaveChat, pins. */
import type { ChatFullInfo, ChatMember } from 'grammy/types';
import { chatNamed, groupNamed, isPerson, mayBot, messageNamed } from '../access.ts';
import type { Call, Handlers } from '../call.ts';
import { botMember, isAdministrator, isInside, memberOf, tellMembership, withMember } from '../membership.ts';
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
      ...(chat.card.description === undefined ? {} : { description: chat.card.description }),
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

  getChatAdministrators(call): ChatMember[] {
    const { card } = chatNamed(call);
    if (card.kind === 'private') throw badRequest('there are no administrators in the private chat');
    const people = card.members
      .filter(isAdministrator)
      .flatMap(({ personId }) => memberOf(call.world.state, card, personId) ?? []);
    return card.bot.status === 'administrator' ? [...people, botMember(call.world.state, card, card.bot)] : people;
  },

  getChatMemberCount(call): number {
    const { card } = chatNamed(call);
    return card.kind === 'private' ? 2 : card.members.filter(isInside).length + 1;
  },

  banChatMember: (call) => takeOut(call, 'kicked'),
  unbanChatMember(call) {
    const { card } = groupNamed(call);
    const isBanned = card.members.some((one) => one.personId === call.parameters.integer('user_id') && one.status === 'kicked');
    return isBanned || !call.parameters.flag('only_if_banned') ? takeOut(call, 'left') : true;
  },

  leaveChat(call) {
    const chat = groupNamed(call);
    const { world } = call;
    world.change(() => {
      const before = botMember(world.state, chat.card, chat.card.bot);
      const bot = botAsUser(world.state.bot);
      post(world, { chat, author: { from: bot }, content: { left_chat_member: bot } });
      world.put({ fact: 'chat', card: { ...chat.card, bot: { status: 'left', lacks: [] } } });
      tellMembership(world, chat, bot, { old_chat_member: before, new_chat_member: { status: 'left', user: bot } });
    });
    return true;
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

  unpinAllChatMessages(call) {
    const chat = chatNamed(call);
    requirePinRight(chat);
    setPinned(call, chat, []);
    return true;
  },

  getUserProfilePhotos: (call) => {
    requireKnown(call);
    return { total_count: 0, photos: [] };
  },

  setChatTitle(call) {
    const chat = groupNamed(call);
    const title = call.parameters.text('title');
    if (title === undefined) throw badRequest('title must be non-empty');
    if (!mayBot(chat.card, 'can_change_info')) throw badRequest('not enough rights to change chat title');
    call.world.change(() => {
      call.world.put({ fact: 'chat', card: { ...chat.card, title: title.slice(0, 128) } });
      post(call.world, { chat, author: { from: botAsUser(call.world.state.bot) }, content: { new_chat_title: chat.card.title } });
    });
    return true;
  },

  setChatDescription(call) {
    const { card } = groupNamed(call);
    if (!mayBot(card, 'can_change_info')) throw badRequest('not enough rights to set chat description');
    const description = (call.parameters.text('description') ?? '').slice(0, 255);
    if (description === (card.description ?? '')) throw badRequest('chat description is not modified');
    call.world.put({ fact: 'chat', card: { ...card, description } });
    return true;
  },
};

/** A ban, its end, or a removal, with the updates and the service message that follow. */
function takeOut(call: Call, status: 'left' | 'kicked'): true {
  const chat = groupNamed(call);
  const { world } = call;
  const personId = call.parameters.integer('user_id') ?? 0;
  const before = memberOf(world.state, chat.card, personId);
  if (!before) throw badRequest('PARTICIPANT_ID_INVALID');
  if (!mayBot(chat.card, 'can_restrict_members')) throw badRequest('not enough rights to restrict/unrestrict chat member');
  const former = chat.card.members.find(isPerson(personId));
  if (former?.status === 'creator') throw badRequest("can't remove chat owner");
  if (former && isAdministrator(former)) throw badRequest('user is an administrator of the chat');
  const bot = botAsUser(world.state.bot);
  world.change(() => {
    world.put({ fact: 'chat', card: withMember(chat.card, { personId, status, isAnonymous: false }) });
    if (former && isInside(former)) post(world, { chat, author: { from: bot }, content: { left_chat_member: before.user } });
    const after = memberOf(world.state, chat.card, personId);
    if (after) tellMembership(world, chat, bot, { old_chat_member: before, new_chat_member: after });
  });
  return true;
}

function requirePinRight({ card }: ChatState): void {
  if (card.kind !== 'private' && !mayBot(card, 'can_pin_messages'))
    throw badRequest('not enough rights to manage pinned messages in the chat');
}

function setPinned(call: Call, { card }: { card: ChatCard }, pinned: readonly number[]): void {
  call.world.put({ fact: 'chat', card: { ...card, pinned } });
}

function requireKnown(call: Call): void {
  const userId = call.parameters.integer('user_id') ?? 0;
  if (!call.world.state.people.has(userId) && userId !== call.world.state.bot.id) throw badRequest('user not found');
}
