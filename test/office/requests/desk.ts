import type { MessagePart } from '../../../src/office/staff/message-part.ts';
import { createRequests } from '../../../src/office/requests/requests.ts';
import { updateRequest, type RequestState } from '../../../src/records/requests.ts';
import { openTown } from '../town.ts';

/** The desk of requests in a town, with hands for what staff do. */
export async function openRequestDesk() {
  const town = await openTown();
  const requests = createRequests(town.edges);
  let messages = 0;

  const messagePart = (person: number, more: Partial<MessagePart> = {}): MessagePart => ({
    source: `telegram:${person}/${++messages}`,
    album: null,
    repliesTo: null,
    kind: 'words',
    words: 'Почему так много за отопление?',
    file: null,
    fileName: null,
    ...more,
  });

  const row = (number: number) =>
    town.db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

  return {
    ...town,
    requests,
    messagePart,
    row,

    /** A new request of a person; its number. */
    async opened(
      person: number,
      messageParts: readonly MessagePart[] = [messagePart(person)],
      link: string | null = null,
    ): Promise<number> {
      const opened = await requests.open(town.by(person), { topic: 'charges', link, messageParts });
      if (opened.outcome !== 'opened') throw new Error(opened.outcome);
      return opened.number;
    },

    /** Staff bring a request into a state. */
    async staffMade(number: number, state: RequestState): Promise<void> {
      const { id } = await row(number);
      const now = town.now();
      await town.db.transaction().execute((trx) =>
        updateRequest(
          trx,
          id,
          {
            state,
            closedAt: state === 'closed' ? now : null,
            ...(state !== 'new' && { takenBy: 'telegram:9', takenByName: 'Ольга' }),
            ...((state === 'answered' || state === 'closed') && { waitingSince: null }),
          },
          now,
        ),
      );
    },

    async silence(person: number, until: Date | null): Promise<void> {
      await town.db
        .insertInto('silenced')
        .values({ messengerId: `telegram:${person}`, until, by: 'telegram:9', at: town.now() })
        .execute();
    },

    /** Deliveries towards staff that wait, as `kind` and what they carry. */
    async deliveries(number: number): Promise<string[]> {
      const { id } = await row(number);
      const rows = await town.db
        .selectFrom('outbox as e')
        .leftJoin('requestMessages as m', 'm.id', 'e.messageId')
        .where('e.kind', '<>', 'notice')
        .where('e.requestId', '=', id)
        .where('e.addressee', '=', 'staff')
        .select(['e.kind', 'e.line', 'm.words', 'e.text'])
        .orderBy('e.id')
        .execute();
      for (const { line } of rows) if (line !== `request/${id}`) throw new Error(`a delivery in a line of its own: ${line}`);
      return rows.map(({ kind, words, text }) => [kind, words ?? text].filter(Boolean).join(' '));
    },
  };
}
