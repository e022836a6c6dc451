import { deleteConfirmedMessenger } from '../../records/confirmed-messengers.ts';
import { updateAnswerPlace } from '../../records/requests.ts';
import { lockResident } from '../../records/residents.ts';
import { markSessionEnded, findSignedIn, listSessions } from '../../records/sessions.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { postNotice } from '../notices.ts';
import { idempotent } from '../idempotent.ts';
import { RECOVER } from './signing-in.ts';

/** Times are ISO; `here`: the one that asks. */
export type OpenSession = { id: string; opened: string; seen: string; here: boolean };

/** Where a login is signed in. */
export function createSessions(edges: Pick<OfficeEdges, 'db' | 'clock'>) {
  const { clock, db } = edges;

  return {
    /** From the newest; empty for a guest. */
    async list(caller: Caller): Promise<OpenSession[]> {
      const now = clock();
      const found = await findSignedIn(db, caller.messengerId, now);
      if (!found) return [];
      const sessions = await listSessions(db, found.resident.id, now);
      return sessions.map(({ id, openedAt, seenAt, messengerId }) => ({
        id,
        opened: openedAt.toISOString(),
        seen: seenAt.toISOString(),
        here: messengerId === caller.messengerId,
      }));
    },

    /**
     * Ends another session of the same login, whose messenger account is told and needs a code next time; what was asked from there is
     * answered here. `gone`: there is no such one.
     */
    async end(caller: Caller, session: string): Promise<{ outcome: 'ended' | 'gone' }> {
      return idempotent(edges, caller, 'sessions.end', async (trx) => {
        const now = clock();
        const found = await findSignedIn(trx, caller.messengerId, now);
        if (!found || !UUID.test(session) || session === found.session) return { outcome: 'gone' } as const;
        // Locked: no sign-in there by the password alone meanwhile.
        await lockResident(trx, found.resident.id);
        const messengerId = await markSessionEnded(trx, found.resident.id, session, now);
        if (!messengerId) return { outcome: 'gone' } as const;
        await deleteConfirmedMessenger(trx, found.resident.id, messengerId);
        await updateAnswerPlace(trx, found.resident.id, { from: messengerId, to: caller.messengerId });
        const notice = { text: 'notice-signed-out', words: { at: now.toISOString() }, doors: [RECOVER] };
        await postNotice(trx, { ...notice, to: messengerId as MessengerId, owner: { residentId: found.resident.id } }, now);
        return { outcome: 'ended' } as const;
      });
    },

    async signOut(caller: Caller): Promise<{ outcome: 'signed-out' | 'guest' }> {
      return idempotent(edges, caller, 'sessions.sign-out', async (trx) => {
        const now = clock();
        const found = await findSignedIn(trx, caller.messengerId, now);
        if (!found) return { outcome: 'guest' } as const;
        await markSessionEnded(trx, found.resident.id, found.session, now);
        return { outcome: 'signed-out' } as const;
      });
    },
  };
}

/** A button carries the id, and a button is the client's to make up. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
