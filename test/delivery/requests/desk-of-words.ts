import { plainSpaces } from '../../../src/domain/unbroken.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import type { MessageRef, MessagePart } from '../../../src/office/staff/message-part.ts';
import { insertDelivery, type DeliveryKind } from '../../../src/records/deliveries.ts';
import { insertRequestMessage, updateRequestMessage } from '../../../src/records/request-messages.ts';
import { updateRequest, type RequestChange } from '../../../src/records/requests.ts';
import type { Sent } from '../../kit/chat/fake-telegram.ts';
import { openWorld, type WorldOptions } from '../../kit/chat/world.ts';

/** A world with hands for both sides of a request: what they write is put in line as the office does it. */
export async function openWords(options: WorldOptions = {}) {
  const world = await openWorld(options);
  // A Monday morning: nobody is told that we are not at work.
  world.pass(22 * 3_600_000);
  let operations = 0;
  const by = (person: number) => ({ messengerId: `telegram:${person}` as MessengerId, idempotencyKey: `test-${++operations}` });

  const messagePart = (chat: number, more: Partial<MessagePart> = {}): MessagePart => ({
    source: `telegram:${chat}/${world.telegram.wrote(chat, more)}`,
    album: null,
    repliesTo: null,
    kind: 'words',
    words: '',
    file: null,
    fileName: null,
    ...more,
  });
  const row = (number: number) =>
    world.db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
  const messages = (number: number) =>
    world.db
      .selectFrom('requestMessages as m')
      .innerJoin('requests as r', 'r.id', 'm.requestId')
      .where('r.number', '=', number)
      .selectAll('m')
      .orderBy('m.id')
      .execute();

  async function put(number: number, kind: DeliveryKind, message: { id: number } | undefined, to: 'staff' | 'person') {
    const { id, messengerId } = await row(number);
    await world.db.transaction().execute((trx) =>
      insertDelivery(
        trx,
        {
          to: to === 'staff' ? { staff: id } : { person: messengerId ?? 'telegram:0' },
          kind,
          requestId: id,
          ...(message && { messageId: message.id }),
        },
        world.clock(),
      ),
    );
  }

  return {
    ...world,
    row,
    messages,
    put,
    messagePart,

    /** A resident's new request; its number. */
    async opened(person: number, ...messageParts: (string | Partial<MessagePart>)[]): Promise<number> {
      const written = messageParts.map((each) => messagePart(person, typeof each === 'string' ? { words: each } : each));
      const opened = await world.office.requests.open(by(person), { topic: 'charges', link: null, messageParts: written });
      if (opened.outcome !== 'opened') throw new Error(opened.outcome);
      return opened.number;
    },
    async added(person: number, number: number, ...messageParts: (string | Partial<MessagePart>)[]): Promise<void> {
      const written = messageParts.map((each) => messagePart(person, typeof each === 'string' ? { words: each } : each));
      const added = await world.office.requests.add(by(person), number, written);
      if (added.outcome !== 'added') throw new Error(added.outcome);
    },
    /** A member of staff answers in the request's thread; where that was written. */
    async answered(number: number, ...messageParts: (string | Partial<MessagePart>)[]): Promise<MessageRef[]> {
      const { id, messengerId } = await row(number);
      const written = messageParts.map((each) =>
        messagePart(world.telegram.group.id(), typeof each === 'string' ? { words: each } : each),
      );
      await world.db.transaction().execute(async (trx) => {
        for (const { repliesTo, fileName, fileKey = null, context = null, ...each } of written) {
          const message = {
            ...each,
            repliesTo,
            fileName,
            fileKey,
            context,
            requestId: id,
            side: 'staff' as const,
            author: 'telegram:9',
            authorName: 'Ольга',
            at: world.clock(),
          };
          const messageId = (await insertRequestMessage(trx, message)) ?? 0;
          const to = { person: messengerId ?? 'telegram:0' };
          await insertDelivery(trx, { to, kind: 'relay', requestId: id, messageId }, world.clock());
        }
      });
      return written.map(({ source }) => source);
    },
    async change(number: number, change: RequestChange): Promise<void> {
      const { id } = await row(number);
      await world.db.transaction().execute(async (trx) => {
        await updateRequest(trx, id, change, world.clock());
        await insertDelivery(trx, { to: { staff: id }, kind: 'refresh' }, world.clock());
      });
    },
    async reword(number: number, which: number, words: string): Promise<void> {
      const message = (await messages(number)).at(which);
      await world.db.transaction().execute((trx) => updateRequestMessage(trx, message?.id ?? 0, { words }));
      await put(number, 'edit', message, message?.side === 'staff' ? 'person' : 'staff');
    },
    /** It is another correction than the one before. */
    async edited(number: number, which: number): Promise<void> {
      const message = (await messages(number)).at(which);
      world.pass(1000);
      await world.db.transaction().execute((trx) => updateRequestMessage(trx, message?.id ?? 0, { editedAt: world.clock() }));
    },
    async withdraw(number: number, which: number): Promise<void> {
      const message = (await messages(number)).at(which);
      await world.db.transaction().execute((trx) => updateRequestMessage(trx, message?.id ?? 0, { withdrawnAt: world.clock() }));
      await put(number, 'withdraw', message, 'person');
    },
    /** What left since the last time, a line a call. */
    async left(): Promise<string[]> {
      await world.runOutbox();
      return world.telegram.take().map(lineOf);
    },
    givenUp: world.givenUp,
    /** Deliveries that are neither done nor given up. */
    waiting: () =>
      world.db.selectFrom('outbox').selectAll().where('doneAt', 'is', null).where('failedAt', 'is', null).orderBy('id').execute(),
  };
}

/** `sendMessage 701: words`, in a topic `-1001#33`, as an answer `↩55`; what a resident wrote, as it is framed among staff: `👤 words`. */
function lineOf({ chat, method, payload }: Sent): string {
  const thread = typeof payload.message_thread_id === 'number' ? `#${payload.message_thread_id}` : '';
  const replied = (payload.reply_parameters as { message_id: number } | undefined)?.message_id;
  const about = /^(edit|delete|setMessage|copy)/.test(method) && payload.message_id !== undefined ? `/${payload.message_id}` : '';
  const media = payload.media as undefined | { caption?: string; media: string } | { caption?: string; media: string }[];
  const files = media === undefined ? [] : [media].flat().map((each) => [each.media, each.caption].filter(Boolean).join(' '));
  const handle = ['photo', 'document', 'video', 'voice', 'audio', 'sticker', 'video_note']
    .map((key) => payload[key])
    .find(Boolean);
  const said = [handle, payload.text, payload.caption, payload.name, ...files].filter(Boolean).join(' | ');
  const framed = said.replace(/👤 <b>(Житель|№ \d+)<\/b>( \(исправлено\))?\n?/g, (_, who, anew = '') =>
    who === 'Житель' ? `👤${anew} ` : `👤 ${who}${anew} `,
  );
  const shown = framed.replace(/<blockquote>|<\/blockquote>/g, '');
  const quiet = payload.disable_notification === true ? ' (тихо)' : '';
  return plainSpaces(
    `${method} ${chat}${thread}${about}${replied === undefined ? '' : ` ↩${replied}`}${quiet}${shown ? `: ${shown.trim()}` : ''}`,
  );
}
