import { AccountNumber } from './account-number.ts';

const PAYLOAD = /^ls-([0-9]{5,20})$/;

/** What the link that is printed for an account starts the bot with, which then offers readings and payment for it. */
export function paperStart(account: AccountNumber): string {
  return `ls-${account}`;
}

/** The account of what such a link sends: `/start ls-0012345678`; undefined for any other words. */
export function accountOfPaperLink(words: string): AccountNumber | undefined {
  const payload = /^\/start(?:@\w+)?\s+(\S+)\s*$/i.exec(words)?.[1];
  const number = payload === undefined ? undefined : PAYLOAD.exec(payload)?.[1];
  return number === undefined ? undefined : AccountNumber.parse(number);
}
