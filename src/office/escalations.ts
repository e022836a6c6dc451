import { HOUR_MS, MINUTE_MS } from '../domain/durations.ts';
import type { PaymentLineFault } from '../records/card-payment-lines.ts';
import type { NotCredited } from '../records/card-payments.ts';
import type { Trx } from '../records/database.ts';
import { insertDelivery } from '../records/deliveries.ts';
import { insertEscalation, lockOpenEscalation, type OpenEscalation, updateEscalationRepeated } from '../records/escalations.ts';
import type { LinkEnd, LinkWay } from '../records/links.ts';
import { insertRequest, updateRequest, updateRequestWords } from '../records/requests.ts';
import type { SmsError } from './edges.ts';
import { maskPhones } from './identity/mask-phones.ts';

/**
 * What staff are told, and the words of each kind's card `staff-<kind>`. Words are kept: no secret, no guess, no name may be among
 * them; a telephone number is masked before it is kept.
 */
type EscalationWords = {
  /** Linking by sum is closed for an account: so many wrong sums, over all people, within so many days. */
  'limit-by-account': { account: string; failures: number; days: number };
  /** Linking by an issued password is closed for an account: the password is void. */
  'limit-by-account-password': { account: string; failures: number };
  /** One person failed so many times today, by sums or by passwords to accounts; the account is the one that was tried last. */
  'limit-by-person': { account: string; failures: number };
  'limit-by-person-password': { account: string; failures: number };
  /** So many failures of linking today over everything. */
  'limit-overall': { failures: number };
  /** One person looked up so many account numbers today without having them linked; the account is the last one. */
  'guest-lookups': { account: string; looked: number };
  /** The cap of a day over all people is reached: no more can be looked up. */
  'guest-lookups-overall': { looked: number };
  /**
   * Somebody who has the account says that the new link is not theirs. `login`: of whoever made it, masked; `endedBefore`: how often others, or a
   * change of owner, ended this resident's links to the account before, the last time `endedAt` and `endedWhy`.
   */
  'not-me': {
    account: string;
    linkedAt: string;
    way: LinkWay;
    login?: string;
    endedBefore?: number;
    endedAt?: string;
    endedWhy?: LinkEnd;
  };
  /** Billing refused readings of an account; its reasons. */
  'reading-refused': { account: string; readings: number; reasons: string };
  /** The same of so many accounts more, in one file. */
  'readings-refused-more': { accounts: number };
  /** A provider of SMS does not do its work. */
  'sms-provider': SmsError;
  /** So many codes for numbers that differ only in the last three digits within an hour; `numbers` is what they share. */
  'sms-numbers-alike': { numbers: string; sent: number };
  /** The overall cap of codes is reached. */
  'sms-overall': { sent: number; hours: number };
  /** Money was taken from a card and is for no account; `accounts` are those that it was meant for, if that is known. */
  'payment-not-credited': { operation: string; sum: number; reason: NotCredited; accounts: string; known: 'yes' | 'no' };
  /** Money was taken, or (`back`) went back, and could not even be noted: it waits as a dead letter; `reference` finds it in the log. */
  'payment-failed': { reference: string; error: string; operation: string; sum: number; back: 'yes' | 'no' };
  /** Money went back to the payer, all of it or (`part`) some; `exported`: the number of the export that told billing of it, 0: none did. */
  'payment-refunded': { operation: string; sum: number; part: 'yes' | 'no'; exported: number };
  /** A senior is about to note that a payment which accounts have was given back. */
  'payment-return': { operation: string; sum: number };
  /** A registry tells otherwise of a payment than the bot has it: `found` and `other` are billing's sum and account. */
  'payment-differs': {
    operation: string;
    account: string;
    trouble: Exclude<PaymentLineFault, 'late'>;
    sum: number;
    found: number;
    other: string;
  };
  /** No registry has brought a payment for so many days. */
  'payment-late': { operation: string; account: string; sum: number; days: number };
  /** A resident met an error; `reference` finds it in the log. */
  'update-failed': { reference: string; error: string };
  /** Work on an update never came to an end and was put aside. */
  'update-stuck': { reference: string; seconds: number };
};

