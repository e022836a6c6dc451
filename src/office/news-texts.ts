import { LISTED_ACCOUNTS } from '../domain/many-accounts.ts';
import type { NewsKind } from '../domain/news.ts';
import type { PersonNotice } from './notices.ts';

/** What is said of each kind to who is signed in, and to who is not: without figures and without the account. */
export const NEWS_TEXTS: Readonly<Record<NewsKind, { signedIn: string; signedOut: string }>> = {
  charges: { signedIn: 'notice-charges', signedOut: 'notice-charges-signed-out' },
  payments: { signedIn: 'notice-payments', signedOut: 'notice-payments-signed-out' },
  'readings-open': { signedIn: 'notice-readings-open', signedOut: 'notice-readings-open-signed-out' },
  'readings-close': { signedIn: 'notice-readings-close', signedOut: 'notice-readings-close-signed-out' },
  verification: { signedIn: 'notice-verification', signedOut: 'notice-verification-signed-out' },
  requests: { signedIn: 'notice-requests', signedOut: 'notice-requests-signed-out' },
  // There are no figures in it, nor whose it is.
  announcements: { signedIn: 'notice-announcement', signedOut: 'notice-announcement' },
};

/** Under all news to who is signed out. */
export const SIGNED_OUT_DOORS: NonNullable<PersonNotice['doors']> = [
  { label: 'button-login', dialog: 'sign-in' },
  { label: 'button-no-news', dialog: 'no-news' },
];

/** The words of the text `account-title`. */
export function titleWords({ account, name, closed }: { account: string; name: string | null; closed: boolean }) {
  return {
    account,
    named: name === null ? 'no' : 'yes',
    name: name ?? '',
    closed: closed ? 'yes' : 'no',
  } satisfies PersonNotice['words'];
}

/**
 * The words of one message about many accounts: the first lines, how many there are besides, and (unseen) which accounts it is about, so
 * that nothing is said of one that is somebody else's by the time it goes out.
 */
export function listed<L extends { text: string; words: NonNullable<PersonNotice['words']> }>(
  accounts: readonly { account: string }[],
  lines: readonly L[],
) {
  return {
    accounts: accounts.map(({ account }) => account).join(','),
    accountCount: accounts.length,
    lines: lines.slice(0, LISTED_ACCOUNTS),
    more: Math.max(0, lines.length - LISTED_ACCOUNTS),
  } satisfies PersonNotice['words'];
}
