import type { Phrase, Words } from '../kit/scene.ts';

/** The words of the text `account-title`, and of others that name an account. */
export function accountWords({ account, name, closed }: { account: string; name: string | null; closed: boolean }): Words {
  return { account, named: name === null ? 'no' : 'yes', name: name ?? '', closed: closed ? 'yes' : 'no' };
}

type Addressed = { account: string; name: string | null; closed: boolean; address: string };

/** So many addresses above the buttons help to choose; more are a wall of text. */
const MOST_LINES = 20;

/** The accounts among which one is chosen, each with its address: numbers alone are told apart by nobody. */
export function accountLines(accounts: readonly Addressed[]): Phrase[] {
  if (accounts.length > MOST_LINES) return [];
  return accounts.map((each) => ({ text: 'account-line', words: { ...accountWords(each), address: each.address } }));
}

/** An account on a button. */
export function accountLabel({ account, name }: { account: string; name: string | null }): string {
  return name === null ? account : `${name} · ${account}`;
}