export type EscalationKind = keyof EscalationWords;

export type Escalation = {
  [Kind in EscalationKind]: {
    kind: Kind;
    /** The same escalation of the same key is one request as long as that is open, and counted; without a key, each time is another. */
    key?: string;
  } & EscalationWords[Kind];
}[EscalationKind];

/** Somebody was promised that staff look into it: it waits for them, and for longer than the norm is raised. */
const WAITED_FOR: ReadonlySet<EscalationKind> = new Set(['not-me', 'payment-not-credited', 'payment-failed']);

/** The thread of an escalation that goes on is told no oftener, */
const SAID_MS = HOUR_MS;
/** nor is its card edited again: a group takes 20 messages a minute. */
const SHOWN_MS = 5 * MINUTE_MS;

/**
 * Opens a request of its kind for staff, if and only if the transaction commits; a repeat of one that is open is counted on its card, which
 * says the newest words. Answers the request's id.
 */
export async function escalate(trx: Trx, escalation: Escalation, now: Date): Promise<string> {
  const { kind, key, ...words } = escalation;
  const told = maskWords(words);
  const open = key === undefined ? undefined : await lockOpenEscalation(trx, kind, key);
  const account = 'account' in words ? words.account : null;
  if (open) return countAgain(trx, open, { told, account }, now);

  const card = { ...told, repeats: 0, repeatedAt: now.toISOString() };
  const { id: requestId } = await insertRequest(
    trx,
    { kind, topic: null, messengerId: null, residentId: null, account, words: card, waits: WAITED_FOR.has(kind) },
    now,
  );
  await insertEscalation(trx, { kind, key: key ?? null, account, words: told, requestId }, now);
  await insertDelivery(trx, { to: { staff: requestId }, kind: 'refresh' }, now);
  return requestId;
}

/** An escalation is over by itself: its thread is told so, and its request is closed; nothing where staff have closed it before. */
export async function endEscalation(
  trx: Trx,
  { kind, key, text }: { kind: EscalationKind; key: string; text: string },
  now: Date,
): Promise<void> {
  const open = await lockOpenEscalation(trx, kind, key);
  if (!open) return;
  const to = { staff: open.requestId };
  await insertDelivery(trx, { to, kind: 'say', botMessage: { text, words: {}, doors: [] } }, now);
  await updateRequest(trx, open.requestId, { state: 'closed', closedAt: now, waitingSince: null, raisedAt: null }, now);
  await insertDelivery(trx, { to, kind: 'refresh' }, now);
}

async function countAgain(
  trx: Trx,
  { id, times: repeats, requestId, saidAt, shownAt }: OpenEscalation,
  { told, account }: { told: Record<string, string | number>; account: string | null },
  now: Date,
): Promise<string> {
  const since = (before: Date | null) => now.getTime() - (before?.getTime() ?? 0);
  const said = since(saidAt) >= SAID_MS;
  const shown = said || since(shownAt) >= SHOWN_MS;
  await updateEscalationRepeated(trx, id, { words: told, account, said, shown }, now);
  await updateRequestWords(trx, requestId, { words: { ...told, repeats, repeatedAt: now.toISOString() }, account });
  const to = { staff: requestId };
  if (said)
    await insertDelivery(trx, { to, kind: 'say', botMessage: { text: 'staff-repeated', words: { repeats }, doors: [] } }, now);
  if (shown) await insertDelivery(trx, { to, kind: 'refresh' }, now);
  return requestId;
}

/** Words that are numbers of another kind. */
const NO_PHONES: ReadonlySet<string> = new Set(['account', 'accounts', 'other', 'operation', 'reference']);

/** Leaves the operator's code and the first digits of each whole telephone number; account numbers are left alone. */
function maskWords(words: Record<string, string | number>): Record<string, string | number> {
  const masked = Object.entries(words).map(([name, value]) => {
    if (NO_PHONES.has(name) || typeof value === 'number') return [name, value];
    return [name, maskPhones(value)];
  });
  return Object.fromEntries(masked) as Record<string, string | number>;
}
