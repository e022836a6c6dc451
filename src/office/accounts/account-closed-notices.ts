import { noticeKey, partOfNoticeKey } from '../../domain/notice-key.ts';
import type { Trx } from '../../records/database.ts';
import { type Link, listLinksTo } from '../../records/links.ts';
import { deleteNoticesAbout, listLinksTold } from '../../records/notices.ts';
import { listAccountsThatBecame } from '../../records/registries/side-effects.ts';
import type { NoticeDoor } from '../notices.ts';
import { tellResident } from '../tell-resident.ts';

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };
const REQUEST: NoticeDoor = { label: 'button-write-us', dialog: 'request' };

/** A registry of accounts has closed some, or opened what was closed: those who have them are told, by day. */
export async function tellAccountsClosedOrReopened(trx: Trx, now: Date): Promise<void> {
  await tellAccountsReopened(trx, await listAccountsThatBecame(trx, 'open'), now);
  for (const link of await listLinksTo(trx, await listAccountsThatBecame(trx, 'closed')))
    await tellHolders(trx, 'account-closed', link, [REQUEST], now);
}

/**
 * There is no such closing any more, the registry was undone or the next one says otherwise: those who have the accounts and were told that
 * they are closed are told that they are open again. Whose notice of the closing nobody was sent, as it waits still or had nobody left to be
 * sent to, hears neither.
 */
export async function tellAccountsReopened(trx: Trx, accounts: readonly string[], now: Date): Promise<void> {
  const about = { keys: 'account-closed', subjects: accounts };
  const untold = await deleteNoticesAbout(trx, about);
  // Of an earlier closing, and that it was none, they may have heard.
  const spared = new Set(untold.flatMap(({ key, isHeard }) => (isHeard ? [] : [partOfNoticeKey(key, 'link')])));
  const told = new Set(await listLinksTold(trx, about));
  for (const link of await listLinksTo(trx, accounts))
    if (told.has(link.id) && !spared.has(link.id))
      await tellHolders(trx, 'account-reopened', link, [{ label: 'button-debt', dialog: 'debt', ref: link.id }], now);
}

async function tellHolders(
  trx: Trx,
  event: 'account-closed' | 'account-reopened',
  { id, account, residentId }: Link,
  doors: NoticeDoor[],
  now: Date,
): Promise<void> {
  await tellResident(
    trx,
    residentId,
    {
      signedIn: { text: `notice-${event}`, words: { account }, doors },
      signedOut: { text: `notice-${event}-signed-out`, doors: [LOGIN] },
      key: noticeKey(event, account, id, now.toISOString()),
      account,
      daytime: true,
    },
    now,
  );
}
