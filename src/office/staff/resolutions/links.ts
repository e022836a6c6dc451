import type { Trx } from '../../../records/database.ts';
import { findEscalationKey } from '../../../records/escalations.ts';
import { markLinkEnded, findNewestLink, type Link } from '../../../records/links.ts';
import type { OfficeEdges } from '../../edges.ts';
import { closeSumWay } from '../../accounts/ended-links.ts';
import { endWhatLinksGave } from '../../accounts/given-links.ts';
import { announceJudgedLink, announceLinkEndedByStaff } from '../../accounts/link-notices.ts';
import { tellUnlinked } from '../../requests/unlinked.ts';
import type { Resolved, ResolutionAsked } from './resolved.ts';

/** «Закрыть новое подключение»: the resident whose link it was and the other holders are told. That resident cannot link by the sum again. */
export async function endLinkInDoubt(
  { keyring }: Pick<OfficeEdges, 'keyring'>,
  trx: Trx,
  { request, now }: ResolutionAsked,
): Promise<Resolved> {
  const link = await linkInDoubt(trx, request);
  if (!link || !(await markLinkEnded(trx, link.id, 'by-staff', now))) return GONE;
  await closeSumWay(trx, keyring, link, 'by-staff', now);
  await announceLinkEndedByStaff(trx, link, now);
  await tellUnlinked(trx, [link], now);
  await endWhatLinksGave(trx, [link.id], now);
  await announceJudgedLink(trx, link, 'ended', now);
  return { outcome: 'done', said: 'link-ended', words: { account: link.account }, closes: true };
}

/** «Оставить»: staff know who it is. */
export async function keepLinkInDoubt(trx: Trx, { request, now }: ResolutionAsked): Promise<Resolved> {
  const link = await linkInDoubt(trx, request);
  if (!link) return GONE;
  await announceJudgedLink(trx, link, 'kept', now);
  return { outcome: 'done', said: 'link-kept', words: { account: link.account }, closes: true };
}

/** The link ended meanwhile by itself: the escalation is closed. */
const GONE: Resolved = { outcome: 'done', said: 'link-gone', closes: true, details: { gone: true } };

/**
 * The link that was not known names its escalation; who gave it up and made it again in the same way is in doubt still. Another way is another
 * proof, which staff have not seen.
 */
async function linkInDoubt(trx: Trx, request: ResolutionAsked['request']): Promise<Link | undefined> {
  const id = await findEscalationKey(trx, request.id);
  const link = id === undefined ? undefined : await findNewestLink(trx, id);
  return link && (link.id === id || link.way === request.words.way) ? link : undefined;
}
