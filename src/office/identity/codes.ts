import { CODE_MS, writeCode } from '../../domain/confirmation-code.ts';
import { later } from '../../domain/durations.ts';
import { CODE_FAILURES, CODE_FAILURES_BY_PERSON, type Limit, toldTime, windowEnd, windowStart } from '../../domain/limits.ts';
import type { Phone } from '../../domain/phone.ts';
import {
  insertCode,
  type CodePurpose,
  type CodeTarget,
  markCodeTried,
  type CodeDelivery,
  markCodeEnded,
  findCode,
  findLiveCode,
  listWrongTries,
  lockSending,
  updateCodeDelivery,
} from '../../records/confirmation-codes.ts';
import type { Trx } from '../../records/database.ts';
import { insertRateLimitHit, listRateLimitHits, lockRateLimit, type Subject } from '../../records/rate-limit-hits.ts';
import type { Caller } from '../caller.ts';
import type { CodeSent, Keyring, OfficeEdges } from '../edges.ts';
import { escalate } from '../escalations.ts';
import { idempotent } from '../idempotent.ts';
import { judgeSms, type SmsVerdict } from './sms-caps.ts';

/** `code` names the code, it is not the code. Times are ISO. */
export type Sending =
  | { outcome: 'sent'; code: string }
  /** `code`: there is a live one from before. */
  | { outcome: 'too-soon'; seconds: number; code?: string }
  /** Five wrong codes for this phone, purpose and person within a day. */
  | { outcome: 'closed'; until: string }
  /** Three an hour and five a day, per phone and per person. `code` as above. */
  | { outcome: 'limit'; until: string; code?: string }
  /** Too many over all people. `code` as above. */
  | { outcome: 'crowded'; until: string; code?: string }
  | { outcome: 'bad-number' }
  /** No provider took it. Staff may send it by another way: it is accepted where `code` is. */
  | { outcome: 'failed'; code?: string };

/**
 * Sends a new code and lets the one before it expire. Counted before it is sent and sent once only, whatever happens between: a code that
 * may have arrived counts. Where the SMS would tell that a login has the phone, it is only said to be sent (`SmsVerdict`): what is
 * answered, and when, tells nothing of it. `avoid`: the provider that is asked last.
 */
export async function sendCode(
  edges: OfficeEdges,
  caller: Caller,
  purpose: CodePurpose,
  phone: Phone,
  { avoid }: { avoid?: string } = {},
): Promise<Sending> {
  const code = writeCode(edges.randomness.integer(1_000_000));
  const target: CodeTarget = { phone, purpose, messengerId: caller.messengerId };
  let added: { delivery: CodeDelivery; hidden: boolean } | undefined;

  const counted = await idempotent(edges, caller, `codes.send.${purpose}`, async (trx): Promise<Sending> => {
    const { refusal, notMeant, hidden } = await judge(edges, trx, target);
    if (refusal) return refusal;
    const now = edges.clock();
    const before = await findLiveCode(trx, target);
    if (before) await markCodeEnded(trx, before.id, now);
    added = { delivery: notMeant ? 'not-meant' : 'under-way', hidden };
    const id = await insertCode(trx, {
      ...target,
      codeFingerprint: edges.keyring.fingerprint(CODE_PLACE, codeOf(target, code)),
      createdAt: now,
      expiresAt: later(now, CODE_MS),
      delivery: added.delivery,
    });
    return { outcome: 'sent', code: id };
  });

  if (counted.outcome !== 'sent') return counted;
  const { delivery, hidden = false } = added ?? {};
  const deliver = () => deliverCode(edges, { id: counted.code, purpose, phone, code, hidden, avoid });
  if (delivery === 'under-way') {
    if (hidden) edges.background(deliver);
    else await deliver();
  }
  if (hidden || purpose === 'recovery') return counted;
  return answerFor(counted, (await findCode(edges.db, counted.code, caller.messengerId))?.delivery);
}

/** Whether a typed code is the one that was sent. */
export function codeFits(
  keyring: Keyring,
  code: CodeTarget & { codeFingerprint: string; delivery: CodeDelivery },
  typed: string,
): boolean {
  return code.delivery !== 'not-meant' && keyring.fingerprints(CODE_PLACE, codeOf(code, typed)).includes(code.codeFingerprint);
}

/** How codes stand after wrong ones: so many more may be wrong, or they are closed until then. */
export type CodeStanding = { left: number; until?: Date };

/**
 * Whether codes for this target are closed, since too many were wrong: of this target, or of its person over all phones and purposes. Holds
 * the person against everybody else.
 */
export async function codeStanding(edges: OfficeEdges, trx: Trx, target: CodeTarget): Promise<CodeStanding> {
  await lockRateLimit(trx, 'code-failure', [target.messengerId]);
  const now = edges.clock();
  const subject = failureSubject(edges.keyring, target);
  const ofTarget = await listRateLimitHits(trx, 'code-failure', subject, windowStart(CODE_FAILURES, now), CODE_FAILURES.count);
  const ofPerson = await listWrongTries(trx, target.messengerId, windowStart(CODE_FAILURES_BY_PERSON, now));
  const stands = [standing(CODE_FAILURES, ofTarget), standing(CODE_FAILURES_BY_PERSON, ofPerson)];
  const until = stands.flatMap((stand) => stand.until ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0];
  return { left: Math.min(...stands.map(({ left }) => left)), ...(until && { until }) };
}

