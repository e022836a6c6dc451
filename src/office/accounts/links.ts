import { maskLogin } from '../../domain/masked-login.ts';
import { isUuid } from '../../domain/uuid.ts';
import { markPasswordsEnded } from '../../records/account-passwords.ts';
import { markAccessOffersWithdrawn } from '../../records/access-offers.ts';
import { markOwnerChanged } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { deleteLinkProofsOf } from '../../records/link-proofs.ts';
import {
  markLinkEnded,
  markLinksEnded,
  findLink,
  findLinkTo,
  findNewestLink,
  type Link,
  type LinkWay,
  listOtherLinks,
  updateLinkName,
} from '../../records/links.ts';
import { findResident } from '../../records/residents.ts';
import { lockLinking } from '../../records/sum-failures.ts';
import { admit, admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { closeSumWay, endedBefore } from './ended-links.ts';
import { endWhatLinksGave } from './given-links.ts';
import { escalate } from '../escalations.ts';
import { announceEndedLink, announceFormerOwner, forgetTold } from './link-notices.ts';
import type { Gone } from './own-account.ts';
import { idempotent } from '../idempotent.ts';
import { type Silenced, silenceOf } from '../requests/refusals.ts';
import { tellUnlinked } from '../requests/unlinked.ts';

export type CabinetAccount = {
  link: string;
  account: string;
  name: string | null;
  address: string;
  closed: boolean;
  way: LinkWay;
  /** Who proved the account by an issued password sees who else has it, and may end that. */
  mayEndOthers: boolean;
  /** To so many relatives the caller has given access. */
  relatives: number;
};

export type Links = ReturnType<typeof createLinks>;

/** The accounts that a resident has in the cabinet. */
export function createLinks(edges: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'>) {
  const { db, clock, keyring } = edges;

  const residentOf = async (trx: OfficeEdges['db'], caller: Caller) => {
    const admitted = await admit(trx, caller, clock());
    return 'outcome' in admitted ? undefined : admitted.residentId;
  };

  /** The caller's own link. */
  async function ownLink(trx: OfficeEdges['db'], caller: Caller, id: string): Promise<Link | undefined> {
    const resident = await residentOf(trx, caller);
    const link = await linkById(trx, id);
    return link && link.residentId === resident ? link : undefined;
  }

  /**
   * Somebody else's link to an account that the caller has, and by what the caller had proved it. Who unlinked and linked anew is meant by the
   * link before, too: the notice about it is the only one of the day.
   */
  async function foreignLink(trx: OfficeEdges['db'], caller: Caller, id: string): Promise<{ link: Link; own: Link } | undefined> {
    const resident = await residentOf(trx, caller);
    const link = isUuid(id) ? await findNewestLink(trx, id) : undefined;
    if (resident === undefined || !link || link.residentId === resident) return undefined;
    const own = await findLinkTo(trx, resident, link.account);
    return own && { link, own };
  }

  /** Who asked and heard that it is gone is at ease: what is linked after that is told at once, as the first was. */
  async function goneIs(trx: OfficeEdges['db'], caller: Caller, link: string): Promise<Gone> {
    const resident = await residentOf(trx, caller);
    if (resident !== undefined && isUuid(link)) await forgetTold(trx, resident, link);
    return { outcome: 'gone' };
  }

  return {
    /** In the order in which they were linked. */
    async list(caller: Caller): Promise<NotAdmitted | { outcome: 'listed'; accounts: CabinetAccount[] }> {
      const admitted = await admitWithAccounts(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      const accounts = admitted.accounts.map(
        ({ id, account, name, address, closed, way, relatives }): CabinetAccount => ({
          link: id,
          account,
          name,
          address,
          closed,
          way,
          mayEndOthers: way === 'password',
          relatives,
        }),
      );
      return { outcome: 'listed', accounts };
    },

    /** Null takes the name away. */
    async rename(caller: Caller, link: string, name: string | null): Promise<{ outcome: 'renamed' } | Gone> {
      return idempotent(edges, caller, 'links.rename', async (trx) => {
        const own = await ownLink(trx, caller, link);
        if (!own || !(await updateLinkName(trx, own.residentId, own.id, name))) return { outcome: 'gone' } as const;
        return { outcome: 'renamed' } as const;
      });
    },

    async unlink(caller: Caller, link: string): Promise<{ outcome: 'unlinked' } | Gone> {
      return idempotent(edges, caller, 'links.unlink', async (trx) => {
        const own = await ownLink(trx, caller, link);
        if (!own || !(await markLinkEnded(trx, own.id, 'unlinked', clock()))) return { outcome: 'gone' } as const;
        await tellUnlinked(trx, [own], clock());
        await endWhatLinksGave(trx, [own.id], clock());
        return { outcome: 'unlinked' } as const;
      });
    },

    /** In how many cabinets of others the account is; 0 where the link is gone. */
    async countOthers(caller: Caller, link: string): Promise<{ count: number }> {
      const own = await ownLink(db, caller, link);
      return { count: own ? (await listOtherLinks(db, own.residentId, own.account)).length : 0 };
    },

    /** Who else has this account: when and by what it was proved, not who. */
    async others(
      caller: Caller,
      link: string,
    ): Promise<
      { outcome: 'listed'; others: { link: string; way: LinkWay; linkedAt: string }[] } | { outcome: 'not-allowed' } | Gone
    > {
      const own = await ownLink(db, caller, link);
      if (!own) return { outcome: 'gone' };
      if (own.way !== 'password') return { outcome: 'not-allowed' };
      const others = await listOtherLinks(db, own.residentId, own.account);
      return {
        outcome: 'listed',
        others: others.map(({ id, way, linkedAt }) => ({ link: id, way, linkedAt: linkedAt.toISOString() })),
      };
    },

    /** Ends another's link to an account that the caller proved by an issued password; the other is told, and cannot make it again by a sum. */
    async endOther(caller: Caller, link: string): Promise<{ outcome: 'ended' } | { outcome: 'not-allowed' } | Gone> {
      return idempotent(edges, caller, 'links.endOther', async (trx) => {
        const found = await foreignLink(trx, caller, link);
        if (!found) return goneIs(trx, caller, link);
        if (found.own.way !== 'password') return { outcome: 'not-allowed' } as const;
        if (!(await markLinkEnded(trx, found.link.id, 'by-other-holder', clock()))) return { outcome: 'gone' } as const;
        await closeSumWay(trx, keyring, found.link, 'by-other-holder', clock());
        await announceEndedLink(trx, found.link, clock());
        await tellUnlinked(trx, [found.link], clock());
        await endWhatLinksGave(trx, [found.link.id], clock());
        return { outcome: 'ended' } as const;
      });
    },

    /** What «Это не я» is about; `gone` when the link has ended, or the caller has no such account. */
    async lookAtForeign(
      caller: Caller,
      link: string,
    ): Promise<{ outcome: 'found'; account: string; linkedAt: string; mayEnd: boolean } | NotAdmitted | Gone> {
      const admitted = await admit(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      const found = await foreignLink(db, caller, link);
      if (!found) return goneIs(db, caller, link);
      const { account, linkedAt } = found.link;
      return { outcome: 'found', account, linkedAt: linkedAt.toISOString(), mayEnd: found.own.way === 'password' };
    },

    /** «Это не я»: staff are told. The link stays until they, or who proved the account by an issued password, end it. */
    async reportNotMe(caller: Caller, link: string): Promise<{ outcome: 'reported' } | Gone | Silenced> {
      return idempotent(edges, caller, 'links.reportNotMe', async (trx) => {
        const found = await foreignLink(trx, caller, link);
        if (!found) return goneIs(trx, caller, link);
        const silenced = await silenceOf(trx, { ...caller, residentId: found.own.residentId }, clock());
        if (silenced) return silenced;
        const { id: key, account, way, linkedAt, residentId } = found.link;
        const before = await endedBefore(trx, keyring, found.link);
        const about = {
          linkedAt: linkedAt.toISOString(),
          login: maskLogin((await findResident(trx, residentId))?.login ?? ''),
          ...(before[0] && {
            endedBefore: before.length,
            endedAt: before[0].at.toISOString(),
            endedWhy: before[0].why,
          }),
        };
        await escalate(trx, { kind: 'not-me', key, account, way, ...about }, clock());
        return { outcome: 'reported' } as const;
      });
    },
  };
}

/**
 * The owner of these accounts changed in the registry: links made before end and their residents are told; passwords and proofs of the
 * former owner end, too, and what was paid until today proves nothing any more.
 */
export async function closeLinksOfFormerOwners(trx: Trx, accounts: readonly string[], now: Date): Promise<void> {
  if (accounts.length === 0) return;
  // Whoever proves an account at this moment has proved it before, and loses that, or sees the change.
  await lockLinking(trx);
  await markOwnerChanged(trx, accounts, now);
  await deleteLinkProofsOf(trx, accounts);
  await markPasswordsEnded(trx, accounts, 'owner-changed', now);
  const ended = await markLinksEnded(trx, accounts, 'owner-changed', now);
  await announceFormerOwner(trx, ended, now);
  await tellUnlinked(trx, ended, now);
  await markAccessOffersWithdrawn(
    trx,
    ended.map(({ id }) => id),
    now,
  );
}

/**
 * The owner of these accounts is the one before again: what the owner of in between proved them by, or was given to prove them by, ends. Ask while
 * linking is locked.
 */
export async function endProofsOfOwnersBetween(trx: Trx, accounts: readonly string[], now: Date): Promise<void> {
  if (accounts.length === 0) return;
  await deleteLinkProofsOf(trx, accounts);
  await markPasswordsEnded(trx, accounts, 'owner-changed', now);
}

/** A button's reference is whatever its sender likes. */
async function linkById(db: OfficeEdges['db'], id: string): Promise<Link | undefined> {
  return isUuid(id) ? findLink(db, id) : undefined;
}
