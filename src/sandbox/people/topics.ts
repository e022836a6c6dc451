/** Topics as people make, name, close and delete them. */

import { Refusal } from '../bot-api/refusal.ts';
import type { ChatState } from '../bot-api/state.ts';
import { createTopic, deleteTopic, ICON_COLORS, renameTopic, setTopicClosed, topicName } from '../bot-api/topic-changes.ts';
import type { World } from '../bot-api/world.ts';
import type { Action, ActionResult } from '../protocol.ts';
import { ActRefusal, authorIn, chatWherePersonWrites, requireAdministrator, topicAt } from './people.ts';
import { tellBot } from './messages.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

export function newTopic(world: World, action: Of<'new-topic'>): ActionResult {
  const chat = forumAt(world, action.as, action.chatId);
  return world.change(() => {
    const color = ICON_COLORS[chat.card.topics.length % ICON_COLORS.length] ?? 0;
    const { topic, message } = createTopic(world, chat, authorIn(world, chat, action.as), named(action.name), color);
    tellBot(world, chat, 'message', message);
    return { threadId: topic.threadId, messageIds: [message.message_id] };
  });
}

/** Of a deletion the bot is not told. */
export function changeTopic(world: World, { as, chatId, threadId, change }: Of<'change-topic'>): ActionResult {
  const chat = forumAt(world, as, chatId);
  requireAdministrator(chat.card, as);
  const topic = topicAt(chat.card, threadId);
  const author = authorIn(world, chat, as);
  return world.change(() => {
    if (change === 'delete') {
      deleteTopic(world, chat, threadId);
      return {};
    }
    if (typeof change === 'object') {
      if (topic.name === change.rename) return {};
      tellBot(world, chat, 'message', renameTopic(world, chat, author, threadId, named(change.rename)));
      return { threadId };
    }
    if (topic.isClosed !== (change === 'close'))
      tellBot(world, chat, 'message', setTopicClosed(world, chat, author, threadId, change === 'close'));
    return { threadId };
  });
}

function forumAt(world: World, personId: number, chatId: number): ChatState {
  const chat = chatWherePersonWrites(world, personId, chatId);
  if (!chat.card.isForum) throw new ActRefusal('В этой группе нет тем');
  return chat;
}

function named(given: string): string {
  try {
    return topicName(given);
  } catch (error) {
    throw error instanceof Refusal ? new ActRefusal('У темы должно быть название') : error;
  }
}
