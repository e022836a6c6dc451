import type { Caller } from '../caller.ts';

/** A member of staff who acts: `messengerId` is the person's own account, `name` as colleagues see it (residents never do), `username` by which they call. */
export type StaffCaller = Caller & { name: string; username?: string };

/** What a person may do at the desk at this moment: nothing; what staff may; move money and announce, too. */
export type StaffRole = { role: 'none' | 'member' | 'senior' };

/** Not a member of staff (any more): nothing is said of what was asked, nor done. */
export type NotStaff = { outcome: 'not-staff' };

/** The messenger may not tell us who is a member (the bot is no administrator): nobody counts as staff until that is changed. */
export class MembershipUnknown extends Error {
  override name = 'MembershipUnknown';
}
