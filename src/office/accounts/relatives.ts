import { maskAddress } from '../../domain/address.ts';
import { SOME_RESIDENT } from '../../domain/audit-actors.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import { ACCESS_FAILURES, ACCESS_OFFERS, toldTime, windowEnd, windowStart } from '../../domain/limits.ts';
import { maskLogin } from '../../domain/masked-login.ts';
import { isUuid } from '../../domain/uuid.ts';
import {
  type AccessOffer,
  findAccessOffer,
  insertAccessOffer,
  listAccessOfferTimes,
  listOpenAccessOffers,
  lockAccessOffer,
  markAccessOffersWithdrawn,
  markAccessOfferUsed,
  updateAccessOfferOpened,
  updateAccessOffersForgotten,
} from '../../records/access-offers.ts';
import { findAccount } from '../../records/accounts.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Db, Trx } from '../../records/database.ts';
import {
  findGiverOf,
  findLink,
  findLinkTo,
  insertLink,
  listGivenLinks,
  listLinkedAccounts,
  markLinkEnded,
} from '../../records/links.ts';
import { insertRateLimitHit, listRateLimitHits, lockRateLimit } from '../../records/rate-limit-hits.ts';
import { findResident } from '../../records/residents.ts';
import { lockGuessing } from '../../records/sum-failures.ts';
import { admit, admitAndLock, type NotAdmitted } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { Keyring, OfficeEdges } from '../edges.ts';
import { idempotent, idempotentInSecret } from '../idempotent.ts';
import type { OnConsentWithdrawn } from '../identity/consents.ts';
import { tellUnlinked } from '../requests/unlinked.ts';
import { closeSumWay } from './ended-links.ts';
import { endWhatLinksGave } from './given-links.ts';
import { announceGivenLink, announceLinkEndedByGiver } from './link-notices.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from './own-account.ts';

/** A one-time link is good for so long. */
const OFFER_MS = DAY_MS;
/** So many relatives have an account by one resident at a time. */
const MOST_RELATIVES = 5;

/** Who has access by the caller's own link: the login masked, by which the giver knows whom he gave it to. */
export type Relative = { link: string; login: string; linkedAt: string };

/** Why a one-time link opens nothing. */
export type NoAccess =
  /** It is none of ours, or incomplete. */
  | { outcome: 'forged' }
  | { outcome: 'late' }
  /** Somebody has used it. */
  | { outcome: 'used' }
  /** Another messenger account has opened it since: only the last one may connect by it. */
  | { outcome: 'opened-since' }
  /** The giver took it back, made another, or has the account no more. */
  | { outcome: 'withdrawn' }
  /** The caller's own. */
  | { outcome: 'own' }
  | { outcome: 'linked-already'; account: string }
  /** Too many wrong ones today. */
  | { outcome: 'limit'; until: string };

/**
 * Section 4, «A relative»: access to an account by a one-time link from a resident who has proved it, without anybody's password. Who got it so
 * does not give it on.
 */
