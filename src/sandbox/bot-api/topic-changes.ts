/** Changes of a forum's topics, by the bot or by people: the list, the service message, what is deleted. */

import type { Message } from 'grammy/types';
import type { Topic } from '../protocol.ts';
import { characters } from './entities/formatted.ts';
import { type Author, nextMessageId, post, removeMessages } from './posting.ts';
import { badRequest } from './refusal.ts';
import type { ChatState } from './state.ts';
import type { World } from './world.ts';

export const ICON_COLORS = [7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047];

/** 1–128 characters; a longer name is cut, as Telegram does. */
export function topicName(given: string | undefined): string {
  const name = characters((given ?? '').trim())
    .slice(0, 128)
    .join('');
  if (name === '') throw badRequest('TOPIC_TITLE_EMPTY');
  return name;
}

/** The topic's id is that of the service message that opens it. */
export function createTopic(
  world: World,
  chat: ChatState,
  author: Author,
  name: string,
  iconColor: number,
): { topic: Topic; message: Message } {
  return world.change(() => {
    const topic: Topic = { threadId: nextMessageId(world.state, chat), name, iconColor, isClosed: false };
    world.put({ fact: 'chat', card: { ...chat.card, topics: [...chat.card.topics, topic] } });
    const message = post(world, {
      chat,
      author,
      threadId: topic.threadId,
      content: { forum_topic_created: { name, icon_color: iconColor } },
    });
    return { topic, message };
  });
}

/** The service message; `TOPIC_NOT_MODIFIED` when it was so already. */
export function renameTopic(world: World, chat: ChatState, author: Author, threadId: number, name: string): Message {
  const topic = topicOf(chat, threadId);
  if (topic.name === name) throw badRequest('TOPIC_NOT_MODIFIED');
  return world.change(() => {
    putTopic(world, chat, { ...topic, name });
    return post(world, { chat, author, threadId, content: { forum_topic_edited: { name } } });
  });
}

export function setTopicClosed(world: World, chat: ChatState, author: Author, threadId: number, isClosed: boolean): Message {
  const topic = topicOf(chat, threadId);
  if (topic.isClosed === isClosed) throw badRequest('TOPIC_NOT_MODIFIED');
  return world.change(() => {
    putTopic(world, chat, { ...topic, isClosed });
    return post(world, { chat, author, threadId, content: isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} } });
  });
}

/** With all its messages; as at Telegram there is no update of it. */
export function deleteTopic(world: World, chat: ChatState, threadId: number): void {
  topicOf(chat, threadId);
  const ids = [...chat.messages.values()]
    .filter(({ message }) => message.message_thread_id === threadId)
    .map(({ message }) => message.message_id);
  world.change(() => {
    removeMessages(world, chat, ids);
    world.put({ fact: 'chat', card: { ...chat.card, topics: chat.card.topics.filter((topic) => topic.threadId !== threadId) } });
    world.publish({ type: 'topic-deleted', chatId: chat.card.id, threadId });
  });
}

/** The topic, or `Bad Request: TOPIC_ID_INVALID`. */
export function topicOf({ card }: ChatState, threadId: number): Topic {
  const topic = card.topics.find((one) => one.threadId === threadId);
  if (!topic) throw badRequest('TOPIC_ID_INVALID');
  return topic;
}

function putTopic(world: World, { card }: ChatState, topic: Topic): void {
  const topics = card.topics.map((one) => (one.threadId === topic.threadId ? topic : one));
  world.put({ fact: 'chat', card: { ...card, topics } });
}
