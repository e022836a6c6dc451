import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { type BotMembership, type ChatCard } from '../../../src/sandbox/bot-api/state.ts';
import { chatOf, type World } from '../../../src/sandbox/bot-api/world.ts';
import { actIn } from '../../../src/sandbox/people/act.ts';
import type { Action } from '../../../src/sandbox/protocol.ts';
import { introducePerson } from '../../../src/sandbox/people/residents.ts';

export type FakeGroup = ReturnType<typeof fakeGroup>;

/** Who founded the staff group, and does in it by hand what no person of a test does. */
const FOUNDER = 650;

const ADMINISTRATOR: BotMembership = { status: 'administrator', lacks: [] };

/** A group that is there from the start. */
export function groupCard(id: number, kind: 'group' | 'forum' | 'supergroup', title: string, founder: number): ChatCard {
  return {
    id,
    kind: kind === 'group' ? 'group' : 'supergroup',
    isForum: kind === 'forum',
    title,
    isStarted: true,
    bot: ADMINISTRATOR,
    members: [{ personId: founder, status: 'creator', isAnonymous: false }],
    topics: [],
    lastMessageId: 0,
  };
}

/** The staff group of the sandbox under a test's hands: its topics, its upgrade, and whether the bot is in it. */
export function fakeGroup(world: World, first: number, { forum }: { forum: boolean }) {
  let id = first;
  const act = actIn(world);
  introducePerson(world, {
    id: FOUNDER,
    firstName: 'Администратор',
    phone: '+79000000650',
    role: 'staff',
    hasBlockedBot: false,
    languageCode: 'ru',
  });
  world.put({ fact: 'chat', card: groupCard(first, forum ? 'forum' : 'group', 'Сотрудники', FOUNDER) });
  const card = () => chatOf(world, id).card;
  function unheard(action: Action): void {
    const before = world.state.lastUpdateId;
    act(action);
    world.put({ fact: 'updates-gone', updateIds: [...world.state.updates.keys()].filter((update) => update > before) });
  }
  const changeTopic = (threadId: number, change: 'close' | 'reopen' | 'delete') =>
    unheard({ type: 'change-topic', as: FOUNDER, chatId: id, threadId, change });

  return {
    id: () => id,
    isForum: () => card().isForum,
    topics: () => card().topics,
    topic(thread: number): { name: string; closed: boolean } | undefined {
      const topic = card().topics.find(({ threadId }) => threadId === thread);
      return topic && { name: plainSpaces(topic.name), closed: topic.isClosed };
    },
    /** A topic that was there before the test. */
    openTopic(threadId: number, name: string) {
      const topics = [...card().topics, { threadId, name, iconColor: 7_322_096, isClosed: false }];
      world.put({ fact: 'chat', card: { ...card(), topics, lastMessageId: Math.max(threadId, card().lastMessageId) } });
    },
    /** Done by a person: the bot is told of it by an update, or not at all. */
    setClosed: (thread: number, closed: boolean) => changeTopic(thread, closed ? 'close' : 'reopen'),
    deleteTopic: (thread: number) => changeTopic(thread, 'delete'),
    /** It becomes a supergroup, and can be a forum from now on. */
    upgrade({ forum: asForum }: { forum: boolean }): number {
      const { chatId = id } = act({ type: 'upgrade-group', as: FOUNDER, chatId: id, to: asForum ? 'forum' : 'supergroup' });
      id = chatId;
      return id;
    },
    letPersonIn: (personId: number, status: 'member' | 'administrator') =>
      unheard({ type: 'set-member', as: FOUNDER, chatId: id, personId, status }),
    /** Whoever lets it in makes it an administrator after that. */
    letBotIn(isIn: boolean) {
      for (const status of isIn ? (['member', 'administrator'] as const) : (['kicked'] as const))
        act({ type: 'set-member', as: FOUNDER, chatId: id, personId: world.state.bot.id, status });
    },
  };
}
