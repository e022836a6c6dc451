import { shortenTo } from '../../domain/cut.ts';
import { listRequestMessages, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import { escapeMarkup, quoteBlock, shownText } from '../../texts/markup.ts';
import { STAFF_GROUP } from './actions.ts';
import type { DeliveryRoom } from './step.ts';

/** Of one message. */
const LONGEST = 700;

/**
 * What was said in a request so far, from the oldest, for a thread that was made anew: the newest of it that fits into one message. Undefined:
 * nothing was. What is on its way to staff comes by itself.
 */
export async function earlierWords(
  { db, texts, messenger }: Pick<DeliveryRoom, 'db' | 'texts' | 'messenger'>,
  { id }: Pick<Request, 'id'>,
): Promise<string | undefined> {
  const said = (await listRequestMessages(db, id)).filter(wasSaid);
  if (said.length === 0) return undefined;
  const say = (name: string, words = {}) => texts.text(name, words, { marked: true });
  const blocks = said.map(({ side, kind, words, authorName, at }) => {
    const head = say('thread-earlier-line', { side, name: authorName ?? '', at: at.toISOString(), kind });
    return words === '' ? head : `${head}\n${quoteBlock(escapeMarkup(shortenTo(words, LONGEST)))}`;
  });
  let room = messenger.limitsIn(STAFF_GROUP).text - shownText(say('thread-earlier', { left: said.length })).length;
  let first = blocks.length;
  while (first > 0) {
    room -= shownText(blocks[first - 1] ?? '').length + 1;
    if (room < 0) break;
    first -= 1;
  }
  return [say('thread-earlier', { left: first }), ...blocks.slice(first)].join('\n');
}

function wasSaid({ side, copy, withdrawnAt }: RequestMessage): boolean {
  return withdrawnAt === null && (side !== 'resident' || copy !== null);
}
