import { listConfirmedMessengers, listConfirmedResidents } from '../../records/confirmed-messengers.ts';
import type { Db } from '../../records/database.ts';
import type { Requester } from '../../records/requests.ts';

/**
 * For whom what this person writes to staff is counted, each by itself: the messenger account, and the login whichever account it is open in. A
 * guest may be anybody for whose login the account was confirmed, and counts for each.
 */
export async function countedAs(db: Db, person: Requester): Promise<readonly string[]> {
  return [person.messengerId, ...(await loginsOf(db, person)).map(subjectOfLogin)];
}

/** Under what a login is counted. */
export const subjectOfLogin = (residentId: string): string => `resident:${residentId}`;

/** Whose requests count to the most that may be open: of the same logins, and what their messenger accounts wrote as guests. */
export async function countedWith(db: Db, person: Requester): Promise<{ residentIds: string[]; messengerIds: string[] }> {
  const residentIds = await loginsOf(db, person);
  const messengerIds = new Set<string>([person.messengerId]);
  for (const id of residentIds) for (const messenger of await listConfirmedMessengers(db, id)) messengerIds.add(messenger);
  return { residentIds, messengerIds: [...messengerIds] };
}

async function loginsOf(db: Db, { messengerId, residentId }: Requester): Promise<string[]> {
  return residentId === undefined ? listConfirmedResidents(db, messengerId) : [residentId];
}
