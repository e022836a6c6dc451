import { AccountNumber } from '../../domain/account-number.ts';
import { later, MINUTE_MS } from '../../domain/durations.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import {
  areEnoughForPersonData,
  nameTopics,
  type PersonDataFile,
  type PersonDataPart,
  type PersonPaper,
} from '../../domain/person-data.ts';
import { maskPhone } from '../../domain/phone.ts';
import { isUuid } from '../../domain/uuid.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Db } from '../../records/database.ts';
import { listLinkedAccounts } from '../../records/links.ts';
import { findResident, type Resident } from '../../records/residents.ts';
import { insertScheduledDeletion } from '../../records/scheduled-deletions.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { erasePerson, exportAccountData, exportPersonData, findPeople } from '../identity/person-data.ts';
import { admitSenior, type NotAllowed } from './admission.ts';
import type { MessageRef } from './message-part.ts';
import type { StaffCaller } from './staff.ts';

/** So long the file stands in the chat: time to keep or print it. */
const SHOWN_MS = 10 * MINUTE_MS;

/** Whose data are meant: a resident by the row's id, or an account as its owner asks for it. */
export type PersonRef = { resident: string } | { account: AccountNumber };

/** A resident, by what tells one from another and gives nobody away. */
export type PersonSeen = { resident: string; login: string; phone: string | null };

type LookUp =
  | { outcome: 'person'; person: PersonSeen; kept: { kind: string; rows: number }[] }
  | { outcome: 'account'; account: AccountNumber; people: PersonSeen[]; kept: { kind: string; rows: number }[] };

export type PersonRequests = ReturnType<typeof createPersonRequests>;

/** What a person asks for by a paper application (ст. 9, 14 152-ФЗ): what is kept of him as a file, or that it goes. Seniors only; all of it is in the audit log. */
export function createPersonRequests(edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff' | 'settings' | 'centre'>) {
  const { db, clock, staff: who, settings, centre } = edges;

  /** Neither a phone nor a login enters the audit log. */
  async function journal(
    trx: Db,
    staff: StaffCaller,
    what: string,
    of: PersonRef,
    papers: readonly PersonPaper[],
  ): Promise<void> {
    const linked = 'resident' in of ? await listLinkedAccounts(trx, of.resident) : [];
    const accounts = linked.map(({ account }) => account).join(' ');
    const about = 'resident' in of ? { residentId: of.resident } : { account: of.account };
    const details = { ...(papers.length > 0 && { papers: papers.join(' ') }), ...(accounts !== '' && { accounts }) };
    await insertAuditEntry(trx, { who: staff.messengerId, name: staff.name, what, ...about, details }, clock());
  }

  /** Whoever linked it, in an order that stays. */
  async function listPeople(account: AccountNumber): Promise<PersonSeen[]> {
    const people = await findPeople(db, { account });
    return people.toSorted((a, b) => (a.login < b.login ? -1 : 1)).map(seen);
  }

  const readParts = (of: PersonRef): Promise<PersonDataPart[]> =>
    'resident' in of ? exportPersonData(db, of.resident) : exportAccountData(db, of.account);

  return {
    /** Whom the `ref` of a button means (an account or a resident's row), and how much is kept of them. */
    async find(staff: StaffCaller, ref: string): Promise<NotAllowed | { outcome: 'none' } | LookUp> {
      const admitted = await admitSenior(who, staff);
      if (admitted.outcome !== 'open') return admitted;
      const account = AccountNumber.safeParse(ref).data;
      const resident = isUuid(ref) ? await findResident(db, ref) : undefined;
      if (resident) {
        await journal(db, staff, 'persons.look-up', { resident: resident.id }, []);
        return { outcome: 'person', person: seen(resident), kept: countsOf(await readParts({ resident: resident.id })) };
      }
      const parts = account === undefined ? [] : await readParts({ account });
      if (account === undefined || parts[0]?.rows.length !== 1) return { outcome: 'none' };
      await journal(db, staff, 'persons.look-up', { account }, []);
      return { outcome: 'account', account, people: await listPeople(account), kept: countsOf(parts) };
    },

    /** All that is kept; it is in this answer and nowhere else. */
    async export(
      staff: StaffCaller,
      of: PersonRef,
      papers: readonly PersonPaper[],
    ): Promise<NotAllowed | { outcome: 'none' | 'papers-wanting' } | { outcome: 'exported'; file: PersonDataFile }> {
      const admitted = await admitSenior(who, staff);
      if (admitted.outcome !== 'open') return admitted;
      if (!areEnoughForPersonData(papers)) return { outcome: 'papers-wanting' };
      if ('resident' in of && !(await findResident(db, of.resident))) return { outcome: 'none' };
      await idempotent(edges, staff, 'personRequests.export', (trx) => journal(trx, staff, 'persons.export', of, papers));
      const { timeZone } = settings;
      return {
        outcome: 'exported',
        file: { parts: nameTopics(await readParts(of), centre.requests.topics), at: clock().toISOString(), timeZone },
      };
    },

    /** The file stands in the chat as `message`, and is taken away in ten minutes; null: it may not have arrived. */
    async handed(staff: StaffCaller, message: MessageRef | null): Promise<{ outcome: 'handed' | 'lost' }> {
      return idempotent(edges, staff, 'personRequests.handed', async (trx) => {
        if (message === null) return { outcome: 'lost' } as const;
        const [key, runAt] = [`person-data/${message}`, later(clock(), SHOWN_MS)];
        await insertScheduledDeletion(trx, { message, key, addressee: staff.messengerId, runAt }, clock());
        return { outcome: 'handed' } as const;
      });
    },

    /** What the resident's own withdrawal of the consent does (`erasePerson`). */
    async erase(
      staff: StaffCaller,
      resident: string,
      papers: readonly PersonPaper[],
    ): Promise<NotAllowed | { outcome: 'none' | 'papers-wanting' | 'erased' }> {
      const admitted = await admitSenior(who, staff);
      if (admitted.outcome !== 'open') return admitted;
      if (!areEnoughForPersonData(papers)) return { outcome: 'papers-wanting' };
      if (!isUuid(resident)) return { outcome: 'none' };
      return idempotent(edges, staff, 'personRequests.erase', async (trx) => {
        if (!(await findResident(trx, resident))) return { outcome: 'none' } as const;
        // First: of what is erased nothing is left to be named.
        await journal(trx, staff, 'persons.erase', { resident }, papers);
        const isGone = await erasePerson(trx, resident, {}, clock());
        return { outcome: isGone ? 'erased' : 'none' } as const;
      });
    },
  };
}

function seen({ id, login, phone }: Resident): PersonSeen {
  return { resident: id, login: maskLogin(login), phone: phone === null ? null : maskPhone(phone) };
}

function countsOf(parts: readonly PersonDataPart[]): { kind: string; rows: number }[] {
  return parts.flatMap(({ kind, rows }) => (rows.length === 0 ? [] : [{ kind, rows: rows.length }]));
}
