/** Who is what in a group, as the Bot API says it. */
import type { ChatMember, User } from 'grammy/types';
import type { GroupMember } from '../protocol.ts';
import { isPerson } from './access.ts';
import { type BotMembership, botAsUser, type ChatCard, type ChatState, cardAsChat, personAsUser, type State } from './state.ts';
import { queueUpdate } from './updates/queue.ts';
import type { World } from './world.ts';

const BASIC_RIGHTS = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_pin_messages',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
  'can_send_welcome_messages',
] as const;

/** The person in this group; `left` for one who was never there. */
export function memberOf(state: State, card: ChatCard, personId: number): ChatMember | undefined {
  if (personId === state.bot.id) return botMember(state, card, card.bot);
  const person = state.people.get(personId);
  if (!person) return undefined;
  const member = card.members.find(isPerson(personId)) ?? { personId, status: 'left' as const, isAnonymous: false };
  return chatMember(card, personAsUser(person), member.status, member.isAnonymous, []);
}

export function botMember(state: State, card: ChatCard, bot: BotMembership): ChatMember {
  return chatMember(card, botAsUser(state.bot), bot.status, false, bot.lacks);
}

export const isInside = ({ status }: Pick<GroupMember, 'status'>): boolean => status !== 'left' && status !== 'kicked';

export const isAdministrator = ({ status }: Pick<GroupMember, 'status'>): boolean =>
  status === 'creator' || status === 'administrator';

/** Replaces one member of a card. */
export function withMember(card: ChatCard, member: GroupMember): ChatCard {
  return { ...card, members: [...card.members.filter((one) => one.personId !== member.personId), member] };
}

/** Tells the bot of a change: its own as `my_chat_member`, another's as `chat_member`, which only administrators get. */
export function tellMembership(
  world: World,
  chat: ChatState,
  from: User,
  change: { old_chat_member: ChatMember; new_chat_member: ChatMember },
): void {
  const isOwn = change.new_chat_member.user.id === world.state.bot.id;
  if (!isOwn && chat.card.bot.status !== 'administrator') return;
  queueUpdate(world, isOwn ? 'my_chat_member' : 'chat_member', {
    chat: cardAsChat(world.state, chat.card),
    from,
    date: world.seconds(),
    ...change,
  });
}

function chatMember(
  card: ChatCard,
  user: User,
  status: ChatMember['status'],
  isAnonymous: boolean,
  lacks: readonly string[],
): ChatMember {
  switch (status) {
    case 'creator':
      return { status, user, is_anonymous: isAnonymous };
    case 'administrator': {
      const rights = [...BASIC_RIGHTS, ...(card.isForum ? ['can_manage_topics'] : [])];
      const given = Object.fromEntries(rights.map((right) => [right, !lacks.includes(right)]));
      return { status, user, can_be_edited: false, is_anonymous: isAnonymous, ...given } as ChatMember;
    }
    case 'restricted':
      return { status, user, is_member: true, until_date: 0, can_send_messages: false } as ChatMember;
    case 'kicked':
      return { status, user, until_date: 0 };
    case 'member':
    case 'left':
      break;
  }
  return { status, user };
}
