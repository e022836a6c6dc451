/**
 * What the `ref` of a door carries, where it is more than an id. Each form is written and read here alone: buttons stay in chats for good, so what
 * an earlier release wrote is read as well, and a form never changes. It is the client's word: what is read may be forged or wanting.
 */
import { AccountNumber } from './account-number.ts';
import { type ChapterDoor, isChapterName } from './doors.ts';
import { type Period, parsePeriod } from './period.ts';
import type { Mark } from './request.ts';
import { readSaidMonths, type SaidMonths } from './said-months.ts';

/** An account's months: its link, and `-YYYYMM` for each. */
export function monthRef(link: string, ...months: readonly Period[]): string {
  return [link, ...months.map((month) => month.replace('-', ''))].join('-');
}

export function readMonthRef(ref: string): { link: string; months: Period[] } {
  const [, link = '', suffix = ''] = /^(.*?)((?:-\d{6})*)$/s.exec(ref) ?? [];
  const months = suffix
    .split('-')
    .filter(Boolean)
    .map((month) => parsePeriod(`${month.slice(0, 4)}-${month.slice(4)}`));
  return { link, months: months.filter((month) => month !== undefined) };
}

const SAID = '~';

/** Months that were said without an account: «квитанция за сентябрь». */
export function saidRef(months: string): string {
  return SAID + months;
}

/** Undefined when it is another kind of reference. */
export function readSaidRef(ref: string): SaidMonths | undefined {
  return ref.startsWith(SAID) ? readSaidMonths(ref.slice(SAID.length)) : undefined;
}

export const LINKING_WAYS = ['by-sum', 'by-password'] as const;
export type LinkingWay = (typeof LINKING_WAYS)[number];

/** What leads to «Подключить лицевой счёт» with all that is known already. */
export function linkingRef(way: LinkingWay, account: AccountNumber): string {
  return `${way}/${account}`;
}

/** Also of a way alone or a number alone. */
export function readLinkingRef(ref: string): { way?: LinkingWay; account?: AccountNumber } {
  const parts = ref.split('/');
  const way = LINKING_WAYS.find((each) => each === parts[0]);
  const account = AccountNumber.safeParse(parts.at(-1)).data;
  return { ...(way && { way }), ...(account && { account }) };
}

/** «Another account» of «Передать показания» and «Произвести оплату», in place of a link. */
export const OTHER_ACCOUNT = 'other';

/** The same, of which the number was typed where one's own were offered. */
export function otherAccountRef(account: AccountNumber): string {
  return `${OTHER_ACCOUNT}-${account}`;
}

/** The number, where there is one; undefined when it is another kind of reference. */
export function otherAccountOf(ref: string): { account: AccountNumber | undefined } | undefined {
  const [kind, number = ''] = ref.split('-');
  return kind === OTHER_ACCOUNT ? { account: AccountNumber.safeParse(number).data } : undefined;
}

const GUEST = 'guest-';

/** The account that a guest has looked up, in place of a link. */
export function guestRef(guestAccount: string): string {
  return GUEST + guestAccount;
}

/** Undefined when it is another kind of reference. */
export function guestAccountOf(ref: string): string | undefined {
  return ref.startsWith(GUEST) ? ref.slice(GUEST.length) : undefined;
}

/** Of which closed request the answer is rated, and how. */
export function ratingRef(number: number, mark: Mark): string {
  return `${number}-${mark}`;
}

/** `pressed`: the mark, or `words` to explain the one that was given; '' of a number alone. */
export function readRatingRef(ref: string): { digits: string; pressed: string } {
  const [digits = '', pressed = ''] = ref.split('-');
  return { digits, pressed };
}

/** What was chosen for a new request whose words were not sent; '' where nothing was. */
export function newRequestRef({ topic, link }: { topic: string; link: string }): string {
  return topic === '' && link === '' ? '' : `:${topic}:${link}`;
}

/** Words that were not sent: the number of their request, or what was chosen for a new one (`newRequestRef`); and the door to which the person goes on. */
export function unsentRef(writtenFor: string, next: ChapterDoor | undefined): string {
  return [writtenFor, ...(next ? [next.dialog, next.ref ?? ''] : [])].join('>');
}

/**
 * `number`: '' of a new request. `topic`: its key, '' where it is to be guessed. `link`: null where it is about no account, undefined where that is
 * to be guessed. `next`: undefined where the person goes nowhere.
 */
export function readUnsentRef(ref: string): {
  writtenFor: string;
  number: string;
  topic: string;
  link: string | null | undefined;
  next: Required<ChapterDoor> | undefined;
} {
  const [writtenFor = '', dialog, ...rest] = ref.split('>');
  const [number = '', topic = '', link = ''] = writtenFor.split(':');
  return {
    writtenFor,
    number,
    topic,
    link: link === '' ? undefined : link === NO_ACCOUNT ? null : link,
    next: isChapterName(dialog) ? { dialog, ref: rest.join('>') } : undefined,
  };
}

/** The key of «Не о лицевом счёте» in the chapter «request». */
const NO_ACCOUNT = '*';

/** A page of the requests that wait: of all, or of those that the member leads. */
export function openPageRef(whose: 'all' | 'mine', page?: number): string {
  return page === undefined ? whose : `${whose}-${page}`;
}

export function readOpenPageRef(ref: string): { whose: 'all' | 'mine'; page: number } {
  const [, whose, page = '1'] = /^(all|mine)(?:-(\d{1,5}))?$/.exec(ref) ?? [];
  return { whose: whose === 'mine' ? 'mine' : 'all', page: Number(page) };
}

/** A kind of news, and whether it is to be told. */
export function newsSwitchRef(kind: string, on: boolean): string {
  return `${kind}-${on ? 'on' : 'off'}`;
}

/** Undefined when nothing was switched. */
export function readNewsSwitchRef(ref: string): { kind: string; on: boolean } | undefined {
  const [, kind, to] = /^(.+)-(on|off)$/.exec(ref) ?? [];
  return kind === undefined ? undefined : { kind, on: to === 'on' };
}

const ORDER_VERBS = ['apply', 'again', 'drop', 'layout'] as const;
export type OrderVerb = (typeof ORDER_VERBS)[number];

/** What is to become of an order of a registry. */
export function orderRef(verb: OrderVerb, id: string): string {
  return `${verb}-${id}`;
}

export function readOrderRef(ref: string): { verb: OrderVerb | undefined; id: string } {
  const [, named, id = ''] = /^([a-z]+)-(.+)$/.exec(ref) ?? [];
  const verb = ORDER_VERBS.find((each) => each === named);
  return verb ? { verb, id } : { verb: undefined, id: '' };
}
