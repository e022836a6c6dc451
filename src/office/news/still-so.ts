import { CODE_MS } from '../../domain/confirmation-code.ts';
import { later } from '../../domain/durations.ts';
import { findAccessOffer } from '../../records/access-offers.ts';
import { findAccounts } from '../../records/accounts.ts';
import type { Db } from '../../records/database.ts';
import { hasAccountOfLink } from '../../records/links.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import { findRequest } from '../../records/requests.ts';

/** `subject`: the second part of the notice's key; `rest`: the third. */
type Question = (db: Db, of: { subject: string; rest: string; notice: OutboxRow; now: Date }) => Promise<boolean>;

/** Of one message about many, at least of one of them. */
const isWithoutAccount: Question = async (db, { subject, notice }) => {
  for (const link of ofMany(subject, notice, 'links')) if (!(await hasAccountOfLink(db, link))) return true;
  return false;
};

const isAnyAccount =
  (closed: boolean): Question =>
  async (db, { subject, notice }) =>
    [...(await findAccounts(db, ofMany(subject, notice, 'accounts'))).values()].some((account) => account.closed === closed);

/** What a message is about, which one about many holds unseen. */
function ofMany(subject: string, { words }: OutboxRow, word: 'links' | 'accounts'): string[] {
  const named = words[word];
  return subject === 'many' ? (typeof named === 'string' ? named : '').split(',') : [subject];
}

/**
 * By the first part of their keys, notices that say how something is, and whether it is so still. The others tell of what happened, with its
 * time, or are taken out of the line by whatever changes it.
 */
const STILL_SO: Readonly<Record<string, Question>> = {
  'link-owner-changed': isWithoutAccount,
  'link-ended': isWithoutAccount,
  'link-ended-by-staff': isWithoutAccount,
  'link-ended-by-giver': isWithoutAccount,
  'link-giver-left': isWithoutAccount,
  'link-reopened': async (db, { subject }) => hasAccountOfLink(db, subject),
  'account-closed': isAnyAccount(true),
  'account-reopened': isAnyAccount(false),
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

/** Whether what a notice says is so at this moment. */
export async function isStillSo(db: Db, notice: OutboxRow, now: Date): Promise<boolean> {
  const [event = '', subject = '', rest = ''] = (notice.key ?? '').split('/');
  return (await STILL_SO[event]?.(db, { subject, rest, notice, now })) ?? true;
}
