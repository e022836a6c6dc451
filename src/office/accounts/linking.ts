import type { AccountNumber } from '../../domain/account-number.ts';
import { maskAddress } from '../../domain/address.ts';
import { later, MINUTE_MS } from '../../domain/durations.ts';
import { localDay } from '../../domain/local-day.ts';
import type { Kopecks } from '../../domain/money.ts';
import { isWeakSum } from '../../domain/paid-sum.ts';
import { markPasswordEnded, lockPasswordIfLive } from '../../records/account-passwords.ts';
import { findAccount, findOwnerChange } from '../../records/accounts.ts';
import type { Trx } from '../../records/database.ts';
import { insertLinkProof, type Prover, markLinkProofUsed } from '../../records/link-proofs.ts';
import { insertLink, findLinkTo, type LinkWay } from '../../records/links.ts';
import { findLastPaidMonth } from '../../records/paid-month.ts';
import { findDataDay } from '../../records/registries/imports.ts';
import { insertSumAttempt, deleteSumAttempt } from '../../records/sum-attempts.ts';
import { lockGuessing } from '../../records/sum-failures.ts';
import { checkAccountPassword } from './account-passwords.ts';
import { type Admitted, admit, admitAndLock, type NotAdmitted } from '../admission.ts';
import { isSumWayEnded } from './ended-links.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { announceLink } from './link-notices.ts';
import { idempotent } from '../idempotent.ts';
import { PAYMENT_SOURCE } from '../money/payment-matching.ts';
import { type PersonSubjects, personSubjects } from '../person.ts';
import { countWrongSum, isGuessingClosed, mayNameRoundSum, sumFailureCounts } from './sum-guesses.ts';

/** A proof, and a proof by sums that is under way, are good for so long. */
const PROOF_MS = 10 * MINUTE_MS;

/** The proof that a resident knows the account, and the address by which it is seen to be the right one. */
type Proved = { outcome: 'proved'; proof: string; address: string };

export type Linking = ReturnType<typeof createLinking>;

