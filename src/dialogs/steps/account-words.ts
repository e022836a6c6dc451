import { AccountNumber } from '../../domain/account-number.ts';
import { briefAddress, meansAddress } from '../../domain/address.ts';
import type { Option, Phrase, TextArgs } from '../kit/scene.ts';

/** The words of the text `account-title`, and of others that name an account. */
export function accountWords({ account, name, closed }: { account: string; name: string | null; closed: boolean }): TextArgs {
  return { account, named: name !== null, name: name ?? '', closed };
}

type Addressed = { account: string; name: string | null; closed: boolean; address: string };

/** So many addresses above the buttons help to choose; more are a wall of text. */
const MOST_LINES = 20;

/** The accounts among which one is chosen, each with its address: people do not tell accounts apart by numbers. */
export function accountLines(accounts: readonly Addressed[]): Phrase[] {
  if (accounts.length > MOST_LINES) return [];
  return accounts.map((each) => ({ text: 'account-line', words: { ...accountWords(each), address: each.address } }));
}

/** Accounts on buttons: by the resident's own name, else by street, house and flat; with the number where that tells no two apart. */
export function accountLabels(accounts: readonly Addressed[]): string[] {
  const places = accounts.map(({ name, address }) => name ?? briefAddress(address));
  return accounts.map(({ account }, i) => {
    const place = places[i] ?? null;
    if (place === null) return account;
    const alike = places.filter((each) => each?.toLowerCase() === place.toLowerCase()).length > 1;
    return alike ? `${place} · ${account}` : place;
  });
}

/** Accounts to choose from: by a button, and by typing the number, the name, or the street, house and flat. */
export function accountOptions(accounts: readonly (Addressed & { link: string })[]): Option[] {
  const labels = accountLabels(accounts);
  return accounts.map((each, i) => ({
    key: each.link,
    label: labels[i] ?? each.account,
    also: [each.account, `ЛС ${each.account}`, ...(each.name === null ? [] : [each.name])],
    means: (typed) => isNumberOf(typed, each.account) || meansAddress(typed, each.address),
  }));
}

function isNumberOf(typed: string, account: string): boolean {
  const number = AccountNumber.safeParse(typed);
  return number.success && number.data === account;
}
