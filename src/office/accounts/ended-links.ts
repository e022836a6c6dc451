import { listConfirmedMessengers } from '../../records/confirmed-messengers.ts';
import type { Db, Trx } from '../../records/database.ts';
import type { Link } from '../../records/links.ts';
import { findResident } from '../../records/residents.ts';
import { insertSumWayClosing, type EndedBefore, type EndedByOther, listEndedByOthers } from '../../records/sum-way-closings.ts';
import type { Keyring } from '../edges.ts';
import type { PersonSubjects } from '../person.ts';

/** Whether linking this account by sum is closed to a person: others ended that person's link to it, or its owner changed, and staff have not opened it since. */
export async function isSumWayEnded(
  db: Db,
  { account, residentId, person }: { account: string; residentId: string; person: PersonSubjects },
): Promise<boolean> {
  const persons = [...person.phone, ...person.messenger];
  return (await listEndedByOthers(db, { account, residentId, persons }, { sinceOpened: true })).length > 0;
}

/** Somebody else ended a link: its resident cannot make it again by the same proof, neither with this login nor with a new one. */
export async function closeSumWay(
  trx: Trx,
  keyring: Keyring,
  { id: link, account, residentId }: Link,
  why: EndedByOther,
  now: Date,
): Promise<void> {
  const persons = (await knownBy(trx, keyring, residentId)).map(([newest = '']) => newest);
  await insertSumWayClosing(trx, { link, account, persons, why }, now);
}

/** What others ended before of the account's links with the resident of this one, from the newest. */
export async function endedBefore(db: Db, keyring: Keyring, { account, residentId }: Link): Promise<EndedBefore[]> {
  const persons = (await knownBy(db, keyring, residentId)).flat();
  return listEndedByOthers(db, { account, residentId, persons }, { sinceOpened: false });
}

/** Fingerprints of the phone and the messenger accounts of a login, as `personSubjects` makes them. */
async function knownBy(db: Db, keyring: Keyring, residentId: string): Promise<(readonly string[])[]> {
  const phone = (await findResident(db, residentId))?.phone;
  const messengers = await listConfirmedMessengers(db, residentId);
  return [
    ...(phone ? [keyring.fingerprints('sum-guesser', phone)] : []),
    ...messengers.map((messenger) => keyring.fingerprints('messenger', messenger)),
  ];
}
