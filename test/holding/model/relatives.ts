import { signedIn } from './identity.ts';
import { tellOfNewLink } from './linking.ts';
import { hit, HOUR, type Model, Unspoken } from './model.ts';

/** Section 4, «A relative»: access by a one-time link from a resident who has the account, seen and ended there. */

const SURELY_LIVES = 12 * HOUR;

export function giveAccess(model: Model, who: string, { account }: { account: string }): string {
  const login = signedIn(model, who);
  if (!login?.links.has(account)) throw new Unspoken('an account of somebody else');
  if (login.givenBy.has(account)) throw new Unspoken('whether a relative may give it on');
  const today = model.offers.filter(({ giver, at }) => giver === login.login && model.now - at < 24 * HOUR);
  if (today.length >= 3) throw new Unspoken('how many links a resident makes a day');
  model.offers.push({ account, giver: login.login, at: model.now, isUsed: false, isDoubtful: false });
  return 'given';
}

export function takeAccess(model: Model, who: string, { nth }: { nth: number }): string {
  const offer = model.offers[nth];
  if (!offer) throw new Unspoken('there is no such link');
  const { account, giver } = offer;
  if (offer.isDoubtful || model.now - offer.at > SURELY_LIVES) throw new Unspoken('for how long a link opens');
  if (model.offers.some((one, i) => i > nth && one.account === account && one.giver === giver))
    throw new Unspoken('a link after which there was another');
  if (offer.isUsed) {
    if (signedIn(model, who)?.login === giver) throw new Unspoken('which is said first of the own link that is used');
    if (!signedIn(model, who)) throw new Unspoken('what a guest is told of a used link');
    return 'used';
  }
  const from = model.logins.find((one) => one.login === giver);
  if (!from?.links.has(account)) throw new Unspoken('a link of whoever has the account no more');
  const login = signedIn(model, who);
  if (!login) {
    offer.isDoubtful = true;
    return 'guest';
  }
  if (login === from) return 'own';
  if (login.links.has(account)) return 'linked-already';
  offer.isUsed = true;
  for (const reader of from.sessions.keys())
    if (signedIn(model, reader) === from) model.told.push({ who: reader, notice: 'notice-link-given' });
  tellOfNewLink(model, account, login.login, from);
  login.links.add(account);
  login.givenBy.set(account, giver);
  return 'linked';
}

/** The giver ends it. */
export function endAccess(model: Model, who: string, { account }: { account: string }): string {
  const login = signedIn(model, who);
  if (!login?.links.has(account)) throw new Unspoken('an account of somebody else');
  if (login.givenBy.has(account)) throw new Unspoken('a relative who gives it on');
  const [relative, ...more] = model.logins.filter((one) => one.givenBy.get(account) === login.login);
  if (more.length > 0) throw new Unspoken('which of several is meant');
  if (!relative) return 'nobody-has-it';
  relative.links.delete(account);
  relative.givenBy.delete(account);
  for (const reader of relative.sessions.keys())
    if (signedIn(model, reader) === relative) model.told.push({ who: reader, notice: 'notice-link-ended-by-giver' });
  // Whether the sum opens it again is said of others who end links.
  for (const one of [...relative.confirmed, ...relative.maybeConfirmed]) hit(model, 'ended-link', `${one} ${account}`);
  return 'ended';
}

/** What becomes of relatives when the resident who gave them the account has it no more, the page does not say. */
export function mindRelatives(model: Model, account: string, giver?: string): void {
  const given = model.logins.some(
    (one) => one.givenBy.has(account) && (giver === undefined || one.givenBy.get(account) === giver),
  );
  if (given) throw new Unspoken('what becomes of relatives then');
}
