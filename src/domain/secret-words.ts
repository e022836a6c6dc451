import { holdsAccountPassword, looksLikeAccountPassword, replaceAccountPasswords } from './account-password.ts';
import { replaceAccessTokens } from './access-link.ts';
import { holdsCode, replaceCodes } from './confirmation-code.ts';

/** Whether words hold what nobody else may read, alone or among others: a password to an account, a code. */
export function holdsSecret(words: string): boolean {
  const plain = words.normalize('NFKC');
  return looksLikeAccountPassword(plain) || holdsAccountPassword(plain) || holdsCode(plain);
}

/** The same words without these, and without the tokens of one-time links: each character of them is a dot, so that places in the words stay. */
export function blankSecrets(words: string, as: (found: string) => string = dots): string {
  return replaceCodes(replaceAccountPasswords(replaceAccessTokens(words, as), as), as);
}

const dots = (found: string): string => '•'.repeat(found.length);
