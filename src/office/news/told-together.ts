import { partOfNoticeKey } from '../../domain/notice-key.ts';
import { shortenTo } from '../../domain/cut.ts';
import { groupBy } from '../../domain/group-by.ts';
import { areToldTogether, LISTED_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { Phrase, TextArgs } from '../../domain/text-args.ts';
import type { Db } from '../../records/database.ts';
import { countLinks } from '../../records/links.ts';
import { claimNotices, listNoticesAlike } from '../../records/notices.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import type { NoticeDoor } from '../notices.ts';
import type { SaidNow } from './news-delivery.ts';
import { OF_MANY } from './still-so.ts';

/** How several of a kind are told in one message. */
type Together = {
  /** The text of the message, by those of the notices that it tells. */
  text: (each: readonly string[]) => string;
  /** The same to who is signed out, without figures; none to guests. */
  signedOut?: string;
  line: (each: SaidNow) => Phrase;
  /** What its reader can do; else what can be done below each of them. */
  doors?: readonly NoticeDoor[];
  /** Of accounts that its reader has no more. */
  isGone?: true;
};

const ACCOUNTS: NoticeDoor = { label: 'button-accounts', dialog: 'accounts' };
const WRITE_US: NoticeDoor = { label: 'button-write-us', dialog: 'request' };

const accountLine = ({ words }: SaidNow): Phrase => ({ text: 'notice-account-line', words });

/**
 * Kinds of notices, by the first part of their keys, of which one registry, or one act of somebody, may bring a person one for each of many accounts
 * (or meters of them, or payments for them). News are made as one message where they are found (`news-charges.ts` and its like); of the rest each account
 * is told by itself, so that it is withdrawn, and known to be told, by itself.
 */
const TOGETHER: Readonly<Record<string, Together>> = {
  'link-owner-changed': {
    text: () => 'notice-link-owner-changed-many',
    signedOut: 'notice-link-owner-changed-many-signed-out',
    line: accountLine,
    isGone: true,
  },
  'link-reopened': {
    text: () => 'notice-link-reopened-many',
    signedOut: 'notice-link-reopened-many-signed-out',
    line: accountLine,
    doors: [ACCOUNTS],
  },
  'link-giver-left': {
    text: () => 'notice-link-giver-left-many',
    signedOut: 'notice-link-giver-left-many-signed-out',
    line: accountLine,
    isGone: true,
  },
  'account-closed': {
    text: () => 'notice-account-closed-many',
    signedOut: 'notice-account-closed-many-signed-out',
    line: accountLine,
    doors: [ACCOUNTS, WRITE_US],
  },
  'account-reopened': {
    text: () => 'notice-account-reopened-many',
    signedOut: 'notice-account-reopened-many-signed-out',
    line: accountLine,
    doors: [ACCOUNTS],
  },
  'meter-replaced': {
    text: () => 'notice-meter-replaced-many',
    signedOut: 'notice-meter-replaced-many-signed-out',
    line: replacedLine,
  },
  'meter-back': {
    text: () => 'notice-meter-back-many',
    signedOut: 'notice-meter-back-many-signed-out',
    line: ({ words }) => ({ text: 'notice-meter-back-line', words }),
  },
  'readings-accepted': {
    text: () => 'notice-readings-accepted-many',
    signedOut: 'notice-readings-accepted-signed-out',
    line: readingsLine,
  },
  'readings-refused': {
    text: (each) =>
      each.every((text) => text === 'notice-readings-refused-late')
        ? 'notice-readings-refused-late-many'
        : 'notice-readings-refused-many',
    signedOut: 'notice-readings-refused-signed-out',
    line: readingsLine,
  },
  'payment-posted': {
    text: () => 'notice-payment-posted-many',
    line: ({ words }) => ({ text: 'notice-payment-posted-line', words }),
  },
};

/**
 * A notice as it is to be said, and with it, in one message, all of its kind that wait for the same reader and are to be said as well (by `judge`),
 * where they are many: those are then in hand as this one is.
 */
export async function withThoseAlike(
  db: Db,
  notice: OutboxRow,
  said: SaidNow,
  judge: (other: OutboxRow) => Promise<SaidNow | undefined>,
  now: Date,
): Promise<SaidNow> {
  const [event = '', subject] = (notice.key ?? '').split('/');
  const kind = TOGETHER[event];
  if (!kind || subject === OF_MANY) return said;
  const others: { id: number; said: SaidNow }[] = [];
  for (const other of await listNoticesAlike(db, notice, now)) {
    if (partOfNoticeKey(other.key ?? '', 'subject') === OF_MANY) continue;
    const its = await judge(other);
    if (its && isWithFigures(its) === isWithFigures(said)) others.push({ id: other.id, said: its });
  }
  if (others.length === 0) return said;
  if (!areToldTogether(others.length + 1, await accountsOf(db, notice, kind.isGone ? others.length + 1 : 0))) return said;
  const ids = others.map(({ id }) => id);
  const held = new Set(await claimNotices(db, ids, notice.lockedUntil, now));
  if (held.size === 0) return said;
  const alike = others.filter(({ id }) => held.has(id)).map((other) => other.said);
  return { ...inOne(kind, [said, ...alike]), others: [...held] };
}

const isWithFigures = ({ text }: SaidNow): boolean => !text.endsWith('-signed-out');

/** How many accounts the reader has, or had before he lost so many. */
async function accountsOf(db: Db, { residentId }: OutboxRow, lost: number): Promise<number> {
  if (residentId === null) return 0;
  return ((await countLinks(db, [residentId])).get(residentId) ?? 0) + lost;
}

function inOne(kind: Together, [first, ...others]: readonly [SaidNow, ...SaidNow[]]): SaidNow {
  if (!isWithFigures(first)) return { text: kind.signedOut ?? first.text, words: {}, doors: first.doors };
  const each = [first, ...others].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const lines = each.slice(0, LISTED_ACCOUNTS).map(kind.line);
  const words = {
    lines,
    count: each.length,
    accountCount: new Set(each.map(({ words: { account } }) => account)).size,
    more: each.length - lines.length,
  };
  return { text: kind.text(each.map(({ text }) => text)), words, doors: [...(kind.doors ?? doorsOf(each))] };
}

/** By which they stand in order. */
const nameOf = ({ words: { account, number } }: SaidNow): string => [account, number].filter(isText).join('/');

/** Each button once; it leads to an account where it does so below all of them that have it. */
function doorsOf(each: readonly SaidNow[]): SaidNow['doors'] {
  return [
    ...groupBy(
      each.flatMap(({ doors }) => doors),
      ({ label }) => label,
    ).values(),
  ].flatMap(([first, ...more]) => {
    if (!first) return [];
    if (!('dialog' in first) || more.every((door) => 'dialog' in door && door.ref === first.ref)) return [first];
    const { label, dialog } = first;
    return [{ label, dialog }];
  });
}

/** Values of zones stand below the line of their meter. */
function replacedLine({ words }: SaidNow): Phrase {
  const { values } = words;
  if (!isPhrases(values)) return { text: 'notice-meter-replaced-line', words };
  const zones = values.map((zone) => ({ ...zone, text: 'notice-meter-replaced-line-zone' }));
  return { text: 'notice-meter-replaced-line-zones', words: { ...words, values: zones } };
}

/** So much is said of why the readings of one account were refused. */
const LONGEST_REASONS = 150;

function readingsLine({ words: { account = '', count = 1, lines } }: SaidNow): Phrase {
  const told = isPhrases(lines) ? lines.map(({ words }) => words?.reason) : [];
  const reasons = [...new Set(told.filter(isText))].filter((reason) => reason !== '').join('; ');
  const explained = reasons !== '';
  return { text: 'notice-readings-account', words: { account, count, reasons: shortenTo(reasons, LONGEST_REASONS), explained } };
}

const isPhrases = (word: TextArgs[string] | undefined): word is readonly Phrase[] => Array.isArray(word);

const isText = (word: unknown): word is string => typeof word === 'string';
