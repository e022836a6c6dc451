import { isSameWord, wordsSaid } from './said-words.ts';

type Named = { account: string; name: string | null };

/**
 * The only account that words name, by its number or by the resident's own name for it, in any of its forms («на даче» for «Дача»); undefined
 * where it is none, or more than one.
 */
export function accountNamed<Account extends Named>(words: string, accounts: readonly Account[]): Account | undefined {
  const seen = words.normalize('NFKC');
  const said = wordsSaid(seen);
  const named = accounts.filter(({ account, name }) => holdsNumber(seen, account) || (name !== null && holdsName(said, name)));
  return named.length === 1 ? named[0] : undefined;
}

/** As a whole, also with the spaces and dashes of a printed form: within a phone it is no account. */
function holdsNumber(words: string, account: string): boolean {
  const whole = new RegExp(`(?<!\\p{Nd})${account}(?!\\p{Nd})`, 'u');
  return whole.test(words) || whole.test(words.replace(/(?<=\p{Nd})[\s\p{Pd}](?=\p{Nd})/gu, ''));
}

/** A name of a letter or two, or of digits, stands in words that do not mean it. */
function holdsName(said: readonly string[], name: string): boolean {
  const own = wordsSaid(name);
  return own.some((word) => /\p{L}{3}/u.test(word)) && own.every((word) => said.some((other) => isSameWord(other, word)));
}
