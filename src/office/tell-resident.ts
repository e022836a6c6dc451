import { noticeKey } from '../domain/notice-key.ts';
import { listConfirmedMessengers } from '../records/confirmed-messengers.ts';
import type { Trx } from '../records/database.ts';
import { listSessions } from '../records/sessions.ts';
import type { MessengerId } from './caller.ts';
import { type PersonNotice, postNotice } from './notices.ts';

/** What a resident is told in every messenger account; it goes out once a messenger account and key. */
export type ResidentNotice = Pick<PersonNotice, 'daytime' | 'runAt'> & {
  signedIn: Pick<PersonNotice, 'text' | 'words' | 'doors'>;
  /** Without figures: who is signed out reads it. Its words, too, are unseen. */
  signedOut: Pick<PersonNotice, 'text' | 'doors' | 'words'>;
  key: string;
  /** Who has it no more by the time it is sent is not told at all. */
  account?: string;
};

/** Tells it in every messenger account in which the resident is signed in; when there is none, those that were once confirmed. */
export async function tellResident(
  trx: Trx,
  residentId: string,
  { signedIn, signedOut, key, account, ...when }: ResidentNotice,
  now: Date,
): Promise<void> {
  const open = (await listSessions(trx, residentId, now)).map((session) => session.messengerId);
  const told = open.length > 0 ? open : await listConfirmedMessengers(trx, residentId);
  const notice = open.length > 0 ? signedIn : signedOut;
  const { text, doors = [] } = signedOut;
  const owner = { residentId, account, signedOut: { text, doors } };
  for (const messengerId of told) {
    await postNotice(trx, { ...notice, ...when, owner, to: messengerId as MessengerId, key: noticeKey(key, messengerId) }, now);
  }
}
