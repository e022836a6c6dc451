import { insertConfirmedMessenger, listConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import type { Trx } from '../../records/database.ts';
import { deleteMutedMessengers } from '../../records/muted-news.ts';
import { listSessions, replaceSession } from '../../records/sessions.ts';
import { offerKeptAccess } from '../accounts/given-links.ts';
import type { MessengerId } from '../caller.ts';
import { type NoticeDoor, type PersonNotice, postNotice } from '../notices.ts';
import { bringWaitingAnswers } from '../requests/reader.ts';

/** Signs in a messenger account that has proved both password and phone, now or before; the others are told, and answers that waited for it come. */
export async function openSession(trx: Trx, residentId: string, messengerId: MessengerId, now: Date): Promise<void> {
  const doors: NoticeDoor[] = [{ label: 'button-sessions', dialog: 'sessions' }];
  const notice = { text: 'notice-signed-in-elsewhere', words: { at: now.toISOString() }, doors };
  await tellSessions(trx, residentId, { except: messengerId }, notice, now);
  await replaceSession(trx, residentId, messengerId, now);
  await deleteMutedMessengers(trx, [messengerId]);
  await insertConfirmedMessenger(trx, residentId, messengerId, now);
  await bringWaitingAnswers(trx, residentId, messengerId, now);
  await offerKeptAccess(trx, messengerId, now);
}

/** For whoever finds that somebody else has been at the login. */
export const RECOVER: NoticeDoor = { label: 'button-forgot-password', dialog: 'recovery' };

type SessionNotice = Omit<PersonNotice, 'to'>;

/** A notice to the messenger accounts that are signed in. */
export async function tellSessions(
  trx: Trx,
  residentId: string,
  { except }: Except,
  notice: SessionNotice,
  now: Date,
): Promise<void> {
  const open = (await listSessions(trx, residentId, now)).map((session) => session.messengerId);
  await tell(trx, residentId, open, { except }, notice, now);
}

/** A notice to all messenger accounts that were ever confirmed for the login, signed in or not: their login is no longer what it was. */
export async function tellAccounts(
  trx: Trx,
  residentId: string,
  { except }: Except,
  notice: SessionNotice,
  now: Date,
): Promise<void> {
  await tell(trx, residentId, await listConfirmedMessengers(trx, residentId), { except }, notice, now);
}

type Except = { except?: MessengerId | undefined };

async function tell(
  trx: Trx,
  residentId: string,
  messengers: readonly string[],
  { except }: Except,
  notice: SessionNotice,
  now: Date,
): Promise<void> {
  for (const messengerId of messengers) {
    if (messengerId === except) continue;
    await postNotice(trx, { owner: { residentId }, ...notice, to: messengerId as MessengerId }, now);
  }
}
