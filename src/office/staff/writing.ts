import { forResident, mayBeCutOff } from '../../domain/staff-words.ts';
import { findPayerOfOperation } from '../../records/card-payments.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { findEscalationKey } from '../../records/escalations.ts';
import { findNewestLink, listHolders } from '../../records/links.ts';
import { insertRequestMessage } from '../../records/request-messages.ts';
import { insertRequest, type Request, updateRequest } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { listSessions } from '../../records/sessions.ts';
import type { OfficeEdges } from '../edges.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import { commandMark, type MessagePart, revisionOf } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockRequestAt, type Nowhere, sayInThread, type ThreadRef } from './thread.ts';

export type WritingEdges = DeskEdges & Pick<OfficeEdges, 'centre'> & { settings: Pick<OfficeEdges['settings'], 'textLimits'> };

/** What came of `/write`; what was written is said in the threads. */
export type WrittenTo =
  | { outcome: 'written' }
  /** Words in a resident's own request go by themselves; an escalation may concern nobody, or nobody who is signed in. */
  | { outcome: 'write-plainly' | 'write-to-nobody' | 'write-how' }
  | Nowhere
  | NotStaff;

type Recipient = { messengerId: string; residentId: string | null };

/** Households are small; whoever has more people in one account calls them. */
const MOST_ADDRESSEES = 5;

/**
 * `/write` in the thread of an escalation: staff begin a request of their own with whom it is about, and the talk goes on there. Lines that begin
 * with `//` stay in that thread.
 */
export function createWriting(edges: WritingEdges) {
  const topic = edges.centre.requests.topics.at(-1)?.key ?? null;
  const { textLimits } = edges.settings;

  async function begin(
    trx: Trx,
    escalation: Request,
    { messengerId, residentId }: Recipient,
    by: { staff: StaffCaller; messagePart: MessagePart; words: string; place: number },
    now: Date,
  ): Promise<number> {
    const { staff, messagePart, words, place } = by;
    const { account } = escalation;
    // One message may go to several, and each of them has a row of its own; none but the first is where staff wrote.
    const source = place === 0 ? messagePart.source : `${messagePart.source}#${place}`;
    // A note in that thread may be the rest of it (`listWrittenInPart`).
    const begunWith = { begunWith: source, ...(mayBeCutOff(messagePart.words, textLimits) && { partFrom: escalation.number }) };
    const begun = { kind: 'request', topic, messengerId, residentId, account, words: begunWith, waits: false };
    const { id, number } = await insertRequest(trx, begun, now);
    const lead = { takenBy: staff.messengerId, takenByName: staff.name };
    // Nobody has asked yet: there is no first answer, and nothing to rate.
    await updateRequest(trx, id, { state: 'answered', ...lead }, now);
    const message = await insertRequestMessage(trx, {
      requestId: id,
      side: 'staff',
      author: staff.messengerId,
      authorName: staff.name,
      source,
      album: null,
      repliesTo: null,
      ...revisionOf({ ...messagePart, kind: 'words', file: null, fileName: null }),
      words,
      context: { command: commandMark(messagePart.words) },
      at: now,
    });
    if (message !== undefined)
      await insertDelivery(trx, { to: { person: messengerId }, requestId: id, kind: 'relay', messageId: message }, now);
    await sayInThread(trx, { id }, 'desk-wrote-first', { name: staff.name, words, trouble: escalation.number }, now);
    return number;
  }

  return {
    async writeTo(staff: StaffCaller, threadRef: ThreadRef, messagePart: MessagePart, rest: string): Promise<WrittenTo> {
      return asStaff(edges, staff, 'writeTo', async (trx, now): Promise<WrittenTo> => {
        const escalation = await lockRequestAt(trx, threadRef);
        if (!escalation) return { outcome: 'nowhere' };
        if (escalation.kind === 'request') return { outcome: 'write-plainly' };
        const words = forResident(rest).words.trim();
        if (words === '') return { outcome: 'write-how' };
        const to = (await addresseesOf(trx, escalation, now)).slice(0, MOST_ADDRESSEES);
        if (to.length === 0) return { outcome: 'write-to-nobody' };
        const numbers: number[] = [];
        for (const each of to)
          numbers.push(await begin(trx, escalation, each, { staff, messagePart, words, place: numbers.length }, now));
        const told = { name: staff.name, count: numbers.length, numbers: numbers.map((number) => `№ ${number}`).join(', ') };
        await sayInThread(trx, escalation, 'desk-written-to', told, now);
        await insertAuditEntry(
          trx,
          { ...audited(staff), what: 'desk.write', ...about(escalation), details: { requests: numbers.join(' ') } },
          now,
        );
        return { outcome: 'written' };
      });
    },
  };
}

/** The payer of a payment; of «Это не я» those who have the account besides the new link; of refused readings those who have it. */
async function addresseesOf(trx: Trx, { id, kind, account, words }: Request, now: Date): Promise<Recipient[]> {
  if (kind.startsWith('payment-')) {
    const payer = await findPayerOfOperation(trx, String(words.operation ?? ''));
    return payer ? [payer] : [];
  }
  if ((kind !== 'not-me' && kind !== 'reading-refused') || account === null) return [];
  const inDoubt = kind === 'not-me' ? await findEscalationKey(trx, id) : undefined;
  const link = inDoubt === undefined ? undefined : await findNewestLink(trx, inDoubt);
  const holders = (await listHolders(trx, account)).filter((holder) => holder.id !== link?.residentId);
  const found: Recipient[] = [];
  for (const { id: residentId } of holders) {
    const [session] = await listSessions(trx, residentId, now);
    if (session) found.push({ messengerId: session.messengerId, residentId });
  }
  return found;
}
