import { billed } from './billing.ts';
import { signedIn } from './identity.ts';
import { type Model, Unspoken } from './model.ts';
import { isAwake } from './news.ts';
import { mindRelatives } from './relatives.ts';

/** Section 3: «Это не я» under the words that somebody else has linked the account; staff decide. */

export function disown(model: Model, who: string): string {
  const login = signedIn(model, who);
  const newest = model.announced.findLast(({ to }) => to === who);
  if (!login || !newest || newest.isDoubtful) throw new Unspoken('nothing was announced, or not yet');
  const { account, linker } = newest;
  if (!login.links.has(account) || linker === login.login || billed(model, account)?.closing)
    throw new Unspoken('an account of others');
  if (model.reports.some((one) => one.account === account && one.linker === linker))
    throw new Unspoken('what was reported before');
  const theirs = model.logins.find((one) => one.login === linker);
  if (!theirs?.links.has(account)) return 'gone';
  if (theirs.givenBy.has(account)) throw new Unspoken('a relative whom somebody let in');
  model.reports.push({ who, login: login.login, account, linker, isOpen: true });
  return 'reported';
}

/** Staff close the new link, or leave it; whoever did not know it is told, and whoever lost it. */
export type Deciding = { nth: number; ends: boolean };

export function decide(model: Model, { nth, ends }: Deciding): string {
  const report = model.reports[nth];
  if (!report?.isOpen) throw new Unspoken('what is decided already');
  if (!isAwake(model)) throw new Unspoken('what of it waits for the day');
  const { account, linker, login, who } = report;
  const theirs = model.logins.find((one) => one.login === linker);
  const complainant = model.logins.find((one) => one.login === login);
  if (!theirs?.links.has(account) || theirs.givenBy.has(account)) throw new Unspoken('a link that is there no more');
  if (!complainant?.links.has(account) || signedIn(model, who) !== complainant)
    throw new Unspoken('whoever did not know it is gone');
  if (model.announced.filter((one) => one.account === account && one.linker === linker && one.to === who).length > 1)
    throw new Unspoken('a link that was made again');
  if (ends) mindRelatives(model, account, linker);
  report.isOpen = false;
  tell(model, login, ends ? 'notice-link-judged-ended' : 'notice-link-judged-kept');
  if (!ends) return 'kept';
  tell(model, linker, 'notice-link-ended-by-staff');
  theirs.links.delete(account);
  theirs.endedLinks.add(account);
  return 'ended';
}

function tell(model: Model, login: string, notice: string): void {
  const whose = model.logins.find((one) => one.login === login);
  for (const reader of whose?.sessions.keys() ?? [])
    if (signedIn(model, reader) === whose) model.told.push({ who: reader, notice });
}
