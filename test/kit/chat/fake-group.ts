/** What Telegram answers in place of doing what was asked. */
export type Refusal = {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
};

type Call = { chat: number; method: string; payload: Readonly<Record<string, unknown>> };

export type FakeGroup = ReturnType<typeof fakeGroup>;

const TOPIC_METHODS: ReadonlySet<string> = new Set(['editForumTopic', 'closeForumTopic', 'reopenForumTopic', 'deleteForumTopic']);

/** The staff group as Telegram has it: its topics, its upgrade, and whether the bot is in it. */
export function fakeGroup(first: number, { forum }: { forum: boolean }) {
  const topics = new Map<number, { name: string; closed: boolean }>();
  let id = first;
  const former = new Set<number>();
  let inside = true;

  /** Undefined: Telegram does what was asked. */
  function refuse({ chat, method, payload }: Call): Refusal | undefined {
    if (former.has(chat)) {
      const description = 'Bad Request: group chat was upgraded to a supergroup chat';
      return { error_code: 400, description, parameters: { migrate_to_chat_id: id } };
    }
    if (chat !== id) return undefined;
    if (!inside) return { error_code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' };
    if (method === 'createForumTopic') return forum ? undefined : badRequest('the chat is not a forum');
    const thread = payload.message_thread_id;
    if (typeof thread !== 'number') return undefined;
    const topic = topics.get(thread);
    if (!topic) return badRequest(TOPIC_METHODS.has(method) ? 'TOPIC_ID_INVALID' : 'message thread not found');
    if (method === 'editForumTopic') return payload.name === topic.name ? badRequest('TOPIC_NOT_MODIFIED') : undefined;
    if (method === 'closeForumTopic') return topic.closed ? badRequest('TOPIC_NOT_MODIFIED') : undefined;
    if (method === 'reopenForumTopic') return topic.closed ? undefined : badRequest('TOPIC_NOT_MODIFIED');
    return undefined;
  }

  /** Notes what a call that was not refused changed. */
  function heed({ chat, method, payload }: Call, messageId: number): void {
    if (chat !== id) return;
    if (method === 'createForumTopic') return void topics.set(messageId, { name: String(payload.name), closed: false });
    const topic = topics.get(Number(payload.message_thread_id));
    if (!topic) return;
    if (method === 'editForumTopic') topic.name = String(payload.name);
    if (method === 'closeForumTopic') topic.closed = true;
    if (method === 'reopenForumTopic') topic.closed = false;
    if (method === 'deleteForumTopic') topics.delete(Number(payload.message_thread_id));
  }

  return {
    id: () => id,
    isForum: () => forum,
    topics,
    refuse,
    heed,
    /** Done by a person: the bot is told of it by an update, or not at all. */
    setClosed(thread: number, closed: boolean) {
      const topic = topics.get(thread);
      if (topic) topic.closed = closed;
    },
    deleteTopic: (thread: number) => void topics.delete(thread),
    /** It becomes a supergroup, and can be a forum from now on. */
    upgrade(to: number, { forum: asForum }: { forum: boolean }) {
      former.add(id);
      id = to;
      forum = asForum;
      topics.clear();
    },
    letBotIn: (isIn: boolean) => void (inside = isIn),
  };
}

const badRequest = (what: string): Refusal => ({ error_code: 400, description: `Bad Request: ${what}` });
