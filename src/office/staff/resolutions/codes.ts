import { CODE_MS } from '../../../domain/confirmation-code.ts';
import { later } from '../../../domain/durations.ts';
import { Phone } from '../../../domain/phone.ts';
import { type CodeTarget, listUndelivered } from '../../../records/confirmation-codes.ts';
import type { Trx } from '../../../records/database.ts';
import { insertDelivery } from '../../../records/deliveries.ts';
import type { MessengerId } from '../../caller.ts';
import { type Sending, sendCode } from '../../identity/codes.ts';
import type { OfficeEdges } from '../../edges.ts';
import { postNotice } from '../../notices.ts';
import type { Resolved, ResolutionAsked } from './resolved.ts';

/** So many are sent at one press; the next press sends the next ones. */
const AT_ONCE = 20;

/**
 * «Отправить код другим способом»: whoever waits for a code that this provider did not deliver is sent a new one, this provider being asked
 * last. Nobody sees a code, and the one before is no longer accepted; the caps of SMS hold for these as for any. How it went is said in the
 * thread.
 */
export async function resendCodes(edges: OfficeEdges, trx: Trx, { staff, request, now }: ResolutionAsked): Promise<Resolved> {
  const provider = String(request.words.provider ?? '');
  const waiting = await listUndelivered(trx, { provider, since: later(now, -CODE_MS), limit: AT_ONCE });
  if (waiting.length === 0) return { outcome: 'nothing' };
  const operation = `${staff.idempotencyKey}/again`;

  async function afterwards(): Promise<void> {
    const counts = { sent: 0, refused: 0 };
    for (const target of waiting) {
      const sent = await sendAgain(edges, target, { operation: `${operation}/${target.id}`, avoid: provider });
      counts[sent ? 'sent' : 'refused'] += 1;
    }
    const botMessage = { text: 'desk-codes-resent', words: counts, doors: [] };
    const to = { staff: request.id };
    await edges.db
      .transaction()
      .execute((after) => insertDelivery(after, { to, kind: 'say', botMessage, key: operation }, edges.clock()));
  }

  const count = waiting.length;
  return { outcome: 'done', said: 'resending', words: { count }, closes: false, details: { count, provider }, afterwards };
}

/** The person is told of it; not where the telling would show that a login has the phone. */
async function sendAgain(
  edges: OfficeEdges,
  { id, phone, purpose, messengerId }: CodeTarget & { id: string },
  { operation, avoid }: { operation: string; avoid: string },
): Promise<boolean> {
  const to = messengerId as MessengerId;
  const sent: Sending = await sendCode(edges, { messengerId: to, idempotencyKey: operation }, purpose, Phone.parse(phone), {
    avoid,
  });
  if (sent.outcome !== 'sent') return false;
  if (purpose !== 'recovery') {
    const text = edges.settings.codesInChat ? 'notice-code-resent-in-chat' : 'notice-code-resent';
    await edges.db.transaction().execute((trx) => postNotice(trx, { to, text, key: `code-resent/${id}` }, edges.clock()));
  }
  return true;
}
