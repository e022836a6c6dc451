import { CODE_MS } from '../../domain/confirmation-code.ts';
import { later } from '../../domain/durations.ts';
import { findAccessOffer } from '../../records/access-offers.ts';
import { findAccount } from '../../records/accounts.ts';
import type { Db } from '../../records/database.ts';
import { findLink, hasAccountOfLink } from '../../records/links.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import { findRequest } from '../../records/requests.ts';

/** `subject`: the second part of the notice's key; `rest`: the third. */
type IsStillSo = (db: Db, of: { subject: string; rest: string; notice: OutboxRow; now: Date }) => Promise<boolean>;

const isWithoutAccount: IsStillSo = async (db, { subject }) => !(await hasAccountOfLink(db, subject));

const isAccount =
  (closed: boolean): IsStillSo =>
  async (db, { subject }) =>
    (await findAccount(db, subject))?.closed === closed;

/**
 * By the first part of their keys, notices that say how something is, and whether it is so still. The others tell of what happened, with its
 * time, or are taken out of the line by whatever changes it.
 */
const STILL_SO: Readonly<Record<string, IsStillSo>> = {
  'link-owner-changed': isWithoutAccount,
  'link-ended': isWithoutAccount,
  'link-ended-by-staff': isWithoutAccount,
  'link-ended-by-giver': isWithoutAccount,
  'link-giver-left': isWithoutAccount,
  'link-anew': async (db, { subject }) => (await findLink(db, subject)) !== undefined,
  'link-reopened': async (db, { subject }) => hasAccountOfLink(db, subject),
  'account-closed': isAccount(true),
  'account-reopened': isAccount(false),
  'request-closed': async (db, { subject, rest }) => {
    const request = await findRequest(db, subject);
    return request?.state === 'closed' && request.reopened === Number(rest);
  },
  // The code that it speaks of is good no longer.
  'code-resent': async (_, { notice, now }) => now <= later(notice.createdAt, CODE_MS),
  'access-kept': async (db, { subject, now }) => {
    const offer = await findAccessOffer(db, subject);
    return offer !== undefined && offer.endedWhy === null && !offer.giverLeft && offer.expiresAt > now;
  },
};

/** What stood there for a subject while many were told by one notice. */
export const OF_MANY = 'many';

/** Whether what a notice says is so at this moment. */
export async function isStillSo(db: Db, notice: OutboxRow, now: Date): Promise<boolean> {
  const [event = '', subject = '', rest = ''] = (notice.key ?? '').split('/');
  // One message about many, as an older release wrote it: it says what was so then.
  if (subject === OF_MANY) return true;
  return (await STILL_SO[event]?.(db, { subject, rest, notice, now })) ?? true;
}
