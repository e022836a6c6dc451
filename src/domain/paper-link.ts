import { AccountNumber } from './account-number.ts';

const PAYLOAD = /^ls-([0-9]{5,20})$/;

/** The link that is printed for an account: it opens the bot, which then offers readings and payment for it */
export function paperLinkFor(botName: string, account: AccountNumber): string {
  return `https://t.me/${botName}?start=ls-${account}`;
}

/** The account of what such a link sends: `/start ls-0012345678`; undefined for any other words. */
export function accountOfPaperLink(words: string): AccountNumber | undefined {
  const payload = /^\/start(?:@\w+)?\s+(\S+)\s*$/i.exec(words)?.[1];
  const number = payload === undefined ? undefined : PAYLOAD.exec(payload)?.[1];
  return number === undefined ? undefined : AccountNumber.parse(number);
}
