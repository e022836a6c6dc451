import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
import type { TextLimits } from './text-limits.ts';
import { joinThousands } from './unbroken.ts';
import { linesOf, seenOf, UNSEEN } from './unseen.ts';

/** A slash, and what looks like one: what is meant to stay among staff stays there. */
const SLASH = '[/\\u2044\\u2215\\u2571\\u29f8\\uff0f]';
/** What takes no place between two of them. */
const NOTHING = '[\\p{Cf}\\p{M}\\p{Default_Ignorable_Code_Point}]*';

/** What stands before the slashes without being seen does not make a note public. */
const NOTE_LINE = new RegExp(`^${UNSEEN}${SLASH}${NOTHING}${SLASH}`, 'u');
const COMMAND = new RegExp(`^${UNSEEN}${SLASH}(?!${NOTHING}${SLASH})`, 'u');

/** What staff wrote, as the resident may read it: lines that begin with `//` are taken out. `note`: nothing else was there. */
export function forResident(words: string): { words: string; note: boolean } {
  const lines = linesOf(words);
  const said = lines.filter((line) => !NOTE_LINE.test(line));
  if (said.length === lines.length) return { words, note: false };
  const rest = said
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { words: rest, note: seenOf(rest) === '' };
}

/** A single slash begins a command, known or not: such words are for the bot, and never go to a resident. */
export function isCommand(words: string): boolean {
  return COMMAND.test(words);
}

/** The other pieces come at once; for so long what its writer says next is taken for one. */
export const PIECES_MS = MINUTE_MS;

/**
 * Whether the message may be the first piece of a longer one, of which the others come as messages without the command. A client cuts what was
 * pasted and is longer than a message: one of them does so at the best place of the second half of what fits.
 */
export function mayBeCutOff(message: string, { text }: TextLimits): boolean {
  return message.length >= text / 2;
}

/** Those that the messenger offers in the group, in this order; their descriptions are texts `desk-command-<name>`. */
export const OFFERED_COMMANDS = [
  'open',
  'mine',
  'take',
  'close',
  'reopen',
  'undo',
  'to',
  'write',
  'silence',
  'ban',
  'unban',
  'stats',
  'help',
] as const;

/** What staff command in their group by these names; a canned answer has another one. */
export const STAFF_COMMANDS = [...OFFERED_COMMANDS, 'start', 'credit', 'refunded', 'refuse', 'settle'] as const;
export type StaffCommand = (typeof STAFF_COMMANDS)[number];

const SPAN = /^(\d{1,4})\s*(m|min|мин|h|ч|d|д|дн|w|н|нед)?$/i;
const UNITS: Readonly<Record<string, number>> = {
  m: MINUTE_MS,
  min: MINUTE_MS,
  мин: MINUTE_MS,
  h: HOUR_MS,
  ч: HOUR_MS,
  d: DAY_MS,
  д: DAY_MS,
  дн: DAY_MS,
  w: 7 * DAY_MS,
  н: 7 * DAY_MS,
  нед: 7 * DAY_MS,
};

/** Milliseconds of `3d`, `12h`, `30m`, `2w` (`3д`, `12ч`, `30мин`, `2н` too; a bare number is days), from a minute to a year. */
export function readSpan(typed: string): number | undefined {
  const [, number, unit = 'd'] = SPAN.exec(typed.trim()) ?? [];
  const ms = Number(number ?? 0) * (UNITS[unit.toLowerCase()] ?? 0);
  return ms >= MINUTE_MS && ms <= 365 * DAY_MS ? ms : undefined;
}

/** So many requests are closed by one command at most. */
export const MOST_CLOSED = 30;

/**
 * The numbers of `12 13 14`, `№ 12, № 13 и № 14`, each once, from the lowest; undefined: something else stands there. Thousands that are parted by
 * a space that never breaks, as an earlier release wrote them, are one number.
 */
export function readRequestNumbers(typed: string): number[] | undefined {
  const words = joinThousands(typed)
    .toLowerCase()
    .split(/[\s,;]+/);
  const named = words.filter((word) => !['', 'и', '№', '#'].includes(word));
  if (named.length === 0 || !named.every((word) => /^[№#]?\d{1,9}$/.test(word))) return undefined;
  const numbers = named.map((word) => Number(word.replace(/^[№#]/, '')));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** What is filled in of a canned answer; `{deadline}`: by when the request is to be answered, by the norm. */
export const PLACES = ['{name}', '{account}', '{number}', '{debt}', '{deadline}'] as const;

/** What looks like a place of a canned answer and is none: it would be sent as it stands. */
export function unknownPlaces(text: string): string[] {
  return [...new Set(text.match(/\{[^{}\n]{0,40}\}/g) ?? [])].filter((place) => !PLACES.some((known) => known === place));
}

/** Undefined: it is not known. */
export type Filling = {
  name: string | undefined;
  account: string | undefined;
  number: number;
  debt: string | undefined;
  deadline: string | undefined;
};

/**
 * A canned answer with its places filled in; a name that is not known is left out with its comma. `wants`: what it names and nobody knows.
 */
export function fillIn(
  text: string,
  { name, account, number, debt, deadline }: Filling,
): { words: string } | { wants: 'account' | 'debt' | 'deadline' } {
  if (account === undefined && text.includes('{account}')) return { wants: 'account' };
  if (debt === undefined && text.includes('{debt}')) return { wants: account === undefined ? 'account' : 'debt' };
  if (deadline === undefined && text.includes('{deadline}')) return { wants: 'deadline' };
  const called =
    name === undefined
      ? text.replace(/,? \{name\}(?=[!.?…])/g, '').replace(/\{name\}(, ?| )?/g, '')
      : text.replaceAll('{name}', () => name);
  const words = called
    .replaceAll('{account}', () => account ?? '')
    .replaceAll('{number}', String(number))
    .replaceAll('{debt}', () => debt ?? '')
    .replaceAll('{deadline}', () => deadline ?? '')
    .trim();
  return { words: words.charAt(0).toUpperCase() + words.slice(1) };
}

/** How much staff look back on: a week, thirty days, twelve months with this one. */
export type StatsSpan = 'week' | 'month' | 'year';

/** About so many days are in each; buttons carry the number. */
export const SPAN_DAYS: Readonly<Record<StatsSpan, number>> = { week: 7, month: 30, year: 365 };

const SPAN_WORDS: Readonly<Record<string, StatsSpan>> = {
  7: 'week',
  30: 'month',
  12: 'year',
  365: 'year',
  неделя: 'week',
  месяц: 'month',
  год: 'year',
};

/** `7`, `30`, `365`, or a week, a month, a year in words; undefined: none of them. */
export function readStatsSpan(words: string): StatsSpan | undefined {
  const word = words.toLowerCase();
  return Object.hasOwn(SPAN_WORDS, word) ? SPAN_WORDS[word] : undefined;
}
