/** Forum topics: createForumTopic and its kin. */
import type { ForumTopic } from 'grammy/types';
import { chatNamed, mayBot } from '../access.ts';
import type { ApiCall, Handlers } from '../call.ts';
import type { Author } from '../posting.ts';
import { badRequest } from '../refusal.ts';
import { botAsUser, type ChatState } from '../state.ts';
import { createTopic, ICON_COLORS, renameTopic, setTopicClosed, topicName, topicOf } from '../topic-changes.ts';

export const topics: Handlers = {
  createForumTopic(call): ForumTopic {
    const chat = forumNamed(call);
    if (!mayBot(chat.card, 'can_manage_topics')) throw badRequest('not enough rights to create a topic');
    const color = call.parameters.integer('icon_color');
    if (color !== undefined && !ICON_COLORS.includes(color)) throw badRequest('invalid topic icon color specified');
    const { topic } = createTopic(
      call.world,
      chat,
      authorOf(call),
      topicName(call.parameters.text('name')),
      color ?? ICON_COLORS[0] ?? 0,
    );
    return { message_thread_id: topic.threadId, name: topic.name, icon_color: topic.iconColor };
  },

  editForumTopic(call) {
    const [chat, threadId] = topicNamed(call);
    const name = call.parameters.text('name');
    if (name !== undefined) renameTopic(call.world, chat, authorOf(call), threadId, topicName(name));
    else if (call.parameters.text('icon_custom_emoji_id') === undefined) throw badRequest('TOPIC_NOT_MODIFIED');
    return true;
  },

  closeForumTopic: (call) => close(call, true),
  reopenForumTopic: (call) => close(call, false),
};

function close(call: ApiCall, isClosed: boolean): true {
  const [chat, threadId] = topicNamed(call);
  setTopicClosed(call.world, chat, authorOf(call), threadId, isClosed);
  return true;
}

function forumNamed(call: ApiCall): ChatState {
  const chat = chatNamed(call);
  if (chat.card.kind === 'group') throw badRequest('method is available only for supergroups');
  if (!chat.card.isForum) throw badRequest('the chat is not a forum');
  call.limits.take(chat.card, 1);
  return chat;
}

function topicNamed(call: ApiCall): [ChatState, number] {
  const chat = forumNamed(call);
  requireRight(chat);
  const threadId = call.parameters.integer('message_thread_id') ?? 0;
  topicOf(chat, threadId);
  return [chat, threadId];
}

function requireRight({ card }: ChatState): void {
  if (!mayBot(card, 'can_manage_topics')) throw badRequest('not enough rights to manage topics');
}

const authorOf = ({ world }: ApiCall): Author => ({ from: botAsUser(world.state.bot) });
