import { NEWS_KINDS, type NewsKind } from '../../domain/news.ts';
import type { Trx } from '../../records/database.ts';
import {
  listMutedNews,
  insertMutedMessenger,
  insertMutedNews,
  deleteMutedMessengers,
  deleteMutedNews,
} from '../../records/muted-news.ts';
import { lockResidentShared } from '../../records/residents.ts';
import { findSignedIn } from '../../records/sessions.ts';
import type { Caller } from '../caller.ts';
import type { OnConsentWithdrawn } from '../identity/consents.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';

export type NewsSwitch = { kind: NewsKind; on: boolean };
export type NewsSwitches = { outcome: 'listed'; switches: NewsSwitch[] } | { outcome: 'guest' };

export type News = ReturnType<typeof createNews>;

/** Section 4, «Notices»: which news a resident wants. They are the login's: all its messenger accounts have the same. */
export function createNews(edges: Pick<OfficeEdges, 'db' | 'clock'>) {
  const { clock, db } = edges;

  async function switchesOf(trx: OfficeEdges['db'], residentId: string): Promise<NewsSwitches> {
    const muted = await listMutedNews(trx, residentId);
    return { outcome: 'listed', switches: NEWS_KINDS.map((kind) => ({ kind, on: !muted.includes(kind) })) };
  }

  return {
    async list(caller: Caller): Promise<NewsSwitches> {
      const found = await findSignedIn(db, caller.messengerId, clock());
      return found ? switchesOf(db, found.resident.id) : { outcome: 'guest' };
    },

    /** Switches one kind; one that is as wanted stays so. What is in line already is not sent either. */
    async switchKind(caller: Caller, kind: NewsKind, on: boolean): Promise<NewsSwitches> {
      return idempotent(edges, caller, 'news.turn', async (trx): Promise<NewsSwitches> => {
        const resident = await lockSignedIn(trx, caller, clock());
        if (resident === undefined) return { outcome: 'guest' };
        await (on ? deleteMutedNews : insertMutedNews)(trx, resident, kind);
        return switchesOf(trx, resident);
      });
    },

    /** No news without figures to this signed-out account any more, until it is signed in. */
    async silence(caller: Caller): Promise<{ outcome: 'silenced' | 'signed-in' }> {
      return idempotent(edges, caller, 'news.silence', async (trx) => {
        if (await findSignedIn(trx, caller.messengerId, clock())) return { outcome: 'signed-in' } as const;
        await insertMutedMessenger(trx, caller.messengerId);
        return { outcome: 'silenced' } as const;
      });
    },
  };
}

/** Who is signed in, locked until the transaction ends, so that the consent is not withdrawn meanwhile. */
async function lockSignedIn(trx: Trx, caller: Caller, now: Date): Promise<string | undefined> {
  const first = await findSignedIn(trx, caller.messengerId, now);
  if (!first) return undefined;
  await lockResidentShared(trx, first.resident.id);
  return (await findSignedIn(trx, caller.messengerId, now))?.resident.id;
}

export const forgetMutedMessengers: OnConsentWithdrawn = async (trx, { messengerIds }) =>
  deleteMutedMessengers(trx, messengerIds);
