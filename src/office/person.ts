import type { Subject } from '../records/rate-limit-hits.ts';
import type { Admitted } from './admission.ts';
import type { Keyring } from './edges.ts';

/**
 * By what a resident is known when wrong tries are counted: by phone, login and messenger account, each under every key in use. Whoever
 * changes one of them, or gives up the login and makes another, is still the same.
 */
export type PersonSubjects = { phone: Subject; login: Subject; messenger: Subject };

export function personSubjects(keyring: Keyring, { phone, residentId, messengerId }: Admitted): PersonSubjects {
  return {
    phone: keyring.fingerprints('sum-guesser', phone),
    login: keyring.fingerprints('login', residentId),
    messenger: keyring.fingerprints('messenger', messengerId),
  };
}

export const allSubjects = ({ phone, login, messenger }: PersonSubjects): readonly Subject[] => [phone, login, messenger];