export function createRelatives(edges: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'>) {
  const { db, clock, keyring } = edges;

  return {
    /** Who has the account by the caller, and until when a one-time link that nobody has used is good. */
    async list(
      caller: Caller,
      link: string,
    ): Promise<
      | NotAdmitted
      | Gone
      | { outcome: 'listed'; title: AccountTitle; mayGive: boolean; given: Relative[]; openUntil: string | null }
    > {
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      const given = await listGivenLinks(db, own.id);
      const [open] = await listOpenAccessOffers(db, own.id, clock());
      return {
        outcome: 'listed',
        title: titleOf(own),
        mayGive: own.way !== 'relative',
        given: given.map(({ id, login, linkedAt }) => ({ link: id, login: maskLogin(login), linkedAt: linkedAt.toISOString() })),
        openUntil: open?.expiresAt.toISOString() ?? null,
      };
    },

    /** A one-time link; the one before it for this account is good no more. `token` is made of its id anew and stored nowhere. */
    async offer(
      caller: Caller,
      link: string,
    ): Promise<
      | NotAdmitted
      | Gone
      | { outcome: 'not-allowed' }
      | { outcome: 'enough'; most: number }
      | { outcome: 'limit'; until: string }
      | { outcome: 'offered'; token: string; until: string }
    > {
      return idempotentInSecret(
        edges,
        caller,
        'relatives.offer',
        async (trx) => {
          const made = await makeOffer(trx, caller, link);
          return { answer: withToken(made), kept: made };
        },
        async (_trx, kept) => withToken(kept),
      );
    },

    /** Takes back one-time links of an account that nobody has used. */
    async withdraw(caller: Caller, link: string): Promise<NotAdmitted | Gone | { outcome: 'withdrawn' }> {
      return idempotent(edges, caller, 'relatives.withdraw', async (trx) => {
        const own = await ownAccount(trx, caller, link, clock());
        if ('outcome' in own) return own;
        await markAccessOffersWithdrawn(trx, [own.id], clock());
        return { outcome: 'withdrawn' } as const;
      });
    },

    /**
     * What a one-time link opens, seen by whoever followed it; `ref` is its token, or the id of one that this messenger account opened before. Of a
     * guest it is kept until the sign-in.
     */
    async open(
      caller: Caller,
      ref: string,
    ): Promise<
      | NoAccess
      | { outcome: 'guest'; until: string }
      | { outcome: 'phone-to-confirm' }
      | { outcome: 'found'; offer: string; account: string; address: string; until: string }
    > {
      return idempotent(edges, caller, 'relatives.open', async (trx) => {
        const now = clock();
        const subject = keyring.fingerprints('messenger', caller.messengerId);
        await lockRateLimit(trx, 'access-failure', subject);
        const failures = await listRateLimitHits(
          trx,
          'access-failure',
          subject,
          windowStart(ACCESS_FAILURES, now),
          ACCESS_FAILURES.count,
        );
        const oldest = failures[ACCESS_FAILURES.count - 1];
        if (oldest) return { outcome: 'limit', until: toldTime(windowEnd(ACCESS_FAILURES, oldest)) } as const;
        const offer = await offerOf(trx, keyring, caller, ref);
        if (offer === 'forgotten') return { outcome: 'late' } as const;
        if (!offer) {
          await insertRateLimitHit(trx, 'access-failure', subject, now);
          return { outcome: 'forged' } as const;
        }
        const admitted = await admit(trx, caller, now);
        const residentId = 'outcome' in admitted ? undefined : admitted.residentId;
        const no = await whyNot(trx, offer, residentId, now);
        if (no) return no;
        await updateAccessOfferOpened(trx, offer.id, caller.messengerId);
        const until = offer.expiresAt.toISOString();
        if ('outcome' in admitted) return admitted.outcome === 'guest' ? ({ outcome: 'guest', until } as const) : admitted;
        const { id, account, address } = offer;
        return { outcome: 'found', offer: id, account, address: maskAddress(address), until } as const;
      });
    },

    /** «Подключить»: once, by a resident who opened it. The giver and the others who have the account are told. */
    async take(
      caller: Caller,
      offerId: string,
    ): Promise<NotAdmitted | NoAccess | { outcome: 'linked'; link: string; account: string; closed: boolean }> {
      return idempotent(edges, caller, 'relatives.take', async (trx) => {
        const now = clock();
        const admitted = await admitAndLock(trx, caller, now);
        if ('outcome' in admitted) return admitted;
        // A registry that changes the owner waits for us, or was before.
        await lockGuessing(trx);
        const offer = isUuid(offerId) ? await lockAccessOffer(trx, offerId) : undefined;
        if (!offer) return { outcome: 'forged' } as const;
        const no = await whyNot(trx, offer, admitted.residentId, now);
        if (no) return no;
        if (offer.openedBy !== caller.messengerId) return { outcome: 'opened-since' } as const;
        if ((await listGivenLinks(trx, offer.link)).length >= MOST_RELATIVES) return { outcome: 'withdrawn' } as const;
        const { account, giver, link: givenBy } = offer;
        const { residentId } = admitted;
        const link = await insertLink(trx, { residentId, account, way: 'relative', linkedAt: now, givenBy });
        if (link === undefined) return { outcome: 'linked-already', account } as const;
        await markAccessOfferUsed(trx, offer.id, residentId, now);
        const login = maskLogin((await findResident(trx, residentId))?.login ?? '');
        await announceGivenLink(trx, { link, account, residentId, giver, login }, now);
        await journal(trx, 'relatives.take', { account, residentId }, now);
        return { outcome: 'linked', link, account, closed: (await findAccount(trx, account))?.closed ?? false } as const;
      });
    },

    /** Takes back what the caller gave; the relative is told, and cannot make the link by the sum. */
    async end(caller: Caller, link: string): Promise<NotAdmitted | Gone | { outcome: 'ended'; account: string }> {
      return idempotent(edges, caller, 'relatives.end', async (trx) => {
        const now = clock();
        const admitted = await admit(trx, caller, now);
        if ('outcome' in admitted) return admitted;
        const giver = isUuid(link) ? await findGiverOf(trx, link) : undefined;
        const given = giver?.residentId === admitted.residentId ? await findLink(trx, link) : undefined;
        if (!given || !(await markLinkEnded(trx, given.id, 'by-giver', now))) return { outcome: 'gone' } as const;
        await closeSumWay(trx, keyring, given, 'by-giver', now);
        await announceLinkEndedByGiver(trx, given, now);
        await tellUnlinked(trx, [given], now);
        await journal(trx, 'relatives.end', { account: given.account, residentId: admitted.residentId }, now);
        return { outcome: 'ended', account: given.account } as const;
      });
    },
  };

  type Made =
    | NotAdmitted
    | Gone
    | { outcome: 'not-allowed' }
    | { outcome: 'enough'; most: number }
    | { outcome: 'limit'; until: string }
    | Offered;
  type Offered = { outcome: 'offered'; id: string; until: string };

  async function makeOffer(trx: Trx, caller: Caller, link: string): Promise<Made> {
    const now = clock();
    const admitted = await admitAndLock(trx, caller, now);
    if ('outcome' in admitted) return admitted;
    const subject = keyring.fingerprints('login', admitted.residentId);
    await lockRateLimit(trx, 'access-failure', subject);
    const own = await ownAccount(trx, caller, link, now);
    if ('outcome' in own) return own;
    if (own.way === 'relative') return { outcome: 'not-allowed' };
    if ((await listGivenLinks(trx, own.id)).length >= MOST_RELATIVES) return { outcome: 'enough', most: MOST_RELATIVES };
    const times = await listAccessOfferTimes(trx, admitted.residentId, windowStart(ACCESS_OFFERS, now));
    const oldest = times[ACCESS_OFFERS.count - 1];
    if (oldest) return { outcome: 'limit', until: toldTime(windowEnd(ACCESS_OFFERS, oldest)) };
    await markAccessOffersWithdrawn(trx, [own.id], now);
    const expiresAt = later(now, OFFER_MS);
    const id = await insertAccessOffer(trx, { linkId: own.id, madeAt: now, expiresAt });
    await journal(trx, 'relatives.offer', { account: own.account, residentId: admitted.residentId }, now);
    return { outcome: 'offered', id, until: expiresAt.toISOString() };
  }

  function withToken<M>(made: M | Offered): Exclude<M, Offered> | { outcome: 'offered'; token: string; until: string } {
    const offered = made as Offered;
    if (offered.outcome !== 'offered') return made as Exclude<M, Offered>;
    return { outcome: 'offered', token: tokenOf(keyring, offered.id), until: offered.until };
  }
}

