import { signedIn } from './identity.ts';
import { DAY, type Model, type Request, tellOneByDay, Unspoken } from './model.ts';

/** Section 5 of PRODUCT.md: requests and what staff answer. A request is known by its first words, which no other has. */

const OPEN_AT_ONCE = 5;

export function ask(model: Model, who: string, { words }: { words: string }): string {
  if (isSilenced(model, who)) return 'silenced';
  // What is answered counts no longer to the resident's five.
  const waiting = own(model, who).filter(({ state }) => state === 'waits');
  if (waiting.length >= OPEN_AT_ONCE) return 'enough-open';
  model.requests.push({ words: [words], who, login: signedIn(model, who)?.login, state: 'waits', answers: [] });
  return 'opened';
}

/** Plain words join the only open request. */
export function add(model: Model, who: string, { words }: { words: string }): string {
  if (isSilenced(model, who)) return 'silenced';
  const [only, ...more] = own(model, who);
  if (!only || more.length > 0 || only.state === 'closed') throw new Unspoken('one of several, or a new one');
  only.added = { words, at: model.now };
  only.words.push(words);
  only.state = 'waits';
  return 'added';
}

export type Answering = { about: string; words: string; isNote: boolean };

/** What staff write goes to that resident and to nobody else; after `//` it goes to nobody. */
export function answer(model: Model, { about, words, isNote }: Answering): string {
  const request = ofWords(model, about);
  if (request.state === 'closed') throw new Unspoken('an answer to what is closed');
  if (isNote) return 'read by nobody';
  request.words.push(words);
  request.state = 'answered';
  request.answers.push(words);
  request.answered = { words, at: model.now };
  return `read by ${request.who}`;
}

export function close(model: Model, { about }: { about: string }): string {
  const request = ofWords(model, about);
  if (request.state === 'closed') throw new Unspoken('what is closed has no such button');
  request.state = 'closed';
  request.closedAt = model.now;
  tellOneByDay(model, { who: request.who, notice: 'notice-requests', login: request.login, about });
  return 'closed';
}

/** What staff edit changes where it was read; edited into a note it is deleted there. */
export type Correcting = { about: string; words: string; fresh: string; asNote: boolean };

export function correct(model: Model, { about, words, fresh, asNote }: Correcting): string {
  const request = ofWords(model, about);
  const { answered } = request;
  if (answered?.words !== words || model.now - answered.at > DAY / 2) throw new Unspoken('for how long an answer may be edited');
  if (request.state !== 'answered') throw new Unspoken('what an edit means where more was said since');
  if (asNote) {
    request.answers = request.answers.filter((one) => one !== words);
    delete request.answered;
    request.isLoose = true;
    return 'deleted';
  }
  request.words.push(fresh);
  request.answers = request.answers.map((one) => (one === words ? fresh : one));
  request.answered = { words: fresh, at: answered.at };
  return `read by ${request.who}`;
}

/** What the resident edits reaches staff. */
export function correctOwn(model: Model, who: string, { words, fresh }: { words: string; fresh: string }): string {
  if (isSilenced(model, who)) throw new Unspoken('an edit of whom staff do not listen to');
  const [only, ...more] = own(model, who);
  if (only?.added?.words !== words || more.length > 0 || only.state !== 'waits')
    throw new Unspoken('an edit of what is answered');
  if (model.now - only.added.at > DAY / 2) throw new Unspoken('for how long own words may be edited');
  only.words.push(fresh);
  only.added = { words: fresh, at: only.added.at };
  return 'passed-on';
}

/** The answer is rated once the request is closed, with the last word standing. */
export function rate(model: Model, who: string, { about, mark }: { about: string; mark: number }): string {
  const request = justClosed(model, who, about);
  if (request.answers.length === 0) throw new Unspoken('a mark where there was no answer');
  request.mark = mark;
  return 'rated';
}

/** Within 7 days. */
export function reopen(model: Model, who: string, { about }: { about: string }): string {
  const request = justClosed(model, who, about);
  request.state = 'waits';
  // Who leads it then, is not said.
  if (request.isTaken || request.answers.length > 0) request.isLoose = true;
  return 'reopened';
}

