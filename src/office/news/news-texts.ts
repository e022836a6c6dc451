import { LISTED_ACCOUNTS } from '../../domain/many-accounts.ts';
import { type Kopecks, sumOf } from '../../domain/money.ts';
import type { NewsKind } from '../../domain/news.ts';
import type { PersonNotice } from '../notices.ts';

/** What is said of a kind; to whoever is signed out without figures and without the account, but for an announcement, which has neither. */
export function newsText(kind: NewsKind, signedIn: boolean): string {
  if (kind === 'announcements') return 'notice-announcement';
  return signedIn ? `notice-${kind}` : `notice-${kind}-signed-out`;
}

/** Under all news to whoever is signed out. */
export const SIGNED_OUT_DOORS: NonNullable<PersonNotice['doors']> = [
  { label: 'button-login', dialog: 'sign-in' },
  { label: 'button-no-news', dialog: 'no-news' },
];

/** The words of the text `account-title`. */
export function titleWords({ account, name, closed }: { account: string; name: string | null; closed: boolean }) {
  return {
    account,
    named: name !== null,
    name: name ?? '',
    closed,
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

/** What was paid in the bot besides, over these accounts: what is «в пути», what a registry has and the newest charges cannot contain, and both. */
export function deductedWords(debts: readonly { underWayKopecks: Kopecks; deductedKopecks: Kopecks }[]) {
  const underWay = sumOf(debts.map((debt) => debt.underWayKopecks));
  const deducted = sumOf(debts.map((debt) => debt.deductedKopecks));
  return { underWay, unbilled: deducted - underWay, deducted };
}
