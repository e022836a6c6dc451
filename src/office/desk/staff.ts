import type { Caller } from '../caller.ts';

/** A member of staff who acts: `messengerId` is the person's own account, `name` as colleagues see it (residents never do). */
export type StaffCaller = Caller & { name: string };
