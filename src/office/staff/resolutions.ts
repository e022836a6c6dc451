import { insertAuditEntry } from '../../records/audit-log.ts';
import type { Trx } from '../../records/database.ts';
import type { Request } from '../../records/requests.ts';
import { hasMoneyAside } from '../../records/update-inbox.ts';
import type { OfficeEdges } from '../edges.ts';
import type { EscalationKind } from '../escalations.ts';
import { about } from './about.ts';
import { asStaff, audited } from './as-staff.ts';
import { explainCredit, explainRefund, explainRefusal, explainSettling, isStillOpen } from './resolutions/card-payments.ts';
import { resendCodes } from './resolutions/codes.ts';
import { endLinkInDoubt, keepLinkInDoubt } from './resolutions/links.ts';
import type { ResolutionAsked, Resolved } from './resolutions/resolved.ts';
import { openLinkingAgain } from './resolutions/sums.ts';
import { retryUpdates } from './resolutions/updates.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockPressed, refresh, sayInThread, type ThreadRef } from './thread.ts';
import { closeEscalation } from './close-escalation.ts';

/** What staff can do about an escalation, by a button of its card `button-resolution-<name>`. */
export type Resolution =
  | 'reopen-linking'
  | 'end-link'
  | 'keep-link'
  | 'resend-codes'
  | 'credit'
  | 'refunded'
  | 'refuse'
  | 'settle-payment'
  | 'retry'
  | 'settle';

/** By kind, in the order of the buttons. */
const RESOLUTIONS: { readonly [Kind in EscalationKind]: readonly Resolution[] } = {
  'limit-by-account': ['reopen-linking', 'settle'],
  'limit-by-account-password': ['settle'],
  'limit-by-person': ['settle'],
  'limit-by-person-password': ['settle'],
  'limit-overall': ['settle'],
  'guest-lookups': ['settle'],
  'guest-lookups-overall': ['settle'],
  'not-me': ['end-link', 'keep-link'],
  'reading-refused': ['settle'],
  'readings-refused-more': ['settle'],
  'sms-provider': ['resend-codes', 'settle'],
  'sms-numbers-alike': ['settle'],
  'sms-overall': ['settle'],
  'payment-not-credited': ['credit', 'refunded', 'refuse'],
  'payment-failed': ['retry', 'settle'],
  'payment-refunded': ['settle'],
  'payment-return': ['refunded', 'settle'],
  'payment-differs': ['settle-payment', 'settle'],
  'payment-late': ['settle-payment', 'settle'],
  'update-failed': ['retry', 'settle'],
  'update-stuck': ['retry', 'settle'],
};

/** Buttons about money, which only say what to do: the commands ask for themselves whose word counts (`hand-credits/`). */
const SENIORS_BUTTONS: ReadonlySet<Resolution> = new Set(['credit', 'refunded', 'refuse', 'settle-payment']);

/**
 * What can be done about this request now, with the texts of the buttons; nothing about a resident's request, or one that is closed, but for
 * money that is not taken in yet (`moneyAside`).
 */
export function resolutionsOf(
  { kind, state }: Pick<Request, 'kind' | 'state'>,
  { moneyAside = false }: { moneyAside?: boolean } = {},
): { resolution: Resolution; label: string }[] {
  if (!isEscalation(kind)) return [];
  const shown = state === 'closed' ? RESOLUTIONS[kind].filter((each) => moneyAside && each === 'retry') : RESOLUTIONS[kind];
  return shown.map((resolution) => ({ resolution, label: `button-resolution-${resolution}` }));
}

function isEscalation(kind: string): kind is EscalationKind {
  return Object.hasOwn(RESOLUTIONS, kind);
}

export type ResolutionPressed =
  | NotStaff
  | { outcome: 'not-senior' }
  /** No such request, or nothing that can be done about it: a forged button. */
  | { outcome: 'unknown' }
  /** It was done, or closed, before. */
  | { outcome: 'closed' }
  | { outcome: 'nothing' }
  /** It takes a command with words; the thread was told how. */
  | { outcome: 'explained' }
  | { outcome: 'done' };

export type Resolutions = ReturnType<typeof createResolutions>;

/** What staff can do about an escalation, once, said in its thread and written into the audit log. */
export function createResolutions(edges: OfficeEdges) {
  return {
    async press(
      staff: StaffCaller,
      { number, threadRef }: { number: number; threadRef: ThreadRef },
      resolution: string,
    ): Promise<ResolutionPressed> {
      const isSenior = await edges.staff.isSenior(staff.messengerId);
      let afterwards: (() => Promise<void>) | undefined;

      const pressed = await asStaff(edges, staff, 'resolution', async (trx, now): Promise<ResolutionPressed> => {
        const request = await lockPressed(trx, number, threadRef);
        if (!request || !isEscalation(request.kind)) return { outcome: 'unknown' };
        const wanted = RESOLUTIONS[request.kind].find((known) => known === resolution);
        if (!wanted) return { outcome: 'unknown' };
        if (SENIORS_BUTTONS.has(wanted) && !isSenior) return { outcome: 'not-senior' };
        const isClosed = request.state === 'closed';
        if (isClosed && !(wanted === 'retry' && (await hasMoneyAside(trx, request.id)))) return { outcome: 'closed' };

        const done = await apply(edges, trx, wanted, { staff, request, now });
        if (done.outcome === 'nothing') return done;
        await sayInThread(trx, request, `desk-resolution-${done.said}`, { name: staff.name, ...done.words }, now);
        if (done.outcome === 'explained') return { outcome: 'explained' };
        const details = { kind: request.kind, ...done.details };
        await insertAuditEntry(trx, { ...audited(staff), what: `resolutions.${wanted}`, ...about(request), details }, now);
        if (done.closes) await closeEscalation(trx, request, staff, now);
        else if (isClosed) await refresh(trx, request, now);
        afterwards = done.afterwards;
        return { outcome: 'done' };
      });
      if (afterwards) edges.background(afterwards);
      return pressed;
    },
  };
}

/** What an escalation leaves undone is said as it is closed. */
async function settledAs(trx: Trx, asked: ResolutionAsked): Promise<string> {
  if (await isStillOpen(trx, asked)) return 'settled-open';
  return (await hasMoneyAside(trx, asked.request.id)) ? 'settled-aside' : 'settled';
}

async function apply(edges: OfficeEdges, trx: Trx, resolution: Resolution, asked: ResolutionAsked): Promise<Resolved> {
  switch (resolution) {
    case 'reopen-linking':
      return openLinkingAgain(trx, asked);
    case 'end-link':
      return endLinkInDoubt(edges, trx, asked);
    case 'keep-link':
      return keepLinkInDoubt(trx, asked);
    case 'resend-codes':
      return resendCodes(edges, trx, asked);
    case 'credit':
      return explainCredit(trx, asked);
    case 'refunded':
      return explainRefund(asked);
    case 'refuse':
      return explainRefusal(asked);
    case 'settle-payment':
      return explainSettling(asked);
    case 'retry':
      return retryUpdates(trx, asked);
    case 'settle':
      return { outcome: 'done', said: await settledAs(trx, asked), closes: true };
  }
}
