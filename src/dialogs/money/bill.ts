import { balanceOf } from '../../domain/debt.ts';
import { type Period, shiftPeriod } from '../../domain/period.ts';
import { monthsMeant, type SaidMonths } from '../../domain/said-months.ts';
import type { Office } from '../../office/office.ts';
import type { PaymentDocuments } from '../../office/money/payment-documents.ts';
import type { Dialog, Door, Doors, Scene, TextArgs } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { monthRef, readMonthRef, readSaidRef } from '../../domain/door-refs.ts';
import { pickAccount } from '../steps/pick-account.ts';
import { turnAway } from '../steps/turn-away.ts';

type Seen<Verb extends keyof PaymentDocuments, Outcome> = Extract<
  Awaited<ReturnType<PaymentDocuments[Verb]>>,
  { outcome: Outcome }
>;
type BillShown = Seen<'show', 'shown'>;

/** «Квитанция»: the payment document of the latest period at once, or of the one that the button names, or that was said. */
export const bill: Dialog<Office> = async (scene, ref) => {
  const { hand, office } = scene;
  const said = readSaidRef(ref);
  const { link, months } =
    ref === '' || said ? { link: (await pickAccount(scene, 'bill-account'))?.link, months: [] } : readMonthRef(ref);
  if (link === undefined) return;

  const month = said ? await monthSaid(scene, link, said) : (months[0] ?? null);
  const shown = await office.paymentDocuments.show(link, month);
  if (shown.outcome === 'not-there') return sayNotThere(scene, link, shown);
  if (shown.outcome !== 'shown') return turnAway(scene, shown.outcome);
  return hand({ kind: 'payment-document', data: shown.document }, 'bill-document', documentWords(shown), doorsOf(link, shown));
};

/** The month that was said, of an account, up to the one that comes next; the latest, where there is none to hold it against. */
async function monthSaid({ office }: Scene<Office>, link: string, said: SaidMonths): Promise<Period | null> {
  const listed = await office.paymentDocuments.periods(link);
  const newest = listed.outcome === 'listed' ? listed.periods[0] : undefined;
  return newest ? monthsMeant(said, shiftPeriod(newest, 1)).from : null;
}

/** There is no document of that period: when it will be. */
export async function sayNotThere({ say }: Scene<Office>, link: string, seen: Seen<'show', 'not-there'>): Promise<void> {
  const { account, period, latest, next } = seen;
  const doors: Doors = latest ? [{ label: 'button-latest-bill', dialog: 'bill', ref: link }] : [];
  const asked = period ?? next?.period;
  if (!asked) return say('bill-closed', accountWords(account), doors);
  await say(
    'bill-not-there',
    { ...accountWords(account), period: asked, ...nextWords(next?.period === asked ? next : null) },
    doors,
  );
}

function documentWords({ account, document, isLatest, inTime, dueKopecks, paidSinceKopecks, next }: BillShown): TextArgs {
  const isPaid = isLatest && dueKopecks <= paidSinceKopecks;
  return {
    ...accountWords(account),
    ...sumWords({ dueKopecks, paidSinceKopecks: isLatest ? paidSinceKopecks : 0 }),
    period: document.period,
    latest: document.latestPeriod,
    older: !isLatest,
    term: isPaid ? 'paid' : document.payBy === null ? 'unknown' : inTime ? 'to-come' : 'over',
    payBy: document.payBy ?? '',
    payee: Boolean(document.payee),
    ...nextWords(isLatest ? next : null),
  };
}

/** What is asked for, what of it was paid since (or taken back, where reversals are more), and what that leaves to pay now. */
export function sumWords({ dueKopecks, paidSinceKopecks }: { dueKopecks: number; paidSinceKopecks: number }): TextArgs {
  return {
    balance: balanceOf(dueKopecks),
    due: Math.abs(dueKopecks),
    paidSince: dueKopecks > 0 ? Math.max(paidSinceKopecks, 0) : 0,
    takenBack: Math.max(-paidSinceKopecks, 0),
    rest: Math.max(dueKopecks - paidSinceKopecks, 0),
  };
}

function nextWords(next: BillShown['next']): TextArgs {
  return {
    coming: !next ? 'unknown' : next.by === null ? 'undated' : next.late ? 'late' : 'by',
    nextPeriod: next?.period ?? '',
    by: next?.by ?? '',
  };
}

function doorsOf(link: string, { document, isLatest, dueKopecks, paidSinceKopecks, others, earlier }: BillShown): Doors {
  const qr: Door[] = document.payee ? [{ label: 'button-qr', dialog: 'bill-qr', ref: monthRef(link, document.period) }] : [];
  const newest = isLatest
    ? earlier.map((period): Door => ({ label: 'button-month', words: { period }, dialog: 'bill', ref: monthRef(link, period) }))
    : [];
  const hasMore = others > newest.length;
  const periods: Door[] = hasMore ? [{ label: 'button-other-bill', dialog: 'bill-periods', ref: link }] : [];
  const pay: Door[] = isLatest && dueKopecks > paidSinceKopecks ? [{ label: 'button-pay', dialog: 'pay', ref: link }] : [];
  const latest: Door[] = isLatest ? [] : [{ label: 'button-latest-bill', dialog: 'bill', ref: link }];
  return [...qr, ...(newest.length > 0 ? [newest] : []), ...periods, ...latest, ...pay];
}
