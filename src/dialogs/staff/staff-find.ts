import { AccountNumber } from '../../domain/account-number.ts';
import { Query } from '../../domain/account-query.ts';
import { balanceOf } from '../../domain/debt.ts';
import type { AccountSeen, FoundByWords, RequestSeen, ResidentSeen } from '../../office/staff/look-ups.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Phrase, Scene, TextArgs } from '../kit/scene.ts';
import { accountLines } from '../steps/account-words.ts';
import { requestPhrase } from '../steps/found-request.ts';

/** So many accounts of a resident are named, and have a button each. */
const MOST_DOORS = 20;

/** «Найти лицевой счёт»: whatever staff look for, one after another until it is left. `ref`: the account, where it is known. */
export const staffFind: Dialog<Office> = async (scene, ref) => {
  const { say, ask, office } = scene;
  const account = AccountNumber.safeParse(ref).data;
  let query = account ? queryOf(account) : await ask('staff-find-what', Query);
  for (;;) {
    const found = await office.lookUps.find(query);
    switch (found.outcome) {
      case 'account':
        await sayAccount(scene, found.seen, found.senior);
        break;
      case 'resident':
        await sayResident(scene, found.seen, found.senior);
        break;
      case 'request':
        await say('staff-find-request', { request: [requestPhrase(found.seen)] }, accountDoor(found.seen));
        break;
      case 'found':
        await sayFound(scene, found.seen);
        break;
      case 'not-staff':
        return say('not-understood');
      case 'nothing':
        query = await askFor(scene, 'staff-find-nothing', { asked: askedBy(query) });
        continue;
    }
    query = await askFor(scene, 'staff-find-more');
  }
};

/** What to look for next; nothing was begun that could be cancelled. */
async function askFor({ askOr }: Scene<Office>, question: string, words: TextArgs = {}): Promise<Query> {
  const next = await askOr(question, Query, { words, buttons: [], left: null });
  return 'answer' in next ? next.answer : next.pressed;
}

const queryOf = (account: AccountNumber): Query => ({ account, phone: null, request: null, login: null, words: null });

const personData = (ref: string): Door => ({ label: 'button-person-data', dialog: 'staff-person', ref });

function askedBy({ account, phone, words }: Query): 'account' | 'phone' | 'both' | 'words' {
  if (words !== null || (account === null && phone === null)) return 'words';
  return account === null ? 'phone' : phone === null ? 'account' : 'both';
}

function accountDoor({ account }: RequestSeen): Door[] {
  return account === null ? [] : [{ label: 'button-account-of', words: { account }, dialog: 'staff-find', ref: account }];
}

async function sayFound({ say }: Scene<Office>, { accounts, moreAccounts, requests, moreRequests }: FoundByWords): Promise<void> {
  const doors = accounts.map(
    ({ account }): Door => ({ label: 'button-account-of', words: { account }, dialog: 'staff-find', ref: account }),
  );
  const words = {
    accountCount: accounts.length,
    accounts: accountLines(accounts),
    moreAccounts,
    requestCount: requests.length,
    requests: requests.map(requestPhrase),
    moreRequests,
  };
  await say('staff-find-found', words, doors);
}

async function sayAccount({ say }: Scene<Office>, seen: AccountSeen, senior: boolean): Promise<void> {
  const { account, sumWayClosed, sumWayClosedTo, wrongSums, requests } = seen;
  const mayReopen = sumWayClosed || wrongSums > 0 || sumWayClosedTo > 0;
  const ofRequests: Door = { label: 'button-account-requests', dialog: 'staff-requests', ref: account };
  const reopening: Door = { label: 'button-reopen-linking', dialog: 'staff-reopen-linking', ref: account };
  const doors: Door[] = [
    { label: 'button-issue-password', dialog: 'staff-password', ref: account },
    ...(requests > 0 ? [ofRequests] : []),
    ...(mayReopen ? [reopening] : []),
    ...(senior ? [personData(account)] : []),
  ];
  await say('staff-find-account', { ...accountWords(seen), events: seen.events.map(eventPhrase) }, doors);
}

function accountWords(seen: AccountSeen): TextArgs {
  const {
    account,
    address,
    owner,
    closed,
    debt,
    underWayKopecks,
    unbilledKopecks,
    paymentsDay,
    passwordUntil,
    sumWayClosed,
    wrongSums,
  } = seen;
  const { holders, sessions, requests, openRequests, sumWayClosedTo } = seen;
  const total = debt?.totalKopecks ?? 0;
  return {
    account,
    address,
    owner,
    closed,
    balance: debt === null ? 'none' : balanceOf(total),
    total: Math.abs(total),
    period: debt?.period ?? '',
    underWay: underWayKopecks,
    unbilled: unbilledKopecks,
    dated: paymentsDay !== null,
    day: paymentsDay ?? '',
    holders,
    sessions,
    sumWay: sumWayClosed ? 'closed' : 'open',
    wrongSums,
    closedTo: sumWayClosedTo,
    password: passwordUntil !== null,
    until: passwordUntil ?? '',
    requests,
    openRequests,
    happened: seen.events.length,
  };
}

function eventPhrase({ kind, at, sum, number }: AccountSeen['events'][number]): Phrase {
  return { text: `staff-event-${kind}`, words: { at, sum: sum ?? 0, number: number ?? 0 } };
}

async function sayResident(
  { say }: Scene<Office>,
  { resident, phone, login, sessions, unreachable, accounts, requests, allRequests }: ResidentSeen,
  senior: boolean,
): Promise<void> {
  const named = accounts.slice(0, MOST_DOORS);
  const doors = named.map(
    ({ account }): Door => ({
      label: 'button-account-of',
      words: { account },
      dialog: 'staff-find',
      ref: account,
    }),
  );
  const words = {
    phone,
    login,
    sessions,
    blocked: unreachable,
    count: accounts.length,
    moreAccounts: accounts.length - named.length,
    requestCount: allRequests,
    requests: requests.map(requestPhrase),
    more: allRequests - requests.length,
  };
  await say('staff-find-resident', { ...words, accounts: accountLines(named) }, [
    ...doors,
    ...(senior ? [personData(resident)] : []),
  ]);
}
