import { AccountNumber } from './account-number.ts';
import type { ChapterName } from './doors.ts';

/** What a member of staff does about an account, and the chapter of it. */
const CHAPTER_OF = { find: 'staff-find', password: 'staff-password' } as const satisfies Record<string, ChapterName>;

export type StaffAction = keyof typeof CHAPTER_OF;

/** What a link on a request's card starts the bot with: it opens the member's private chat with it, at this account. */
export function staffStart(action: StaffAction, account: string): string {
  return `${action}-${account}`;
}

const PAYLOAD = /^(find|password)-([0-9]{5,20})$/i;

/** The chapter and the account of such a payload, `find-0012345`; undefined for any other. */
export function readStaffLink(payload: string): { dialog: (typeof CHAPTER_OF)[StaffAction]; account: AccountNumber } | undefined {
  const [, action, number] = PAYLOAD.exec(payload) ?? [];
  if (action === undefined || number === undefined) return undefined;
  return { dialog: CHAPTER_OF[action.toLowerCase() as StaffAction], account: AccountNumber.parse(number) };
}
