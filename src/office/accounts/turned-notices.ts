import { groupBy } from '../../domain/group-by.ts';
import { LISTED_ACCOUNTS, MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { Trx } from '../../records/database.ts';
import { type Link, listLinksTo } from '../../records/links.ts';
import { deleteNoticesAbout, listLinksTold, listToldOfMany, type NoticeArgs } from '../../records/notices.ts';
import { listTurnedWatched } from '../../records/registries/side-effects.ts';
import type { NoticeDoor } from '../notices.ts';
import { tellResident } from '../tell-resident.ts';

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };
const REQUEST: NoticeDoor = { label: 'button-write-us', dialog: 'request' };
const ACCOUNTS: NoticeDoor = { label: 'button-accounts', dialog: 'accounts' };

/** A registry of accounts has closed some, or opened what was closed: those who have them are told, by day. */
export async function tellAccountsTurned(trx: Trx, now: Date): Promise<void> {
  const untold = await tellReopened(trx, await listTurnedWatched(trx, 'open'), now);
  const closed = await listLinksTo(trx, await listTurnedWatched(trx, 'closed'));
  await tellTurned(trx, 'account-closed', [...closed, ...untold], now);
}

/**
 * There is no such closing any more, the registry was undone or the next one says otherwise: those who have the accounts and were told that
 * they are closed are told that they are open again. Whose notice of the closing nobody was sent, as it waits still or had nobody left to be
 * sent to, hears neither; of the other accounts of one notice about many, that one is told anew.
 */
export async function tellAccountsReopened(trx: Trx, accounts: readonly string[], now: Date): Promise<void> {
  await tellTurned(trx, 'account-closed', await tellReopened(trx, accounts, now), now);
}

/** The links to accounts that are closed still, of which a notice about many was to tell that is withdrawn. */
async function tellReopened(trx: Trx, accounts: readonly string[], now: Date): Promise<Link[]> {
  const about = { keys: 'account-closed', subjects: accounts };
  const untold = (await deleteNoticesAbout(trx, about)).filter(({ isHeard }) => !isHeard);
  const ofUntold = new Set(
    untold.flatMap(({ key, residentId, accounts: ofMany }) => {
      const [, only] = key.split('/');
      return (ofMany.length > 0 ? ofMany : [only]).map((account) => `${residentId}/${account}`);
    }),
  );
  const others = [...new Set(untold.flatMap((notice) => notice.accounts))].filter((account) => !accounts.includes(account));
  const closed = (await listLinksTo(trx, others)).filter((link) => ofUntold.has(`${link.residentId}/${link.account}`));

  const links = await listLinksTo(trx, accounts);
  const told = new Set(await listLinksTold(trx, about));
  const toldOfMany = await listToldOfMany(
    trx,
    about.keys,
    links.map(({ residentId }) => residentId),
  );
  const isTold = ({ id, account, residentId, linkedAt }: Link): boolean => {
    if (told.has(id)) return true;
    const at = toldOfMany.get(residentId);
    return at !== undefined && linkedAt < at && !ofUntold.has(`${residentId}/${account}`);
  };
  await tellTurned(trx, 'account-reopened', links.filter(isTold), now);
  return closed;
}

/** Each account by itself; to who has many of them, all in one message. */
async function tellTurned(
  trx: Trx,
  event: 'account-closed' | 'account-reopened',
  links: readonly Link[],
  now: Date,
): Promise<void> {
  for (const [residentId, own] of groupBy(links, (link) => link.residentId)) {
    if (own.length >= MANY_ACCOUNTS) {
      const accounts = own.map(({ account }) => account).toSorted();
      const words = { ...listedAccounts(own), accounts: accounts.join(',') };
      const signedIn = {
        text: `notice-${event}-many`,
        words,
        doors: [ACCOUNTS, ...(event === 'account-closed' ? [REQUEST] : [])],
      };
      const signedOut = { text: `notice-${event}-many-signed-out`, words: { accounts: words.accounts }, doors: [LOGIN] };
      const key = `${event}/many/${residentId}/${now.toISOString()}`;
      await tellResident(trx, residentId, { signedIn, signedOut, key, daytime: true }, now);
      continue;
    }
    for (const { id, account } of own) {
      const debt: NoticeDoor = { label: 'button-debt', dialog: 'debt', ref: id };
      const doors = [event === 'account-closed' ? REQUEST : debt];
      const signedIn = { text: `notice-${event}`, words: { account }, doors };
      const signedOut = { text: `notice-${event}-signed-out`, doors: [LOGIN] };
      const key = `${event}/${account}/${id}/${now.toISOString()}`;
      await tellResident(trx, residentId, { signedIn, signedOut, key, account, daytime: true }, now);
    }
  }
}

/** What one message says of many accounts: the first of them, how many they are, and how many it does not name. */
export function listedAccounts(links: readonly Pick<Link, 'account'>[]): {
  lines: NoticeArgs[string];
  accountCount: number;
  more: number;
} {
  const numbers = links.map(({ account }) => account).toSorted();
  const lines = numbers.slice(0, LISTED_ACCOUNTS).map((account) => ({ text: 'notice-account-line', words: { account } }));
  return { lines, accountCount: numbers.length, more: numbers.length - lines.length };
}