/** The only one of whoever asked, closed by day, and told. */
function justClosed(model: Model, who: string, about: string): Request {
  const request = ofWords(model, about);
  if (isSilenced(model, who)) throw new Unspoken('a mark of whom staff do not listen to');
  const [, ...more] = own(model, who);
  const isTold = !model.toldByDay.some((one) => one.about === about);
  if (request.who !== who || more.length > 0 || request.state !== 'closed' || !isTold)
    throw new Unspoken('which of several is meant');
  if (model.now - (request.closedAt ?? 0) > 6 * DAY) throw new Unspoken('whether it is too late');
  return request;
}

export type Silencing = { about: string; days: number | undefined };

/** Staff do not listen to whoever asked, from whatever account of the login. */
export function silence(model: Model, { about, days }: Silencing): string {
  const { who, login } = ofWords(model, about);
  const until = days === undefined ? Number.POSITIVE_INFINITY : model.now + days * DAY;
  if (model.logins.some((one) => one.login === login && one.confirmed.size > 1)) throw new Unspoken('who else of the login');
  for (const each of [`person ${who}`, ...(login === undefined ? [] : [`login ${login}`])]) model.silenced.set(each, until);
  return days === undefined ? 'banned' : 'silenced';
}

export function hear(model: Model, { about }: { about: string }): string {
  const { who, login } = ofWords(model, about);
  if (!model.silenced.has(`person ${who}`)) throw new Unspoken('whoever is heard already');
  if (login !== undefined && !model.silenced.has(`login ${login}`)) throw new Unspoken('another login since');
  for (const each of [`person ${who}`, `login ${login}`]) model.silenced.delete(each);
  return 'heard';
}

function isSilenced(model: Model, who: string): boolean {
  const login = signedIn(model, who)?.login;
  const [own, ofLogin] = [`person ${who}`, `login ${login}`].map((one) => model.silenced.get(one));
  if ([own, ofLogin].some((until) => until !== undefined && Math.abs(until - model.now) < DAY / 24))
    throw new Unspoken('whether the silence is just over');
  const [isOwn, isOfLogin] = [own, ofLogin].map((until) => until !== undefined && until > model.now);
  if (login !== undefined && isOwn !== isOfLogin)
    throw new Unspoken('another login of the person, or another person of the login');
  return isOwn === true;
}

/** Staff write to the payer of money that is for no account: a request of its own. */
export function writeTo(model: Model, { money, words }: { money: number; words: string }): string {
  const taken = model.taken[money - 1];
  const invoice = model.invoices[taken?.invoice ?? -1];
  if (!taken?.isKept || !invoice || taken.isReturned || taken.lines.length > 0) throw new Unspoken('nobody is to be written to');
  const login = signedIn(model, taken.who)?.login;
  if (invoice.isNobodys || invoice.login !== login) throw new Unspoken('whoever paid is signed out, or in as another');
  const written: Request = {
    words: [words],
    who: taken.who,
    login,
    state: 'answered',
    answers: [words],
    isTaken: true,
    isLoose: true,
  };
  model.requests.push(written);
  return `read by ${taken.who}`;
}

/** Those of a person who is signed in as when they were asked, or not signed in as then. */
function own(model: Model, who: string): Request[] {
  const all = model.requests.filter((request) => request.who === who);
  if (all.some((request) => request.login !== signedIn(model, who)?.login)) throw new Unspoken('a request from another login');
  if (all.some((request) => request.isLoose || mayBeOver(model, request))) throw new Unspoken('a request in whatever state');
  return all;
}

export function ofWords(model: Model, words: string): Request {
  const found = model.requests.find((request) => request.words[0] === words);
  if (!found) throw new Unspoken('there is no such request');
  if (found.login !== signedIn(model, found.who)?.login) throw new Unspoken('whoever asked is signed out, or in as another');
  if (found.isLoose || mayBeOver(model, found)) throw new Unspoken('a request in whatever state');
  return found;
}

/** «Closes by itself after 5 days»: at what hour is not said. */
export const mayBeOver = ({ now, slack }: Model, { state, answered }: Request): boolean =>
  slack > 0 && state === 'answered' && now - (answered?.at ?? 0) > 4 * DAY;
