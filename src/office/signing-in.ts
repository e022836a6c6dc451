import { confirmMessenger } from '../records/confirmed-messengers.ts';
import type { Trx } from '../records/database.ts';
import { listSessions, openSession } from '../records/sessions.ts';
import type { MessengerId } from './caller.ts';
import { type Notice, postNotice } from './notices.ts';

/** Signs in a messenger account that has proved both password and phone, now or before; the others are told. */
export async function signIn(trx: Trx, residentId: string, messengerId: MessengerId, now: Date): Promise<void> {
  const doors = [{ label: 'button-sessions', dialog: 'sessions' }];
  const notice = { text: 'notice-signed-in-elsewhere', words: { at: now.toISOString() }, doors };
  await tellSessions(trx, residentId, { except: messengerId }, notice, now);
  await openSession(trx, residentId, messengerId, now);
  await confirmMessenger(trx, residentId, messengerId, now);
}

/** For whoever finds that somebody else has been at the login. */
export const RECOVER = { label: 'button-forgot-password', dialog: 'recovery' };

/** A notice to the messenger accounts that are signed in. */
export async function tellSessions(
  trx: Trx,
  residentId: string,
  { except }: { except?: MessengerId },
  notice: Omit<Notice, 'to'>,
  now: Date,
): Promise<void> {
  for (const session of await listSessions(trx, residentId, now)) {
    if (session.messenger_id === except) continue;
    await postNotice(trx, { ...notice, to: session.messenger_id as MessengerId }, now);
  }
}
