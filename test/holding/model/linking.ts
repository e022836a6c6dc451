import { billed, paidMonths, sumOf } from './billing.ts';
import { signedIn } from './identity.ts';
import { DAY, hit, hitsWithin, type Login, type Model, tellByDay, Unspoken } from './model.ts';
import { mindRelatives } from './relatives.ts';
import type { EndedLink } from './registries.ts';

/** Section 3 of PRODUCT.md: linking an account by the sum or by a password, and its limits. */

const YEAR = 365 * DAY;

/** Sums are typed one after another until one is let through. `earlier`: what is answered where the month before is asked about. */
export type BySum = { account: string; sums: readonly number[]; earlier: number };

export function linkBySum(model: Model, who: string, { account, sums, earlier }: BySum): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  if (login.links.has(account)) return 'linked-already';
  if (billed(model, account)?.closing) throw new Unspoken('an account that is closed');
  const outcomes: string[] = [];
  for (const sum of sums) {
    outcomes.push(trySum(model, who, login, account, sum, earlier));
    if (outcomes.at(-1) !== 'not-proved') break;
  }
  return outcomes.join(', ');
}

function trySum(model: Model, who: string, login: Login, account: string, kopecks: number, earlierKopecks: number): string {
  const months = paidMonths(model, account);
  const isRound = kopecks % 50_00 === 0;
  if (isRound) {
    // «The same words whether the account does not exist», and yet «where there is none, the second way».
    if (months.length === 0) throw new Unspoken('a round sum where nothing was ever paid');
    if (hitsWithin(model, 'round-sum', who, DAY) >= 10 || hitsWithin(model, 'round-sum', login.login, DAY) >= 10)
      throw new Unspoken('how many round sums may be named');
    for (const of of [who, login.login]) hit(model, 'round-sum', of);
    if (months.length < 2) return 'second-way';
  }
  const isRight = months[0] === kopecks && (!isRound || months[1] === earlierKopecks);
  if (!login.endedLinks.has(account) && model.logins.some((one) => one.endedLinks.has(account) && one.confirmed.has(who)))
    throw new Unspoken('the same person with another login');
  if (hitsWithin(model, 'ended-link', `${who} ${account}`, Number.POSITIVE_INFINITY) > 0)
    throw new Unspoken('the same person after the consent was withdrawn');
  const ended = login.endedLinks.has(account);
  const closed = isSumWayClosed(model, login.login, who, account);
  if (isRight && !closed && !ended) return linked(model, who, account);
  // Whether the right sum counts as a failure where it opens nothing, is not said.
  const what = ended ? 'maybe-wrong-sum' : 'wrong-sum';
  if (!closed) for (const of of [`account ${account}`, `login ${login.login}`, `person ${who}`, 'all']) hit(model, what, of);
  return 'not-proved';
}

/** Five failures an account in 30 days and ten in a year, five a person a day, 500 a day. */
function isSumWayClosed(model: Model, login: string, who: string, account: string): boolean {
  const [surely, maybe] = [['wrong-sum'], ['wrong-sum', 'maybe-wrong-sum']].map((what) =>
    isClosedBy(model, what, login, who, account),
  );
  if (surely !== maybe) throw new Unspoken('whether a sum counts as wrong where the way is closed for the login');
  return surely === true;
}

function isClosedBy(model: Model, what: readonly string[], login: string, who: string, account: string): boolean {
  const wrong = (of: string, ms: number) => sumOf(what.map((one) => hitsWithin(model, one, of, ms)));
  const of = `account ${account}`;
  if (wrong(of, 30 * DAY) >= 5 || wrong(of, YEAR) >= 10 || wrong('all', DAY) >= 500) return true;
  const [byLogin, byPerson] = [`login ${login}`, `person ${who}`].map((one) => wrong(one, DAY) >= 5);
  if (byLogin !== byPerson) throw new Unspoken('another login of the same Telegram account, or another account of the login');
  return byLogin === true;
}

/** Staff give a password out: ten letters and digits, one use, 30 days, ten failures; the one before it ends. */
export function issuePassword(model: Model, account: string): string {
  if (!billed(model, account)) throw new Unspoken('a password to no account');
  const serial = (model.accountPasswords.get(account)?.serial ?? 0) + 1;
  model.accountPasswords.set(account, { serial, givenAt: model.now, failures: 0, isOver: false });
  return 'issued';
}

export type ByPassword = { account: string; password: 'right' | 'wrong' };

export function linkByPassword(model: Model, who: string, { account, password }: ByPassword): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  if (login.links.has(account)) return 'linked-already';
  const given = model.accountPasswords.get(account);
  if (password === 'right' && !given) throw new Unspoken('nobody has a password to it');
  if (given?.isDoubtful) throw new Unspoken('whether a password outlives a change of owner');
  if (billed(model, account)?.closing) throw new Unspoken('an account that is closed');
  const of = [`password-tries ${who}`, `password-tries ${login.login}`];
  if (of.some((one) => hitsWithin(model, 'wrong-password', one, DAY) >= 5))
    throw new Unspoken('how many wrong passwords a person has a day');
  const isLive = given && !given.isOver && model.now - given.givenAt < 30 * DAY;
  if (password === 'right' && isLive) {
    given.isOver = true;
    return linked(model, who, account);
  }
  for (const one of of) hit(model, 'wrong-password', one);
  if (password === 'wrong' && isLive) {
    given.failures += 1;
    hit(model, 'wrong-password', `${account} ${given.serial} ${who}`);
    if (hitsWithin(model, 'wrong-password', `${account} ${given.serial} ${who}`, YEAR) >= 5)
      throw new Unspoken('how many of the ten one person may use up');
    if (given.failures >= 10) given.isOver = true;
  }
  return 'not-proved';
}

function linked(model: Model, who: string, account: string): string {
  tellOfNewLink(model, account, signedIn(model, who)?.login);
  signedIn(model, who)?.links.add(account);
  return 'linked';
}

/**
 * A new link is announced to those who have the account already; whoever links and unlinks in turns rings at them once a day, of what there is
 * when the day is over.
 */
export function tellOfNewLink(model: Model, account: string, linker: string | undefined, except?: Login): void {
  for (const other of model.logins) {
    if (!other.links.has(account) || other === except) continue;
    const of = `${linker} at ${account} to ${other.login}`;
    if (hitsWithin(model, 'told-of-link', of, DAY) > 0) {
      // It may be told once more within a day from now, if it is there then.
      model.hits.push({ what: 'told-of-link', of, at: model.now + DAY });
      for (const to of other.sessions.keys()) model.announced.push({ to, account, linker: linker ?? '', isDoubtful: true });
      continue;
    }
    hit(model, 'told-of-link', of);
    for (const reader of other.sessions.keys())
      if (signedIn(model, reader) === other) {
        model.told.push({ who: reader, notice: 'notice-link-new' });
        model.announced.push({ to: reader, account, linker: linker ?? '', isDoubtful: false });
      }
  }
}

/** All links of an account end, not by those who had them; they are told by day. */
export function closeLinks(model: Model, account: string, notice: string): EndedLink[] {
  return model.logins.flatMap((login) => {
    if (!login.links.delete(account)) return [];
    login.endedLinks.add(account);
    tellByDay(model, login, notice);
    return [{ login: login.login, account }];
  });
}

export function unlink(model: Model, who: string, account: string): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  if (login.links.size === 0) return 'none';
  mindRelatives(model, account, login.login);
  login.givenBy.delete(account);
  if (!login.links.delete(account)) throw new Unspoken('an account of somebody else');
  return 'unlinked';
}
