import type { Trx } from '../../../records/database.ts';
import { openSumWay } from '../../accounts/sum-reopenings.ts';
import type { Resolved, ResolutionAsked } from './resolved.ts';

/** «Открыть подключение»: the account's wrong sums so far no longer count. It does not let in a resident whose link was ended: the card says nothing of that one. */
export async function openLinkingAgain(trx: Trx, { staff, request, now }: ResolutionAsked): Promise<Resolved> {
  const { account } = request;
  if (account === null) return { outcome: 'nothing' };
  const opened = await openSumWay(trx, account, staff.messengerId, now, { forEnded: false });
  if (opened !== 'reopened') return { outcome: 'nothing' };
  return { outcome: 'done', said: 'reopened', words: { account }, closes: true };
}
