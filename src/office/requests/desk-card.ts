import { maskLogin } from '../../domain/masked-login.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { Period } from '../../domain/period.ts';
import { maskPhone } from '../../domain/phone.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import type { Db } from '../../records/database.ts';
import { listLinkedAccounts } from '../../records/links.ts';
import { listRequestsOf, type Request } from '../../records/requests.ts';
import { findResident } from '../../records/residents.ts';
import { readDebts } from '../money/debts.ts';
import type { ReadingEdges } from '../money/under-way.ts';
import type { LastWords } from './last-words.ts';

/** What staff may know of who asks and of what, at the head of a thread; undefined, null or empty: there is nothing to say of it. */
export type DeskCard = {
  /** Who asks, by the name that he gave; login and phone are masked. An escalation of nobody, or a request whose consent was withdrawn, has none. */
  asker:
    | { is: 'resident'; called: string | null; login: string; phone: string | null }
    | { is: 'guest'; called: string | null }
    | undefined;
  about: AccountAskedAbout | undefined;
  /** The resident's other accounts: the first ones by number, and how many there are. */
  others: { named: string[]; count: number };
  /** The same person's earlier requests, the newest first: the last ones, and whether there are more. */
  past: { named: Pick<Request, 'number' | 'state' | 'thread' | 'card'>[]; more: boolean };
  /** What the bot told him last; `at` is ISO. */
  told: { what: string; at: string } | undefined;
};

type AccountAskedAbout = {
  account: string;
  address: string | null;
  /** Whether billing knows it: only then there is something to be done about it. */
  isKnown: boolean;
  /** It is not, or not any more, in the resident's cabinet. */
  isUnlinked: boolean;
  debt: { totalKopecks: Kopecks; period: Period; paymentsDay: string | null } | undefined;
};

/** So many accounts are named: whoever looks after houses has hundreds, and a card of more than a message is not taken. */
const NAMED_ACCOUNTS = 20;

/** So many of the same person's earlier requests are named. */
const PAST = 5;

/** Section 4: what staff see of who asks before they answer. */
export async function readDeskCard(db: Db, request: Request, edges: ReadingEdges): Promise<DeskCard> {
  const { residentId, messengerId, account, kind, called } = request;
  const resident = residentId === null ? undefined : await findResident(db, residentId);
  const linked = resident ? await listLinkedAccounts(db, resident.id) : [];
  const others = linked.map((link) => link.account).filter((each) => each !== account);
  const isLinked = others.length < linked.length;
  const { told, toldAt } = (kind === 'request' ? request.words : {}) as LastWords;
  const isGuest = !resident && messengerId !== null && kind === 'request';
  return {
    asker: resident
      ? { is: 'resident', called, login: maskLogin(resident.login), phone: resident.phone && maskPhone(resident.phone) }
      : isGuest
        ? { is: 'guest', called }
        : undefined,
    about: account === null ? undefined : await readAskedAbout(db, account, { isLinked, isResidents: Boolean(resident) }, edges),
    others: { named: others.slice(0, NAMED_ACCOUNTS), count: others.length },
    past: await listPast(db, request),
    told: told && toldAt ? { what: told, at: toldAt } : undefined,
  };
}

/** What the account owes is said only where its resident, who has it in the cabinet, may be told. */
async function readAskedAbout(
  db: Db,
  number: string,
  { isLinked, isResidents }: { isLinked: boolean; isResidents: boolean },
  edges: ReadingEdges,
): Promise<AccountAskedAbout> {
  const known = await findWholeAccount(db, number);
  return {
    account: number,
    address: known?.address ?? null,
    isKnown: known !== undefined,
    isUnlinked: isResidents && !isLinked,
    debt: known && isLinked ? await readOwed(db, known, edges) : undefined,
  };
}

async function readOwed(
  db: Db,
  { number: account, address, closed }: { number: string; address: string; closed: boolean },
  edges: ReadingEdges,
): Promise<AccountAskedAbout['debt']> {
  const { debts, paymentsDay } = await readDebts(db, [{ account, name: null, address, closed }], edges);
  const debt = debts[0]?.debt;
  return debt?.charged ? { totalKopecks: debt.totalKopecks, period: debt.period, paymentsDay } : undefined;
}

async function listPast(db: Db, { kind, messengerId, residentId, number }: Request): Promise<DeskCard['past']> {
  if (kind !== 'request' || messengerId === null) return { named: [], more: false };
  const person = { messengerId, residentId: residentId ?? undefined };
  const earlier = (await listRequestsOf(db, person, PAST * 4)).filter((each) => each.number < number);
  return { named: earlier.slice(0, PAST), more: earlier.length > PAST };
}
