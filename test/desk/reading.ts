import type { Sent } from '../kit/chat/fake-telegram.ts';
import type { Outfit } from './outfit.ts';

/** One coming of a marked message (`#12#`) to where somebody sees it. */
export type Arrival = { mark: string; chat: number; request: number | undefined; ref: string };

/** What people have before their eyes by all that was ever sent. */
export function readAll(calls: readonly Sent[]) {
  /** Of which request a topic is, by its title. */
  const topics = new Map<number, number>();
  const seen = new Map<string, string>();
  const arrivals: Arrival[] = [];
  for (const { chat, method, payload, messageId } of calls) {
    const ref = `telegram:${chat}/${messageId}`;
    if (method === 'createForumTopic') topics.set(messageId, Number(/№\s(\d+)/.exec(String(payload.name))?.[1]));
    else if (method === 'deleteMessage') seen.delete(ref);
    else if (method === 'editMessageText') seen.set(ref, String(payload.text));
    else if (method === 'sendMessage') {
      seen.set(ref, String(payload.text));
      const request = topics.get(Number(payload.message_thread_id));
      for (const mark of marksIn(String(payload.text))) arrivals.push({ mark, chat, request, ref });
    }
  }
  return { topics, seen, arrivals };
}

export function marksIn(text: string): string[] {
  return text.match(/#\d+#/g) ?? [];
}

/** Marks of messages that arrived and whose arrival is not written down: after a kill they may come once more. */
export async function unwritten({ db }: Outfit, calls: readonly Sent[]): Promise<string[]> {
  const rows = await db
    .selectFrom('requestMessages as m')
    .innerJoin('outbox as e', 'e.messageId', 'm.id')
    .where('e.kind', '=', 'relay')
    .where('e.doneAt', 'is', null)
    .where('e.failedAt', 'is', null)
    .select('m.words')
    .execute();
  const arrived = new Set(readAll(calls).arrivals.map(({ mark }) => mark));
  return rows.flatMap(({ words }) => marksIn(words)).filter((mark) => arrived.has(mark));
}
