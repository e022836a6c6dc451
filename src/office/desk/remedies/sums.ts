import type { Trx } from '../../../records/database.ts';
import { openSumWay } from '../../sum-reopenings.ts';
import type { Remedied, RemedyAsked } from './remedied.ts';

/** «Открыть подключение»: the account's wrong sums so far no longer count. */
export async function openLinkingAgain(trx: Trx, { staff, request, now }: RemedyAsked): Promise<Remedied> {
  const { account } = request;
  if (account === null || (await openSumWay(trx, account, staff.messengerId, now)) !== 'reopened') return { outcome: 'nothing' };
  return { outcome: 'done', said: 'reopened', words: { account }, closes: true };
}
