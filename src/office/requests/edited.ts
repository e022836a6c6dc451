import { blankSecrets } from '../../domain/secret-words.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { updateMessageRevised } from '../../records/request-answers.ts';
import { findRequestMessage } from '../../records/request-messages.ts';
import type { Caller } from '../caller.ts';
import {
  contextWith,
  isSameFile,
  keptFile,
  looksSame,
  type MessageRef,
  type MessagePart,
  revisionOf,
} from '../staff/message-part.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { countMessages, type EnoughToday, isFirstRefusal, refusesMessages, type Silenced } from './refusals.ts';
import { lockPerson, requestOfMessage } from './requester.ts';

export type Edited =
  | { outcome: 'edited' }
  | { outcome: 'unknown' }
  /** `first`: it has not been said lately that corrections are not taken. */
  | ((Silenced | EnoughToday) & { first: boolean });

/** What a person wrote to staff, corrected in the messenger. */
export function createRequestEdits(edges: Pick<OfficeEdges, 'db' | 'clock'>) {
  const { db, clock } = edges;

  return {
    /**
     * A message of the caller's own has other words by now, or another file: so it has for staff. Each correction is counted as a message is.
     * `unknown`: it stands in no request of the caller.
     */
    async edited(
      caller: Caller,
      ref: MessageRef,
      written: string,
      file?: Pick<MessagePart, 'kind' | 'file' | 'fileName' | 'fileKey' | 'context'>,
    ): Promise<Edited> {
      if (!(await requestOfMessage(db, caller, ref, clock()))) return { outcome: 'unknown' };
      return idempotent(edges, caller, 'requests.edited', async (trx): Promise<Edited> => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const message = await findRequestMessage(trx, ref);
        if (!message || message.source !== ref || message.side !== 'resident') return { outcome: 'unknown' } as const;
        const words = blankSecrets(written);
        const looking = file ?? { context: null };
        if (message.words === words && looksSame(message.context, looking) && (file === undefined || isSameFile(message, file)))
          return { outcome: 'edited' };
        const refused = await refusesMessages(trx, person, 1, now);
        if (refused) return { ...refused, first: await isFirstRefusal(trx, person, now) };
        const context = contextWith(message.context, looking);
        await updateMessageRevised(trx, message.id, {
          ...(file ? revisionOf(file) : keptFile(message)),
          words,
          context,
          editedAt: now,
        });
        await countMessages(trx, person, 1, now);
        await insertDelivery(trx, { to: { staff: message.requestId }, kind: 'edit', messageId: message.id }, now);
        return { outcome: 'edited' };
      });
    },
  };
}