/** Points 9 and 10: linking an account to the cabinet. */
export function createLinking(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'keyring'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> },
) {
  const { db, clock, keyring, settings } = edges;

  /** What others ended, and what a former owner paid, proves nothing. */
  async function sumWayOf(trx: Trx, admitted: Admitted, person: PersonSubjects, account: string) {
    const changed = await findOwnerChange(trx, account);
    return {
      after: changed && localDay(changed, settings.timeZone),
      ended: await isSumWayEnded(trx, { account, residentId: admitted.residentId, person }),
    };
  }

  return {
    /** Whether the caller may link this account, and of which day the data on payments are. Says nothing about whether it exists. */
    async look(
      caller: Caller,
      account: AccountNumber,
    ): Promise<
      | NotAdmitted
      | { outcome: 'linked-already'; link: string; way: LinkWay }
      | { outcome: 'not-linked'; paymentsDay: string | null }
    > {
      const admitted = await admit(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      const own = await findLinkTo(db, admitted.residentId, account);
      if (own) return { outcome: 'linked-already', link: own.id, way: own.way };
      return { outcome: 'not-linked', paymentsDay: (await findDataDay(db, 'payments')) ?? null };
    },

    /**
     * 9.1 The sum of all payments in the last month that has any, but for what was paid through the bot. After a round sum, right or not,
     * the month before it is asked about (`earlier-month`, to be answered with its `attempt`; both must be right), or the second way is
     * left: ten times a day. One answer stands for a wrong sum, a limit that is reached, an account that does not exist, and one whose link with this person was ended by
     * others. After a change of owner only what was paid later proves anything.
     */
    async proveBySum(
      caller: Caller,
      account: AccountNumber,
      sum: Kopecks,
      attempt?: string,
    ): Promise<
      | NotAdmitted
      | Proved
      | { outcome: 'earlier-month'; attempt: string }
      | { outcome: 'second-way' }
      | { outcome: 'not-proved' }
      | { outcome: 'too-late' }
    > {
      return idempotent(edges, caller, 'linking.proveBySum', async (trx) => {
        const now = clock();
        const admitted = await admitAndLock(trx, caller, now);
        if ('outcome' in admitted) return admitted;
        const prover = { messengerId: admitted.messengerId, residentId: admitted.residentId };
        const before = attempt === undefined ? undefined : await deleteSumAttempt(trx, attempt, prover, account, now);
        if (attempt !== undefined && !before) return { outcome: 'too-late' } as const;

        // From here on each way through asks the database the same questions.
        await lockGuessing(trx);
        const person = personSubjects(keyring, admitted);
        const counts = await sumFailureCounts(trx, account, person, now);
        const known = await findAccount(trx, account);
        const { after, ended } = await sumWayOf(trx, admitted, person, account);
        const counted = { botSource: PAYMENT_SOURCE, after };
        const paid = await findLastPaidMonth(trx, account, { ...counted, before: before?.month ?? undefined });
        const earlier = await findLastPaidMonth(trx, account, { ...counted, before: paid?.month });
        const held = (before?.held ?? true) && paid?.sum === sum && !ended && !isGuessingClosed(counts);

        if (!before && isWeakSum(sum)) {
          if (!(await mayNameRoundSum(trx, person, now))) return { outcome: 'not-proved' } as const;
          // Where nothing was ever paid, or there is no account, it looks as if there were a month before it.
          if (paid && !earlier) return { outcome: 'second-way' } as const;
          const next = { held, month: paid?.month ?? null, expiresAt: later(now, PROOF_MS) };
          return { outcome: 'earlier-month', attempt: await insertSumAttempt(trx, { ...prover, account, ...next }) } as const;
        }
        if (held && known) return prove(trx, prover, known, null, now);
        await countWrongSum(trx, { account, person, closed: ended }, counts, now);
        return { outcome: 'not-proved' } as const;
      });
    },

    /** 9.2 The password that a payment point gave out: also for whom the first way is closed. It is not stored, nor is it in the answer. */
    async proveByPassword(
      caller: Caller,
      account: AccountNumber,
      password: string,
    ): Promise<NotAdmitted | Proved | { outcome: 'not-proved' }> {
      return idempotent(edges, caller, 'linking.proveByPassword', async (trx) => {
        const now = clock();
        const admitted = await admitAndLock(trx, caller, now);
        if ('outcome' in admitted) return admitted;
        await lockGuessing(trx);
        const known = await findAccount(trx, account);
        const person = personSubjects(keyring, admitted);
        const passwordId = await checkAccountPassword(trx, keyring, { account, person, typed: password }, now);
        if (passwordId === undefined || !known) return { outcome: 'not-proved' } as const;
        const prover = { messengerId: admitted.messengerId, residentId: admitted.residentId };
        return prove(trx, prover, known, passwordId, now);
      });
    },

    /** 10 «Подключить»: uses the proof up, and the issued password with it; those who have the account already are told. */
    async confirm(
      caller: Caller,
      proof: string,
    ): Promise<
      NotAdmitted | { outcome: 'linked'; link: string; closed: boolean } | { outcome: 'linked-already' } | { outcome: 'too-late' }
    > {
      return idempotent(edges, caller, 'linking.confirm', async (trx) => {
        const now = clock();
        const admitted = await admitAndLock(trx, caller, now);
        if ('outcome' in admitted) return admitted;
        const proved = await markLinkProofUsed(trx, proof, admitted, now);
        if (!proved) return { outcome: 'too-late' } as const;
        const { account, passwordId: password } = proved;
        if (password !== null && !(await lockPasswordIfLive(trx, password, now))) return { outcome: 'too-late' } as const;
        // A second proof by the same sum, from before the link that the first one made was ended.
        const { ended } = await sumWayOf(trx, admitted, personSubjects(keyring, admitted), account);
        if (password === null && ended) return { outcome: 'too-late' } as const;

        const way = password === null ? 'sum' : 'password';
        const link = await insertLink(trx, { residentId: admitted.residentId, account, way, linkedAt: now });
        // The password is left for the one whom it was meant for.
        if (link === undefined) return { outcome: 'linked-already' } as const;
        if (password !== null) await markPasswordEnded(trx, password, 'used', now);
        await announceLink(trx, { link, account, residentId: admitted.residentId }, now);
        return { outcome: 'linked', link, closed: (await findAccount(trx, account))?.closed ?? false } as const;
      });
    },
  };
}

async function prove(
  trx: Trx,
  prover: Prover,
  account: { number: string; address: string },
  passwordId: string | null,
  now: Date,
): Promise<Proved> {
  const expiresAt = later(now, PROOF_MS);
  const proof = await insertLinkProof(trx, { ...prover, account: account.number, passwordId, expiresAt });
  return { outcome: 'proved', proof, address: maskAddress(account.address) };
}
