/** Groups as people run them: members, topics, the upgrade to a supergroup. */
import type { ChatMember, Message } from 'grammy/types';
import { botMember, isInside, memberOf, tellMembership, withMember } from '../bot-api/membership.ts';
import { type Content, post } from '../bot-api/posting.ts';
import { type BotMembership, botAsUser, type ChatCard, type ChatState, personAsUser } from '../bot-api/state.ts';
import type { World } from '../bot-api/world.ts';
import type { Action, ActionResult, GroupMember } from '../protocol.ts';
import { ActRefusal, authorIn, chatAt, chatSeenBy, memberAt, sandboxPersonOf, requireAdministrator } from './people.ts';
import { tellBot } from './messages.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

/** The founder is its creator; the bot comes in as the second. */
export function newGroup(world: World, action: Of<'new-group'>): ActionResult {
  const founder = sandboxPersonOf(world, action.as);
  const title = action.title.trim();
  if (title === '') throw new ActRefusal('У группы должно быть название');
  const status = action.botIs ?? 'administrator';
  const card: ChatCard = {
    id: freeGroupId(world, action.kind === 'group' ? 'group' : 'supergroup'),
    kind: action.kind === 'group' ? 'group' : 'supergroup',
    isForum: action.kind === 'forum',
    title,
    isStarted: true,
    bot: { status: 'left', lacks: [] },
    members: [{ personId: founder.id, status: 'creator', isAnonymous: false }],
    topics: [],
    lastMessageId: 0,
  };
  return world.change(() => {
    world.put({ fact: 'chat', card });
    const chat = chatAt(world, card.id);
    if (card.kind === 'group') announce(world, chat, founder.id, { group_chat_created: true });
    setBot(world, chat, founder.id, { status, lacks: [] });
    return { chatId: card.id };
  });
}

export function setMember(world: World, action: Of<'set-member'>): ActionResult {
  const chat = chatAt(world, action.chatId);
  if (chat.card.kind === 'private') throw new ActRefusal('В личном чате нет участников');
  // Everybody may come in by the group's link and leave; the rest is for administrators.
  const former = memberAt(chat.card, action.personId);
  const mayComeIn = former === undefined || former.status === 'left';
  const isOwnWay = action.as === action.personId && (action.status === 'left' || (action.status === 'member' && mayComeIn));
  if (!isOwnWay) requireAdministrator(chat.card, action.as);
  if (action.personId === world.state.bot.id) {
    const status = action.status === 'restricted' ? 'member' : action.status;
    return world.change(() => setBot(world, chat, action.as, { status, lacks: action.lacks ?? [] }));
  }
  const person = sandboxPersonOf(world, action.personId);
  if (former?.status === 'creator' && action.status !== 'administrator') throw new ActRefusal('Владельца группы не меняют');
  const before = memberOf(world.state, chat.card, person.id);
  const wasInside = former !== undefined && isInside(former);
  // The creator stays one; only the name of the author changes.
  const status: GroupMember['status'] = former?.status === 'creator' ? 'creator' : action.status;
  return world.change(() => {
    const member = { personId: person.id, status, isAnonymous: action.isAnonymous ?? false };
    world.put({ fact: 'chat', card: withMember(chat.card, member) });
    if (!wasInside && isInside(member)) announce(world, chat, action.as, { new_chat_members: [personAsUser(person)] });
    if (wasInside && !isInside(member)) announce(world, chat, action.as, { left_chat_member: personAsUser(person) });
    const after = memberOf(world.state, chat.card, person.id);
    if (before && after)
      tellMembership(world, chat, personAsUser(sandboxPersonOf(world, action.as)), {
        old_chat_member: before,
        new_chat_member: after,
      });
    return {};
  });
}

/** A plain group goes on under another id. */
export function upgradeGroup(world: World, action: Of<'upgrade-group'>): ActionResult {
  const chat = chatSeenBy(world, action.as, action.chatId);
  requireAdministrator(chat.card, action.as);
  if (chat.card.kind !== 'group') throw new ActRefusal('Это уже не простая группа');
  const id = freeGroupId(world, 'supergroup');
  return world.change(() => {
    const { keyboard: _, ...old } = chat.card;
    world.put({
      fact: 'chat',
      card: {
        ...old,
        id,
        kind: 'supergroup',
        isForum: action.to === 'forum',
        migratedFrom: old.id,
        lastMessageId: 0,
      },
    });
    announce(world, chat, action.as, { migrate_to_chat_id: id });
    world.put({ fact: 'chat', card: { ...chat.card, migratedTo: id } });
    announce(world, chatAt(world, id), action.as, { migrate_from_chat_id: old.id });
    if (world.state.staffChatId === old.id) world.put({ fact: 'staff-chat', chatId: id });
    return { chatId: id };
  });
}

/** Topics on or off: what was written stays, in the one chat or in its topics. */
export function setTopics(world: World, { as, chatId, hasTopics }: Of<'set-topics'>): ActionResult {
  const { card } = chatSeenBy(world, as, chatId);
  requireAdministrator(card, as);
  if (card.kind !== 'supergroup') throw new ActRefusal('Темы бывают только в супергруппе');
  world.put({ fact: 'chat', card: { ...card, isForum: hasTopics } });
  return {};
}

export function setStaffGroup(world: World, { chatId }: Of<'set-staff-group'>): ActionResult {
  const { card } = chatAt(world, chatId);
  if (card.kind === 'private') throw new ActRefusal('Это личный чат');
  world.put({ fact: 'staff-chat', chatId, isNamed: true });
  return {};
}

function setBot(world: World, chat: ChatState, by: number, bot: BotMembership): ActionResult {
  const before: ChatMember = botMember(world.state, chat.card, chat.card.bot);
  const wasInside = chat.card.bot.status === 'administrator' || chat.card.bot.status === 'member';
  const isInsideNow = bot.status === 'administrator' || bot.status === 'member';
  world.put({ fact: 'chat', card: { ...chat.card, bot } });
  tellMembership(world, chat, personAsUser(sandboxPersonOf(world, by)), {
    old_chat_member: before,
    new_chat_member: botMember(world.state, chat.card, bot),
  });
  const content: Content | undefined =
    !wasInside && isInsideNow
      ? { new_chat_members: [botAsUser(world.state.bot)] }
      : wasInside && !isInsideNow
        ? { left_chat_member: botAsUser(world.state.bot) }
        : undefined;
  if (content) announce(world, chat, by, content);
  return {};
}

/** A service message, said in the name of who did it, seen by the bot if it is there. */
function announce(world: World, chat: ChatState, personId: number, content: Content): Message {
  const message = post(world, { chat, author: authorIn(world, chat, personId), content });
  tellBot(world, chat, 'message', message);
  return message;
}

function freeGroupId(world: World, kind: 'group' | 'supergroup'): number {
  const number = world.state.lastGroupId + 1;
  return kind === 'group' ? -number : -1_000_000_000_000 - number;
}
