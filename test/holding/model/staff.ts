import { EVERY_ACCOUNT } from '../town.ts';
import { sumOf } from './billing.ts';
import { signedIn } from './identity.ts';
import { type Model, Unspoken } from './model.ts';
import { isAwake } from './news.ts';
import { ofWords } from './requests.ts';

/** Section 5: what staff do besides answering. The one of a run is a senior. */

export function take(model: Model, { about }: { about: string }): string {
  const request = ofWords(model, about);
  if (request.state === 'closed') throw new Unspoken('what is closed has no such button');
  if (request.answers.length > 0) throw new Unspoken('whether whoever answers has taken it');
  if (request.isTaken) return 'taken-own';
  if (request.state !== 'waits') throw new Unspoken('whether what is answered has such a button');
  request.isTaken = true;
  return 'taken';
}

/** To all who have a login, or to those who have an account in a street; each once, by day. `words`: which nobody else says. */
export type Announcing = { street?: string; words: string };

export function announce(model: Model, { street }: Announcing): string {
  if (!isAwake(model)) throw new Unspoken('when an announcement of the night goes out');
  if (street !== undefined && model.billing.some(({ closing }) => closing)) throw new Unspoken('a house whose account is closed');
  const there = EVERY_ACCOUNT.filter((one) => street === undefined || one.street === street).map(({ number }) => number);
  const readers = model.logins
    .filter(({ links, muted }) => (street === undefined || there.some((one) => links.has(one))) && !muted.has('announcements'))
    .flatMap((login) => [...login.sessions.keys()].filter((who) => signedIn(model, who) === login));
  const isAnybody = model.logins.some(({ links }) => street === undefined || there.some((one) => links.has(one)));
  if (!isAnybody) return 'nobody';
  return `read by ${readers.toSorted().join(', ') || 'nobody'}`;
}

/** Money that is for no account is credited by hand, or a part of it; no more than there is. */
export type Crediting = { money: number; account: string; kopecks: number };

export function credit(model: Model, { money, account, kopecks }: Crediting): string {
  const taken = model.taken[money - 1];
  if (!taken?.isKept || taken.isReturned) throw new Unspoken('there is nothing to be credited');
  const left = taken.kopecks - sumOf(taken.lines.map((line) => line.kopecks));
  if (left === 0) throw new Unspoken('what is said where nothing is left');
  if (kopecks > left) return 'too-much';
  taken.lines.push({ account, kopecks, at: model.now, isExported: false, isPosted: false });
  return 'credited';
}
