import type { Trx } from '../../records/database.ts';
import { type DeletedNotice, deleteNoticesAbout } from '../../records/notices.ts';
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

export const paymentsToldBefore = (untold: readonly { account: string; told: number }[]): { toldBefore: string } => ({
  toldBefore: untold.map(({ account, told }) => `${account} ${told}`).join(','),
});

const NONE = '-';

/** News of charges about these accounts that nobody was sent are not sent; who hears of them in no other messenger has not been told. */
export async function withdrawChargesNews(trx: Trx, accounts: readonly string[]): Promise<void> {
  const deleted = await deleteNoticesAbout(trx, { news: 'charges', accounts });
  const before = (residentId: string, [account = '', period = NONE, ...dues]: string[]): ToldBefore => ({
    residentId,
    account,
    period: period === NONE ? null : period,
    dues: Object.fromEntries(dues.map((each) => each.split('=')).map(([of, due]) => [of, Number(due)])),
    entry: null,
  });
  await updateChargesToldBack(trx, toldBefore(deleted, before));
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
