import type { Trx } from '../../records/database.ts';
import { type DeletedNotice, deleteNoticesAbout, type NoticeArgs } from '../../records/notices.ts';
import { type ToldBefore, updateChargesToldBack, updatePaymentsToldBack } from '../../records/untold.ts';

/**
 * News of registries carry, unseen, what had been told of each account before them: where they are taken out of the line unsent, that is what the
 * resident knows still, and what there is besides is told anew.
 */
export const chargesToldBefore = (
  untold: readonly { account: string; told: string | null; toldDues: Readonly<Record<string, number>> }[],
): { toldBefore: string } => ({
  toldBefore: untold
    .map(({ account, told, toldDues }) =>
      [account, told ?? NONE, ...Object.entries(toldDues).map(([period, due]) => `${period}=${due}`)].join(' '),
    )
    .join(','),
});

/** With the entry up to which they are told then: what the notice is of lies between. */
export const paymentsToldBefore = (
  untold: readonly { account: string; told: number; entry: number }[],
): { toldBefore: string } => ({
  toldBefore: untold.map(({ account, told, entry }) => `${account} ${told} ${entry}`).join(','),
});

/** Of which accounts a notice of charges is, with the sums by period that had been told of them before; none where it was put in line by another release. */
export function readChargesBefore(words: NoticeArgs): { account: string; dues: Readonly<Record<string, number>> }[] {
  return partsOf(words).map(([account = '', , ...dues]) => ({ account, dues: duesOf(dues) }));
}

/** The same of payments, with the entries between which those stand that it is of. */
export function readPaymentsBefore(words: NoticeArgs): { account: string; told: number; entry: number }[] {
  return partsOf(words).flatMap(([account = '', told, entry]) =>
    entry === undefined ? [] : [{ account, told: Number(told), entry: Number(entry) }],
  );
}

const partsOf = ({ toldBefore: words }: NoticeArgs): string[][] =>
  typeof words === 'string' && words !== '' ? words.split(',').map((each) => each.split(' ')) : [];

const duesOf = (dues: readonly string[]): Record<string, number> =>
  Object.fromEntries(dues.map((each) => each.split('=')).map(([of = '', due]) => [of, Number(due)]));

const NONE = '-';

/** News of charges about these accounts that nobody was sent are not sent; who hears of them in no other messenger has not been told. Whether there were any. */
export async function withdrawChargesNews(
  trx: Trx,
  accounts: readonly string[],
  residents?: readonly string[],
): Promise<boolean> {
  const deleted = await deleteNoticesAbout(trx, { news: 'charges', accounts, residents });
  const before = (residentId: string, [account = '', period = NONE, ...dues]: string[]): ToldBefore => ({
    residentId,
    account,
    period: period === NONE ? null : period,
    dues: duesOf(dues),
    entry: null,
  });
  await updateChargesToldBack(trx, toldBefore(deleted, before));
  return deleted.length > 0;
}

/** The same of payments. */
export async function withdrawPaymentsNews(trx: Trx, accounts: readonly string[]): Promise<void> {
  const deleted = await deleteNoticesAbout(trx, { news: 'payments', accounts });
  const before = (residentId: string, [account = '', entry = '0']: string[]): ToldBefore => ({
    residentId,
    account,
    period: null,
    dues: {},
    entry: Number(entry),
  });
  await updatePaymentsToldBack(trx, toldBefore(deleted, before));
}

/** Of several that were to tell of one account the oldest says what was known before all of them. */
function toldBefore(deleted: readonly DeletedNotice[], read: (residentId: string, words: string[]) => ToldBefore): ToldBefore[] {
  const found = new Map<string, ToldBefore>();
  for (const { residentId, isHeard, toldBefore: words } of deleted) {
    if (isHeard || residentId === null || words === null) continue;
    for (const each of words.split(',')) {
      const before = read(residentId, each.split(' '));
      const key = `${residentId} ${before.account}`;
      if (!found.has(key)) found.set(key, before);
    }
  }
  return [...found.values()];
}
