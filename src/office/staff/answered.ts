import type { Db } from '../../records/database.ts';
import { listStandingAt, type RequestMessage } from '../../records/request-messages.ts';
import { hasScheduledDeletion } from '../../records/scheduled-deletions.ts';
import { contextOf, type MessagePart } from './message-part.ts';

/** Which message of its own request a message answers, and what of what it cites is kept. */
export async function answeredBy(
  db: Db,
  requestId: string,
  side: 'resident' | 'staff',
  messagePart: Pick<MessagePart, 'repliesTo' | 'context'>,
): Promise<Pick<RequestMessage, 'repliesTo' | 'context'>> {
  const { repliesTo, context } = messagePart;
  const quote = context?.quote;
  const own = repliesTo === null ? [] : await listStandingAt(db, requestId, repliesTo);
  const answered = (quote === undefined ? undefined : own.find(({ words }) => words.includes(quote))) ?? own[0];
  // A paper that is not to be kept leaves nothing behind either.
  const isSecretPaper = repliesTo !== null && !answered && (await hasScheduledDeletion(db, repliesTo));
  const cites = isSecretPaper ? withoutCited(messagePart) : messagePart;
  const kept = contextOf(cites, side, { within: answered !== undefined, quotable: isQuotable(side, quote, own) });
  return { repliesTo: answered?.source ?? null, context: kept };
}

function withoutCited({ context }: Pick<MessagePart, 'context'>): Pick<MessagePart, 'context'> {
  const { quote: _quote, about: _about, ...rest } = context ?? {};
  return { context: rest };
}

/**
 * Whether picked words are those of messages (which the other side sees as one) that are before whoever is to read them. Staff pick them in their
 * group, where notes, lines taken out of an answer, answers taken back and the card stand, too: of these a resident has nothing before him.
 */
export function isQuotable(side: RequestMessage['side'], quote: string | undefined, seen: readonly RequestMessage[]): boolean {
  if (quote === undefined || quote === '') return false;
  const known = side === 'resident' ? seen : seen.filter((message) => message.side !== 'note' && message.withdrawnAt === null);
  const words = known.map((message) => message.words).join(BETWEEN_MESSAGES);
  return words.includes(quote) || (quote.endsWith(CUT) && words.includes(quote.slice(0, -CUT.length)));
}

/** Words that went together stand so in one message. */
const BETWEEN_MESSAGES = '\n\n';
/** A long quote is kept by its beginning. */
const CUT = '…';
