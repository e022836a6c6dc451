import { AccountNumber } from '../../domain/account-number.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import { maskName } from '../../domain/masked-name.ts';
import { maskPhone } from '../../domain/phone.ts';
import type { Query } from '../../domain/account-query.ts';
import { type AccountEvent, listAccountEvents } from '../../records/account-events.ts';
import { type FoundRequest, findFoundRequest, listRequestsWithWords } from '../../records/request-figures.ts';
import { findLivePassword } from '../../records/account-passwords.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { countHolders, listLinkedAccounts } from '../../records/links.ts';
import { isUnreachable } from '../../records/unreachable.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { countRequestsBy, listRequestsBy } from '../../records/request-look-ups.ts';
import type { RequestState } from '../../records/requests.ts';
import { findResidentByLogin, findResidentByPhone, type Resident } from '../../records/residents.ts';
import { countSessionsTo, listSessions } from '../../records/sessions.ts';
import { type AuditEntry, insertAuditEntry } from '../../records/audit-log.ts';
import { countSumFailures } from '../../records/sum-failures.ts';
import { countSumWayClosings } from '../../records/sum-way-closings.ts';
import { readDebts } from '../money/debts.ts';
import type { OfficeEdges } from '../edges.ts';
import { listAccountsAt } from './accounts-at.ts';
import { admitStaff } from './admission.ts';
import { idempotent } from '../idempotent.ts';
import { isClosedForAccount } from '../accounts/sum-guesses.ts';
import { openSumWay } from '../accounts/sum-reopenings.ts';
import type { MessageRef } from './message-part.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

/** So many of the newest events and requests of an account are shown. */
const EVENTS = 6;
const REQUESTS = 10;
/** So many accounts that an address found. */
const ACCOUNTS = 10;

/** An account as staff see it: the address whole, which is spoken of; its owner masked, since a paper shows whether the name is right. */
export type AccountSeen = {
  account: AccountNumber;
  address: string;
  owner: string;
  closed: boolean;
  /** As billing's registries have it; null where nothing was ever charged. Below zero: overpaid. */
  debt: { period: string; totalKopecks: number } | null;
  underWayKopecks: number;
  /** What a registry has brought that was paid in the bot after the latest charges: they do not contain it. */
  unbilledKopecks: number;
  paymentsDay: string | null;
  /** Residents who have it in the cabinet, and messenger accounts that are signed in for them. */
  holders: number;
  sessions: number;
  /** Wrong sums in 30 days, and whether they closed linking by sum. */
  wrongSums: number;
  sumWayClosed: boolean;
  /** So many residents' links were ended by others: the way by sum is closed to them. */
  sumWayClosedTo: number;
  /** A password that was given out and not used: until when it opens the account. */
  passwordUntil: string | null;
  requests: number;
  openRequests: number;
  events: { kind: AccountEvent['kind']; at: string; sum: number | null; number: number | null }[];
};

/** A resident as staff see one: found by the phone that was given. */
export type ResidentSeen = {
  /** The row's id, by which a button means this resident. */
  resident: string;
  phone: string;
  login: string;
  sessions: number;
  /** The bot was blocked: notices do not arrive. */
  unreachable: boolean;
  accounts: { account: string; address: string; closed: boolean; name: null }[];
  /** The newest that the resident wrote, and how many there are. */
  requests: RequestSeen[];
  allRequests: number;
};

export type RequestSeen = {
  number: number;
  kind: string;
  /** The topic's label; '' where it is no longer in the settings, or none. */
  topic: string;
  state: RequestState;
  openedAt: string;
  takenBy: string;
  /** Where it is talked about; null: nothing leads there. */
  link: string | null;
  /** As its writer is called. */
  called: string | null;
  account: string | null;
  /** The beginning of what was found in it. */
  words: string;
};

/** What words, an address or a name found; `more`: so many accounts besides, and that there are other requests, older ones. */
export type FoundByWords = {
  accounts: { account: string; address: string; closed: boolean; name: null }[];
  moreAccounts: number;
  requests: RequestSeen[];
  moreRequests: boolean;
};

