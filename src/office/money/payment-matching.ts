import { DAY_MS, later } from '../../domain/durations.ts';
import {
  type LineToMatch,
  type PaymentLineFault,
  lockLinesToMatch,
  markElsewhere,
  markNotPosted,
  markPosted,
  markLineFault,
  markLineFaultsOver,
} from '../../records/card-payment-lines.ts';
import type { Trx } from '../../records/database.ts';
import { listOpenEscalationKeys } from '../../records/escalations.ts';
import { endEscalation, escalate } from '../escalations.ts';
import { announcePosted, withdrawPosted } from './payment-notices.ts';

/** What the bot calls itself in registries («Источник»). */
export const PAYMENT_SOURCE = 'Telegram';
/** A payment that a registry brought is looked at for so long: it may be reversed. */
const REVERSAL_MS = 180 * DAY_MS;
/** Staff are told of so many faults at once; the others follow the next time. */
const TOLD_AT_ONCE = 10;

/**
 * Finds what the bot was paid in billing's registries of payments, by account and number of operation: what came is posted and no longer
 * under way, nor is what stands on another account there, also where it was moved to it after it had been posted. What they have no longer is
 * under way again. What differs, what went to another account, what was taken back and (with `lateAfterDays`) what no registry brings is told to
 * staff, once as long as it lasts. `accounts`: of these alone; all, when it is not given.
 */
export async function matchPayments(
  trx: Trx,
  { now, accounts, lateAfterDays }: { now: Date; accounts?: readonly string[]; lateAfterDays?: number },
): Promise<void> {
  const lines = await lockLinesToMatch(trx, { source: PAYMENT_SOURCE, postedSince: later(now, -REVERSAL_MS), accounts });
  const posted = lines.filter((line) => line.postedAt === null && line.foundKopecks !== null);
  await markPosted(
    trx,
    posted.map((line) => line.operation),
    now,
  );
  await announcePosted(
    trx,
    posted.filter((line) => line.foundKopecks === line.sumKopecks),
    now,
  );

  // Billing has moved it away since, or the import that had brought it was undone: for its account it is as open as what has never come.
  const gone = lines.filter((line) => line.postedAt !== null && line.foundKopecks === null);
  await markNotPosted(
    trx,
    gone.map((line) => line.operation),
  );

  const differing = lines.filter((line) => line.postedAt !== null && line.foundKopecks !== line.sumKopecks);
  await withdrawPosted(
    trx,
    differing.map((line) => line.operation),
  );

  // What staff were told is over by itself; what differs is told to them besides. It may have been in another fault since it was late.
  const late = await listOpenEscalationKeys(
    trx,
    'payment-late',
    posted.map((line) => line.operation),
  );
  for (const key of late) await endEscalation(trx, { kind: 'payment-late', key, text: 'staff-payment-found' }, now);
  const over = lines.filter((line) => line.fault !== null && isOver(line)).map((line) => line.operation);
  await markLineFaultsOver(trx, over);

  for (const line of lines) {
    const elsewhere = line.foundKopecks === null ? line.otherAccount : null;
    if (elsewhere !== line.knownElsewhere) await markElsewhere(trx, line.operation, elsewhere);
  }

  const lateBefore = lateAfterDays === undefined ? undefined : later(now, -lateAfterDays * DAY_MS);
  let told = 0;
  for (const line of lines) {
    const fault = faultOf(line, lateBefore);
    if (!fault || (fault === line.fault && !isOver(line))) continue;
    if (++told > TOLD_AT_ONCE) return;
    await markLineFault(trx, line.operation, fault);
    await tell(trx, line, fault, now);
  }
}

/** Whether what staff were told of a line is no longer so: a registry has it as it should be, or has brought it just now. */
function isOver({ foundKopecks: found, sumKopecks, postedAt }: LineToMatch): boolean {
  return found !== null && (found === sumKopecks || postedAt === null);
}

function faultOf(line: LineToMatch, lateBefore: Date | undefined): PaymentLineFault | undefined {
  const { foundKopecks: found, otherAccount, sumKopecks, creditedAt, settledAt } = line;
  if (found === sumKopecks) return undefined;
  // A senior knows of it.
  if (found === null && settledAt !== null) return undefined;
  if (found !== null) return found <= 0 ? 'reversed' : 'sum-differs';
  if (otherAccount !== null) return 'other-account';
  return lateBefore && creditedAt < lateBefore ? 'late' : undefined;
}

async function tell(trx: Trx, line: LineToMatch, fault: PaymentLineFault, now: Date): Promise<void> {
  const { operation, account, sumKopecks: sum } = line;
  if (fault === 'late') {
    const days = Math.floor((now.getTime() - line.creditedAt.getTime()) / DAY_MS);
    await escalate(trx, { kind: 'payment-late', key: operation, operation, account, sum, days }, now);
    return;
  }
  const words = { operation, account, trouble: fault, sum, found: line.foundKopecks ?? 0, other: line.otherAccount ?? '' };
  await escalate(trx, { kind: 'payment-differs', ...words }, now);
}