const PURPOSE = 'access-offer';
const ID_LENGTH = 22;
const SEAL_LENGTH = 16;

/** The id and 96 bits of its seal: nobody makes one without the operator's key, and the base alone does not hold it. */
function tokenOf(keyring: Keyring, id: string): string {
  const bare = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  return bare + keyring.fingerprint(PURPOSE, id).slice(0, SEAL_LENGTH);
}

function idOf(keyring: Keyring, token: string): string | undefined {
  if (token.length !== ID_LENGTH + SEAL_LENGTH) return undefined;
  const hex = Buffer.from(token.slice(0, ID_LENGTH), 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const seal = token.slice(ID_LENGTH);
  return keyring.fingerprints(PURPOSE, id).some((known) => known.slice(0, SEAL_LENGTH) === seal) ? id : undefined;
}

/** An id alone opens only what this messenger account opened before by the token. `forgotten`: the token is ours, its time is long over. */
async function offerOf(
  db: Db,
  keyring: Keyring,
  { messengerId }: Caller,
  ref: string,
): Promise<AccessOffer | 'forgotten' | undefined> {
  const opened = isUuid(ref);
  const id = opened ? ref : idOf(keyring, ref);
  const offer = id === undefined ? undefined : await findAccessOffer(db, id);
  if (!offer && !opened && id !== undefined) return 'forgotten';
  return offer && (!opened || offer.openedBy === messengerId) ? offer : undefined;
}

async function whyNot(db: Db, offer: AccessOffer, residentId: string | undefined, now: Date): Promise<NoAccess | undefined> {
  const { account, endedWhy, usedBy, giver, giverLeft, expiresAt } = offer;
  if (residentId === giver) return { outcome: 'own' };
  const linked = residentId !== undefined && (await findLinkTo(db, residentId, account)) !== undefined;
  if (linked && (endedWhy === null || usedBy === residentId)) return { outcome: 'linked-already', account };
  if (endedWhy === 'used') return { outcome: 'used' };
  if (endedWhy === 'withdrawn' || giverLeft) return { outcome: 'withdrawn' };
  return expiresAt <= now ? { outcome: 'late' } : undefined;
}

async function journal(trx: Trx, what: string, about: { account: string; residentId: string }, now: Date): Promise<void> {
  await insertAuditEntry(trx, { who: SOME_RESIDENT, what, ...about }, now);
}

/** Whoever withdraws the consent leaves relatives without what was given them, and no trace as the one who opened a link. */
export const endAccessGivenBy: OnConsentWithdrawn = async (trx, { residentId, messengerIds, now }) => {
  const links = await listLinkedAccounts(trx, residentId);
  await endWhatLinksGave(
    trx,
    links.map(({ id }) => id),
    now,
  );
  await updateAccessOffersForgotten(trx, messengerIds);
};
