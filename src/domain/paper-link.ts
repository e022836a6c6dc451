import { AccountNumber } from './account-number.ts';

const PAYLOAD = /^ls-([0-9]{5,20})$/;

/** What the link that is printed for an account starts the bot with, which then offers readings and payment for it. */
export function paperStart(account: AccountNumber): string {
  return `ls-${account}`;
}

/** The account of such a payload, `ls-0012345678`; undefined for any other. */
export function accountOfPaperLink(payload: string): AccountNumber | undefined {
  const number = PAYLOAD.exec(payload)?.[1];
  return number === undefined ? undefined : AccountNumber.parse(number);
}
