import type { BotMessage } from '../../records/deliveries.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { findRequestByThread } from '../../records/requests.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice } from '../notices.ts';
import type { MessageRef } from './message-part.ts';
import { requestAt, requestOnceAt, type ThreadRef } from './thread.ts';

/** Something that the bot says to staff: a text of `src/texts` with its words; a door's `dialog` is a verb of the group's buttons. */
export type Told = { text: string; words?: BotMessage['words']; doors?: BotMessage['doors'] };

/** What the bot says in the group is in line with all that goes there: the messenger takes so much a minute only. */
export function createTell({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** Whether a request was talked about there, and is elsewhere now. */
    async isFormerThread(thread: MessageRef): Promise<boolean> {
      return (await findRequestByThread(db, thread)) === undefined && (await requestOnceAt(db, thread)) !== undefined;
    },

    /** What is talked about there. */
    async numberAt(threadRef: ThreadRef): Promise<number | undefined> {
      return (await requestAt(db, threadRef))?.number;
    },

    /**
     * In the thread of the request that is talked about there; where none is, at large (`elsewhere: 'at-large'`) or not at all. Once only for
     * an `operation`.
     */
    async tell(
      operation: string,
      threadRef: ThreadRef,
      { text, words = {}, doors = [] }: Told,
      elsewhere: 'at-large' | 'nowhere',
    ): Promise<void> {
      const request = await requestAt(db, threadRef);
      const key = `told/${operation}`;
      const botMessage = { text, words, doors };
      await db.transaction().execute(async (trx) => {
        if (request) await insertDelivery(trx, { to: { staff: request.id }, kind: 'say', botMessage, key }, clock());
        else if (elsewhere === 'at-large') await postNotice(trx, { to: 'staff', text, words, key }, clock());
      });
    },
  };
}
