import { HOUR_MS } from '../domain/durations.ts';
import { findRunOut, findSignedIn, updateSessionSeen } from '../records/sessions.ts';
import type { Caller } from './caller.ts';
import type { OfficeEdges } from './edges.ts';

/** Who asks: a guest, or a resident who is signed in. */
export type Who =
  | { who: 'guest' }
  | {
      who: 'resident';
      residentId: string;
      login: string;
      /** `to-confirm`: somebody else confirmed the phone as their own; a new one must be confirmed before anything else. */
      phone: 'confirmed' | 'to-confirm';
    };

/** A session counts as seen again after this long; to write at each press would cost more than it tells. */
const SEEN_MS = HOUR_MS;

export type Residents = ReturnType<typeof createResidents>;

export function createResidents({ db, clock }: Pick<OfficeEdges, 'db' | 'clock'>) {
  return {
    /** Also keeps the session from growing idle. */
    async who(caller: Caller): Promise<Who> {
      const now = clock();
      const found = await findSignedIn(db, caller.messengerId, now);
      if (!found) return { who: 'guest' };
      if (now.getTime() - found.seen_at.getTime() > SEEN_MS) await updateSessionSeen(db, found.session, now);
      const { id, login, phone } = found.resident;
      return { who: 'resident', residentId: id, login, phone: phone ? 'confirmed' : 'to-confirm' };
    },

    /** Whether a guest is one only since the sign-in ran out: after 60 days without visits, or after 180 days. */
    async ranOut(caller: Caller): Promise<'idle' | 'long' | 'no'> {
      return (await findRunOut(db, caller.messengerId, clock())) ?? 'no';
    },
  };
}