/** What staff may see of an account or a resident. Each look is in the journal before anything is shown, one that found nothing, too. */
export function createLookUps(edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff' | 'centre' | 'settings'>) {
  const { db, clock, staff: who, centre, settings } = edges;

  const journal = (staff: StaffCaller, entry: Omit<AuditEntry, 'who' | 'name'>) =>
    insertAuditEntry(db, { who: staff.messengerId, name: staff.name, ...entry }, clock());

  async function seeAccount(trx: Trx, number: string): Promise<AccountSeen | undefined> {
    const now = clock();
    const found = await findWholeAccount(trx, number);
    if (!found) return undefined;
    const { address, closed } = found;
    const { debts, paymentsDay } = await readDebts(trx, [{ account: number, name: null, address, closed }], edges);
    const [debt] = debts.map((each) => each.debt);
    const counts = await countSumFailures(trx, number, [], now);
    const password = await findLivePassword(trx, number, now);
    const counted = await countRequestsBy(trx, { account: number });
    const events = await listAccountEvents(trx, number, settings.timeZone, EVENTS);
    return {
      account: AccountNumber.parse(number),
      address,
      owner: maskName(found.ownerName),
      closed,
      debt: debt?.charged ? { period: debt.period, totalKopecks: debt.totalKopecks } : null,
      underWayKopecks: debt?.underWayKopecks ?? 0,
      unbilledKopecks: debt ? debt.deductedKopecks - debt.underWayKopecks : 0,
      paymentsDay,
      holders: await countHolders(trx, number),
      sessions: await countSessionsTo(trx, number, now),
      wrongSums: counts.accountMonth,
      sumWayClosed: isClosedForAccount(counts),
      sumWayClosedTo: await countSumWayClosings(trx, number),
      passwordUntil: password?.expiresAt.toISOString() ?? null,
      requests: counted.all,
      openRequests: counted.open,
      events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
    };
  }

  function seenRequest({ number, kind, topic, state, openedAt, takenByName, ...rest }: FoundRequest): RequestSeen {
    const { thread, card, called, account, words } = rest;
    const ref = (thread ?? card) as MessageRef | null;
    return {
      number,
      kind,
      topic: centre.requests.topics.find(({ key }) => key === topic)?.label ?? '',
      state,
      openedAt: openedAt.toISOString(),
      takenBy: takenByName ?? '',
      link: (ref === null ? undefined : who.linkTo?.(ref)) ?? null,
      called,
      account,
      words,
    };
  }

  async function findByPhoneOrLogin(phone: string | null, login: string | null): Promise<Resident | undefined> {
    const byPhone = phone === null ? undefined : await findResidentByPhone(db, phone);
    return byPhone ?? (login === null ? undefined : await findResidentByLogin(db, login));
  }

  /** An address by its street, house and flat, however they are written; requests by all of the words. */
  async function searchByWords(typed: string): Promise<FoundByWords> {
    const words =
      typed
        .toLowerCase()
        .replaceAll('ё', 'е')
        .match(/[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*/gu) ?? [];
    const at = await listAccountsAt(db, typed);
    const accounts = at.slice(0, ACCOUNTS);
    const requests = await listRequestsWithWords(db, words, REQUESTS + 1);
    return {
      accounts: accounts.map(({ number, address, closed }) => ({ account: number, address, closed, name: null })),
      moreAccounts: at.length - accounts.length,
      requests: requests.slice(0, REQUESTS).map(seenRequest),
      moreRequests: requests.length > REQUESTS,
    };
  }

  async function seeResident(trx: Trx, { id, login }: Resident, phone: string | null): Promise<ResidentSeen> {
    const sessions = await listSessions(trx, id, clock());
    const blocked = await Promise.all(sessions.map((each) => isUnreachable(trx, each.messengerId, new Date(0))));
    const linked = await listLinkedAccounts(trx, id);
    return {
      resident: id,
      phone: phone === null ? 'none' : maskPhone(phone),
      login: maskLogin(login),
      sessions: sessions.length,
      unreachable: sessions.length > 0 && blocked.every(Boolean),
      accounts: linked.map(({ account, address, closed }) => ({ account, address, closed, name: null })),
      requests: (await listRequestsBy(trx, { residentId: id }, REQUESTS)).map((each) => seenRequest({ ...each, words: '' })),
      allRequests: (await countRequestsBy(trx, { residentId: id })).all,
    };
  }

  return {
    /** By an account number, or else by a resident's phone or login, the number of a request, or words of an address, a request or a name. */
    async find(
      staff: StaffCaller,
      { account, phone, request, login, words }: Query,
    ): Promise<
      | NotStaff
      | { outcome: 'nothing' }
      | { outcome: 'account'; seen: AccountSeen; senior: boolean }
      | { outcome: 'resident'; seen: ResidentSeen; senior: boolean }
      | { outcome: 'request'; seen: RequestSeen }
      | { outcome: 'found'; seen: FoundByWords }
    > {
      const admitted = await admitStaff(who, staff);
      if (admitted.outcome === 'not-staff') return admitted;
      const { senior } = admitted;
      const found = account === null ? undefined : await inSnapshot(db, (trx) => seeAccount(trx, account));
      const resident = found ? undefined : await findByPhoneOrLogin(phone, login);
      if (found) {
        await journal(staff, { what: 'accounts.look-up', account: found.account, details: { found: true } });
        return { outcome: 'account', seen: found, senior };
      }
      if (resident) {
        const seen = await inSnapshot(db, (trx) => seeResident(trx, resident, resident.phone));
        // Whose accounts were seen with their addresses: `--account` finds the look by them.
        const accounts = seen.accounts.map(({ account: linked }) => linked).join(' ');
        await journal(staff, {
          what: 'residents.look-up',
          residentId: resident.id,
          details: { found: true, ...(accounts !== '' && { accounts }) },
        });
        return { outcome: 'resident', seen, senior };
      }
      const numbered = request === null ? undefined : await findFoundRequest(db, request);
      if (numbered) {
        await journal(staff, { what: 'requests.look-up', requestNumber: numbered.number, details: { listed: 1 } });
        return { outcome: 'request', seen: seenRequest(numbered) };
      }
      if (words !== null) {
        const seen = await searchByWords(words);
        // What was looked for may be somebody's name: it does not enter the audit log.
        const details = { accounts: seen.accounts.length, requests: seen.requests.length };
        await journal(staff, { what: 'accounts.search', details });
        return details.accounts + details.requests === 0 ? { outcome: 'nothing' } : { outcome: 'found', seen };
      }
      // No phone enters the audit log, known or not.
      if (phone !== null) await journal(staff, { what: 'residents.look-up', details: { found: false, phone: maskPhone(phone) } });
      else if (account !== null) await journal(staff, { what: 'accounts.look-up', account, details: { found: false } });
      return { outcome: 'nothing' };
    },

    /** The newest requests about an account, escalations too, with their states; what was written in them stands in their threads. */
    async requests(
      staff: StaffCaller,
      account: AccountNumber,
    ): Promise<NotStaff | { outcome: 'listed'; requests: RequestSeen[]; all: number }> {
      if (!(await who.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      const found = await listRequestsBy(db, { account }, REQUESTS);
      const { all } = await countRequestsBy(db, { account });
      await journal(staff, { what: 'requests.look-up', account, details: { listed: found.length } });
      return { outcome: 'listed', requests: found.map((each) => seenRequest({ ...each, words: '' })), all };
    },

    /** Opens linking by sum again: the wrong sums so far no longer count for the account, nor that others ended links to it. */
    async reopenSumWay(
      staff: StaffCaller,
      account: AccountNumber,
    ): Promise<NotStaff | { outcome: 'reopened' | 'unknown-account' }> {
      if (!(await who.isMember(staff.messengerId))) return { outcome: 'not-staff' };
      return idempotent(edges, staff, 'lookUps.reopenSumWay', async (trx) => {
        const outcome = await openSumWay(trx, account, staff.messengerId, clock());
        const { messengerId, name } = staff;
        if (outcome === 'reopened')
          await insertAuditEntry(trx, { who: messengerId, name, what: 'linking.reopen', account }, clock());
        return { outcome };
      });
    },
  };
}
