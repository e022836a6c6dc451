import type { PersonDataPart } from '../../domain/person-data.ts';
import { listOwnMessengers } from '../../records/confirmed-messengers.ts';
import { markConsentsWithdrawn } from '../../records/consents.ts';
import type { Db, Trx } from '../../records/database.ts';
import { deleteIdempotencyKeysOf } from '../../records/idempotency-keys.ts';
import { listHolders } from '../../records/links.ts';
import { findAccountRows, findPersonRows, findPhoneRows } from '../../records/person-data.ts';
import {
  deleteResident,
  findResidentByLogin,
  findResidentByPhone,
  lockResident,
  type Resident,
} from '../../records/residents.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import type { MessengerId } from '../caller.ts';
import { forgetWhatWasTold } from '../last-told.ts';
import { forgetPayer } from '../money/payments.ts';
import { forgetMutedMessengers } from '../news/news.ts';
import { endAccessGivenBy } from '../accounts/relatives.ts';
import { forgetReadingsOfSubmitter } from '../readings/own-readings.ts';
import { wipeRequests } from '../requests/on-consent-withdrawn.ts';
import { forgetTraces } from '../traces.ts';
import type { OnConsentWithdrawn } from './consents.ts';
import { tellSessions } from './signing-in.ts';

/** By what a person is found: one of them. `phone` as `+79123456789`. */
export type PersonKey = { login: string } | { phone: string } | { account: string };

/** The residents who are meant: one at most by login or phone, all who have an account in the cabinet by its number. */
export async function findPeople(db: Db, key: PersonKey): Promise<Resident[]> {
  if ('account' in key) return listHolders(db, key.account);
  const found = 'login' in key ? await findResidentByLogin(db, key.login) : await findResidentByPhone(db, key.phone);
  return found ? [found] : [];
}

/** All that is kept of a resident (ст. 14 152-ФЗ), as it is at one moment; neither password nor owners' names of billing. */
export async function exportPersonData(db: Db, residentId: string): Promise<PersonDataPart[]> {
  return plain(await inSnapshot(db, (trx) => findPersonRows(trx, residentId)));
}

/** All that is kept of an account, its owner's name too: for whoever has shown to be the owner. Its `account` part is empty where there is none. */
export async function exportAccountData(db: Db, account: string): Promise<PersonDataPart[]> {
  return plain(await inSnapshot(db, (trx) => findAccountRows(trx, account)));
}

/** All that is kept of a phone that no login has; nothing where there is nothing. */
export async function exportPhoneData(db: Db, phone: string): Promise<PersonDataPart[]> {
  return plain(await findPhoneRows(db, phone)).filter(({ rows }) => rows.length > 0);
}

function plain(parts: Readonly<Record<string, readonly Readonly<Record<string, string | number | boolean | Date | null>>[]>>) {
  const textOf = (value: string | number | boolean | Date | null) => (value instanceof Date ? value.toISOString() : value);
  return Object.entries(parts).map(([kind, rows]): PersonDataPart => {
    return { kind, rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, textOf(value)]))) };
  });
}

/** What goes with a resident who withdraws the consent, beyond what hangs on the row itself (`on delete cascade`). */
const ON_CONSENT_WITHDRAWN: readonly OnConsentWithdrawn[] = [
  forgetMutedMessengers,
  endAccessGivenBy,
  forgetReadingsOfSubmitter,
  forgetPayer,
  wipeRequests,
  forgetWhatWasTold,
  forgetTraces,
];

/** `by`: the messenger account that withdrew the consent and is answered itself; absent: a paper application, which staff or the operator have. */
export type Erasure = { by?: MessengerId };

/**
 * What a withdrawal of the consent does: the login, its links, sessions and personal data go, and the messenger accounts that were signed in
 * are told. Kept is that and when the consent was given and withdrawn (without the login), and what billing must keep by law
 * (`withdraw-consent-explained`). False when there is no such resident (any more).
 */
export async function erasePerson(trx: Trx, residentId: string, { by }: Erasure, now: Date): Promise<boolean> {
  if (!(await lockResident(trx, residentId))) return false;
  // One that is another login's, too, keeps what is that one's: of this resident there goes what names him.
  const messengerIds = (await listOwnMessengers(trx, residentId)) as MessengerId[];
  for (const hook of ON_CONSENT_WITHDRAWN) await hook(trx, { residentId, messengerIds, now });
  const text = by === undefined ? 'notice-consent-withdrawn-on-paper' : 'notice-consent-withdrawn';
  // The resident is deleted by then: the notice belongs to none.
  await tellSessions(trx, residentId, { except: by }, { text, words: { at: now.toISOString() }, owner: undefined }, now);
  await markConsentsWithdrawn(trx, residentId, now);
  await deleteResident(trx, residentId);
  for (const messengerId of messengerIds) await deleteIdempotencyKeysOf(trx, messengerId);
  return true;
}