/** Counts a wrong code, and says how codes stand now. */
export async function countWrongCode(edges: OfficeEdges, trx: Trx, code: CodeTarget & { id: string }): Promise<CodeStanding> {
  await markCodeTried(trx, code.id);
  await insertRateLimitHit(trx, 'code-failure', failureSubject(edges.keyring, code), edges.clock());
  return codeStanding(edges, trx, code);
}

/** `failures` from the newest. */
function standing(limit: Limit, failures: readonly Date[]): CodeStanding {
  const nth = failures[limit.count - 1];
  return { left: limit.count - failures.length, ...(nth && { until: windowEnd(limit, nth) }) };
}

function failureSubject(keyring: Keyring, { phone, purpose, messengerId }: CodeTarget): Subject {
  return keyring.fingerprints('code-failure', `${phone}/${purpose}/${messengerId}`);
}

const CODE_PLACE = 'confirmation-code';

function codeOf({ phone, purpose, messengerId }: CodeTarget, code: string): string {
  return `${phone}/${purpose}/${messengerId}/${code}`;
}

type CodeVerdict = { refusal: Sending; notMeant?: undefined; hidden?: undefined } | Extract<SmsVerdict, { notMeant: boolean }>;

async function judge(edges: OfficeEdges, trx: Trx, target: CodeTarget): Promise<CodeVerdict> {
  const { until } = await codeStanding(edges, trx, target);
  if (until) return { refusal: { outcome: 'closed', until: toldTime(until) } };

  await lockSending(trx);
  const now = edges.clock();
  const verdict = await judgeSms(trx, target, edges.settings, now);
  if (!verdict.refusal) return verdict;
  const { outcome, until: free } = verdict.refusal;
  // Whatever stands in the way of another one, the code before it may be arriving.
  const live = await findLiveCode(trx, target);
  const code = live && live.expiresAt > now ? { code: live.id } : {};
  if (outcome !== 'too-soon') return { refusal: { outcome, until: toldTime(free), ...code } };
  const seconds = Math.ceil((free.getTime() - now.getTime()) / 1000);
  return { refusal: { outcome, seconds, ...code } };
}

type Delivering = {
  id: string;
  purpose: CodePurpose;
  phone: Phone;
  code: string;
  hidden: boolean;
  avoid: string | undefined;
};

/** Outside of any transaction: a provider may take its time. */
async function deliverCode(edges: OfficeEdges, { id, purpose, phone, code, hidden, avoid }: Delivering): Promise<void> {
  const text = edges.codeText(code, purpose);
  const sent = await edges.sendCode({ phone, code, text, ttlSeconds: CODE_MS / 1000, ...(avoid !== undefined && { avoid }) });
  await edges.db.transaction().execute((trx) => recordSent(trx, id, sent, { hidden, now: edges.clock() }));
}

async function recordSent(trx: Trx, id: string, sent: CodeSent, { hidden, now }: { hidden: boolean; now: Date }): Promise<void> {
  const arrives = sent.outcome === 'sent' || sent.outcome === 'unknown';
  await updateCodeDelivery(trx, id, deliveryOf(sent), undeliveredBy(sent));
  const mayArrive = arrives || (sent.outcome === 'failed' && sent.mayArrive === true);
  // One that was answered before it was sent goes on being wrong, as one that was never meant to be sent does.
  if (!mayArrive && !hidden) await markCodeEnded(trx, id, now);
  // A provider that failed is told of even when another one took the code; always in one order, or two codes at once could wait for each other.
  const failures = (sent.outcome === 'failed' ? sent.reasons : sent.failures) ?? [];
  for (const failure of failures.toSorted((a, b) => a.provider.localeCompare(b.provider))) {
    await escalate(trx, { kind: 'sms-provider', ...failure, key: `${failure.provider}/${failure.reason}` }, now);
  }
}

/** As the database has it, where what no provider took is a `trouble`. */
function deliveryOf({ outcome }: CodeSent): CodeDelivery {
  if (outcome === 'failed') return 'trouble';
  return outcome === 'unknown' ? 'sent' : outcome;
}

function undeliveredBy(sent: CodeSent): string[] | undefined {
  if (sent.outcome === 'unknown') return [sent.provider];
  return sent.outcome === 'failed' ? sent.reasons.map(({ provider }) => provider) : undefined;
}

function answerFor(counted: Sending & { outcome: 'sent' }, delivery: CodeDelivery | undefined): Sending {
  if (delivery === 'trouble') return { outcome: 'failed', code: counted.code };
  return delivery === 'bad-number' ? { outcome: 'bad-number' } : counted;
}
