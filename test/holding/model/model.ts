import { type Billed, billedAtFirst } from './billing.ts';
import type { News, NewsKind } from './news.ts';
import type { Import } from './registries.ts';

/**
 * The office as `PRODUCT.md` promises it, in plain words: no database, no messenger, no dialog. It is written from that page alone, never from
 * the code, and where the page says nothing it says so (`Unspoken`), and what somebody was about to do then is left out.
 */
export type Model = {
  now: number;
  /** Where time goes on by itself: so near to a limit nothing is said. */
  slack: number;
  /** What billing's registries have brought. */
  billing: Billed[];
  logins: Login[];
  /** Whatever a limit counts: what it was, whose, when. */
  hits: { what: string; of: string; at: number }[];
  /** Wrong passwords one after another, by whose counter it is. */
  tries: Map<string, Tries>;
  /** The newest password of each account that staff gave out, by its number among all of them. */
  accountPasswords: Map<string, AccountPassword>;
  readings: Reading[];
  guestReadings: GuestReading[];
  requests: Request[];
  invoices: Invoice[];
  /** Money that was taken from cards, in this order. */
  taken: Taken[];
  imports: Import[];
  /** What there is to be told when it is day. */
  news: News[];
  /** The months in which it was told that readings are taken. */
  windowsTold: string[];
  /** One-time links for relatives. `isDoubtful`: a guest has opened it. */
  offers: { account: string; giver: string; at: number; isUsed: boolean; isDoubtful: boolean }[];
  /** Whose invoice the messenger asked about last, by its place among all. */
  asked: number | undefined;
  /** Who has done anything yet. */
  active: Set<string>;
  /** New links that were announced to those who had the account, from the first; «Это не я» stands below the newest of each person. */
  announced: Announced[];
  /** What residents did not know, from the first. */
  reports: Report[];
  /** Whom staff do not listen to, until when: people and logins. */
  silenced: Map<string, number>;
  /** Who is to be told what in this step. */
  told: Told[];
  /** Who is to be told what as soon as it is day. */
  toldByDay: (Told & { login: string | undefined; at: number; about?: string })[];
};

export type Told = { who: string; notice: string };

export type Login = {
  login: string;
  phone: string;
  password: string;
  /** Whose Telegram accounts were confirmed for it. */
  confirmed: Set<string>;
  /** Whose were, before a new password was set by a code. */
  maybeConfirmed: Set<string>;
  sessions: Map<string, { openedAt: number; seenAt: number }>;
  links: Set<string>;
  /** Accounts whose link was ended by a change of owner, by staff, or by whoever has a password to it. */
  endedLinks: Set<string>;
  /** Whose login gave the access, by account. */
  givenBy: Map<string, string>;
  /** Notices that were switched off. */
  muted: Set<NewsKind>;
};

/** `doubtful`: besides, some of which it is not said whether they count. */
export type Tries = {
  inARow: number;
  inADay: number;
  doubtful: number;
  lastAt: number;
  lockedUntil: number;
  lockedUntilInADay: number;
};
/** `isDoubtful`: another owner came since. */
export type AccountPassword = { serial: number; givenAt: number; failures: number; isOver: boolean; isDoubtful?: true };
/** What a meter showed, in thousandths, handed in during the window of that month; how far it has come. */
export type Reading = {
  account: string;
  meter: string;
  month: string;
  value: number;
  by: string;
  state: 'taken' | 'exported' | 'accepted' | 'refused';
};
/** What a guest said that a meter shows: it is to be checked, and is nobody's word but his. */
export type GuestReading = { account: string; meter: string; month: string; value: number; who: string };
/** `isDoubtful`: it may be told later. */
export type Announced = { to: string; account: string; linker: string; isDoubtful: boolean };
export type Report = { who: string; login: string; account: string; linker: string; isOpen: boolean };
/** `login`: whose it was when it was asked; `words`: what both sides said, from the first; `answers`: staff alone. */
export type Request = {
  words: string[];
  who: string;
  login: string | undefined;
  state: 'waits' | 'answered' | 'closed';
  isTaken?: true;
  answers: string[];
  /** What the resident said last of it besides the first words, and what staff did, and when. */
  added?: { words: string; at: number };
  answered?: { words: string; at: number };
  closedAt?: number;
  /** What the resident said of the answer. */
  mark?: number;
  /** It is not said in which state it is. */
  isLoose?: true;
};

export type Line = { account: string; kopecks: number };
/**
 * `allowedAt`: when the messenger was told last that it may take the money. `login`: whose it was made for; none: a guest's. `isNobodys`: the
 * consent was withdrawn.
 */
export type Invoice = {
  who: string;
  login: string | undefined;
  lines: Line[];
  madeAt: number;
  allowedAt: number | undefined;
  isNobodys?: true;
};
/** `isKept`: for no account, until staff credit it by hand. Lines: how much of it became whose and when, whether billing was told and has it. */
export type Taken = {
  who: string;
  invoice: number;
  kopecks: number;
  lines: (Line & { at: number; isExported: boolean; isPosted: boolean })[];
  at: number;
  isKept: boolean;
  isReturned: boolean;
};

/** The page says nothing of this. */
export class Unspoken extends Error {
  override name = 'Unspoken';
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function openModel(now: number): Model {
  return {
    now,
    slack: 0,
    billing: billedAtFirst(),
    logins: [],
    hits: [],
    tries: new Map(),
    accountPasswords: new Map(),
    readings: [],
    guestReadings: [],
    requests: [],
    invoices: [],
    taken: [],
    imports: [],
    news: [],
    windowsTold: [],
    offers: [],
    asked: undefined,
    active: new Set(),
    announced: [],
    reports: [],
    silenced: new Map(),
    told: [],
    toldByDay: [],
  };
}

export const hit = (model: Model, what: string, of: string): void => void model.hits.push({ what, of, at: model.now });

/** How often within so long a time, looked back from now. */
export function hitsWithin({ hits, now, slack }: Model, what: string, of: string, ms: number): number {
  const counted = hits.filter((one) => one.what === what && one.of === of);
  if (counted.some(({ at }) => Math.abs(now - at - ms) < slack)) throw new Unspoken('whether so long ago still counts');
  return counted.filter(({ at }) => now - at < ms).length;
}

/** The day and the month of the centre's clock, three hours ahead of UTC. */
export function centreDay({ now }: Pick<Model, 'now'>): { day: number; month: string; date: string } {
  const date = new Date(now + 3 * HOUR).toISOString().slice(0, 10);
  return { day: Number(date.slice(8)), month: date.slice(0, 7), date };
}

/** All of a login, wherever it is open. */
export function tellByDay(model: Model, login: Login, notice: string): void {
  for (const who of login.sessions.keys()) tellOneByDay(model, { who, notice, login: login.login });
}

/** None at night: from 21 to 9 it waits for the morning. */
export function tellOneByDay(model: Model, told: Omit<Model['toldByDay'][number], 'at'>): void {
  const hour = new Date(model.now + 3 * HOUR).getUTCHours();
  const today = Math.floor((model.now + 3 * HOUR) / DAY) * DAY - 3 * HOUR;
  const at = hour >= 21 ? today + 33 * HOUR : hour < 9 ? today + 9 * HOUR : model.now;
  model.toldByDay.push({ ...told, at });
}
