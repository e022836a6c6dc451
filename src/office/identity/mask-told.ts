import { cutTo } from '../../domain/cut.ts';
import { blankSecrets } from '../../domain/secret-words.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import { maskName } from '../../domain/masked-name.ts';
import { maskPhone, Phone } from '../../domain/phone.ts';
import type { NoticeArgs } from '../../records/notices.ts';
import { maskPhones } from './mask-phones.ts';

/** What the card of a request shows in full anyway: the resident's accounts. */
export type Shown = { accounts: readonly string[] };

const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
/** Of a sum only the last three digits stand together, and a reading has fewer. */
const LONG_NUMBER = /(?<![\d,.+])\d{7,20}(?![\d,*])/g;

/** Words of a text before they are put into it: by its place each is known for what it is. */
export function maskToldWords(words: NoticeArgs, shown: Shown): NoticeArgs {
  return Object.fromEntries(Object.entries(words).map(([place, word]) => [place, maskWord(place, word, shown)]));
}

function maskWord(place: string, word: NoticeArgs[string], shown: Shown): NoticeArgs[string] {
  if (typeof word === 'number' || typeof word === 'boolean') return word;
  if (typeof word !== 'string')
    return word.map(({ text, words }) => ({ text, ...(words && { words: maskToldWords(words, shown) }) }));
  switch (place) {
    case 'login':
      return STATES.has(word) ? word : maskLogin(word);
    case 'phone':
      return maskPhoneTyped(word);
    case 'account':
    case 'accounts':
    case 'other':
    case 'others':
      return word.replace(/\d{5,20}/g, (number) => maskAccount(number, shown));
    case 'owner':
    case 'ownerName':
    case 'payer':
      return maskName(word);
    case 'code':
      return word.replace(/\d/g, '•');
    default:
      return word;
  }
}

/** A place may choose between sentences instead of naming anything. */
const STATES: ReadonlySet<string> = new Set(['none', 'yes', 'no', 'same', '']);

function maskPhoneTyped(word: string): string {
  const phone = Phone.safeParse(word).data;
  return phone === undefined ? maskPhones(word) : maskPhone(phone);
}

/** Of a text that names a login, as a person may quote it: «вошли под логином anna». */
const LOGIN_NAMED = /(логин\p{L}*\s*(?:—|-|:)?\s*)([A-Za-z\d_-]{3,32})(?![\w•-])/giu;

/** A line that was put into words already: what looks like a secret, a telephone number, an address of mail or an account's number. */
export function maskToldLine(line: string, shown: Shown): string {
  return maskPhones(blankSecrets(line, () => '•••'))
    .replace(LOGIN_NAMED, (_, before: string, login: string) => before + maskLogin(login))
    .replace(EMAIL, (address) => `${cutTo(address, 1)}•••@•••`)
    .replace(LONG_NUMBER, (number) => maskAccount(number, shown));
}

function maskAccount(number: string, { accounts }: Shown): string {
  return accounts.includes(number) ? number : `•••${number.slice(-3)}`;
}
