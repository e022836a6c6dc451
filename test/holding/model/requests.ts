import { signedIn } from './identity.ts';
import { type Model, type Request, Unspoken } from './model.ts';

/** Section 5 of PRODUCT.md: requests and what staff answer. A request is known by its first words, which no other has. */

const OPEN_AT_ONCE = 5;

export function ask(model: Model, who: string, { words }: { words: string }): string {
  // What is answered counts no longer to the resident's five.
  const waiting = own(model, who).filter(({ state }) => state === 'waits');
  if (waiting.length >= OPEN_AT_ONCE) return 'enough-open';
  model.requests.push({ words: [words], who, login: signedIn(model, who)?.login, state: 'waits', answers: [] });
  return 'opened';
}

/** Plain words join the only open request. */
export function add(model: Model, who: string, { words }: { words: string }): string {
  const [only, ...more] = own(model, who);
  if (!only || more.length > 0 || only.state === 'closed') throw new Unspoken('one of several, or a new one');
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
  return `read by ${request.who}`;
}

export function close(model: Model, { about }: { about: string }): string {
  const request = ofWords(model, about);
  if (request.state === 'closed') throw new Unspoken('what is closed has no such button');
  request.state = 'closed';
  model.told.push({ who: request.who, notice: 'notice-requests' });
  return 'closed';
}

/** Those of a person who is signed in as when they were asked, or not signed in as then. */
function own(model: Model, who: string): Request[] {
  const all = model.requests.filter((request) => request.who === who);
  if (all.some((request) => request.login !== signedIn(model, who)?.login)) throw new Unspoken('a request from another login');
  return all;
}

export function ofWords(model: Model, words: string): Request {
  const found = model.requests.find((request) => request.words[0] === words);
  if (!found) throw new Unspoken('there is no such request');
  if (found.login !== signedIn(model, found.who)?.login) throw new Unspoken('whoever asked is signed out, or in as another');
  return found;
}
