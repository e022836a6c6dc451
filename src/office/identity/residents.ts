import { HOUR_MS } from '../../domain/durations.ts';
import { localDay } from '../../domain/local-day.ts';
import { windowOn } from '../../domain/readings-window.ts';
import { findVisitor } from '../../records/links.ts';
import { findRunOut, updateSessionSeen } from '../../records/sessions.ts';
import { keepCabinet } from '../cabinet-of-turn.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges, OfficeSettings } from '../edges.ts';

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

/**
 * The same with the accounts that he has in the cabinet, none while his phone is to be confirmed, with the letter of his that was dealt
 * with last, where one is known (`LastTold`), and with whether a secret of his is awaited (`AwaitedSecrets`).
 */
export type Visitor = Who & { accounts: readonly string[]; lastLetter?: string | null; secretAwaited?: boolean };

/** A session counts as seen again after this long; to write at each press would cost more than it tells. */
const SEEN_MS = HOUR_MS;

export type Residents = ReturnType<typeof createResidents>;

export function createResidents({
  db,
  clock,
  settings,
}: Pick<OfficeEdges, 'db' | 'clock'> & { settings: Pick<OfficeSettings, 'timeZone' | 'readingsWindow'> }) {
  /** Also keeps the session from growing idle. */
  async function visitor(caller: Caller): Promise<Visitor> {
    const now = clock();
    const { cabinet: found, ...beside } = await findVisitor(
      db,
      caller.messengerId,
      now,
      windowOn(localDay(now, settings.timeZone), settings.readingsWindow).opens,
    );
    if (found) keepCabinet(caller.turn, found, now);
    if (!found) return { who: 'guest', accounts: [], ...beside };
    if (now.getTime() - found.seenAt.getTime() > SEEN_MS) await updateSessionSeen(db, found.session, now);
    const { id, login, phone } = found.resident;
    const accounts = phone ? found.accounts.map(({ account }) => account) : [];
    return { who: 'resident', residentId: id, login, phone: phone ? 'confirmed' : 'to-confirm', accounts, ...beside };
  }

  return {
    visitor,

    async who(caller: Caller): Promise<Who> {
      const { accounts: _, lastLetter: __, secretAwaited: ___, ...who } = await visitor(caller);
      return who;
    },

    /** Whether a guest is one only since the sign-in ran out: after 60 days without visits, or after 180 days. */
    async ranOut(caller: Caller): Promise<'idle' | 'long' | 'no'> {
      return (await findRunOut(db, caller.messengerId, clock())) ?? 'no';
    },
  };
}
